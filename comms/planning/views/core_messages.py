"""`/kernboodschappen/`: what the whole network says, suggested and adopted, and the tagline beside it (R105)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comms.actions.steps import is_coordinator
from comms.models import Audience
from comms.planning.actions.core_messages import adopt_core_message, retire_core_message, suggest_core_message
from comms.planning.enums import CoreMessageStatus
from comms.planning.forms.desk import DecisionForm, SuggestionForm
from comms.planning.models import CoreMessage, plans
from comms.planning.views.access import asked_for, desk_page, members_page
from comms.planning.views.forms import StepWords, answer_form
from cwn.accounts.http import AccountRequest
from cwn.core.brand_words import brand_words
from cwn.core.history import history_of

ADOPT, RETIRE = "vaststellen", "laten-vervallen"


@members_page
@require_safe
def core_message_list(request: AccountRequest) -> HttpResponse:
    """Show the sentences by status, for one audience when asked; those without an audience are for all."""
    rows = CoreMessage.objects.prefetch_related("audiences").select_related("suggested_by", "decided_by")
    slug = asked_for(request, "doelgroep")["doelgroep"]
    if slug:
        links = CoreMessage.audiences.through.objects
        rows = rows.filter(pk__in=links.filter(audience__slug=slug).values("coremessage")) | rows.exclude(
            pk__in=links.values("coremessage")
        )
    groups = [(status, [row for row in rows if row.status == status]) for status in SHOWN]
    context = {
        "groups": groups,
        "audiences": Audience.objects.all(),
        "chosen": slug,
        "plans": plans(request.user),
        "tagline": brand_words()["tagline"],
        "changes_brand": is_coordinator(request.user),
    }
    return render(request, "planning/core_message_list.html", context)


#: In the order of the page.
SHOWN = (CoreMessageStatus.ADOPTED, CoreMessageStatus.SUGGESTED, CoreMessageStatus.RETIRED)


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def core_message_new(request: AccountRequest) -> HttpResponse:
    """Let any member suggest a sentence."""
    form = SuggestionForm(request.POST if request.method == "POST" else None)
    words = StepWords(
        _("Stel een kernboodschap voor"),
        _("Eén zin die alle partners kunnen gebruiken. De werkgroep besluit erover."),
        _("Stel voor"),
        _("Uw voorstel staat op de lijst."),
    )
    return answer_form(
        request,
        form,
        words,
        act=lambda: suggest_core_message(**form.cleaned_data, by=request.user),
        back=reverse("core_message_list"),
        trail=_trail(),
    )


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def core_message_decide(request: AccountRequest, pk: int) -> HttpResponse:
    """Adopt a suggestion, or let a sentence lapse; with the reason, which the history keeps."""
    message = get_object_or_404(CoreMessage.objects.exclude(status=CoreMessageStatus.RETIRED), pk=pk)
    form = DecisionForm(request.POST if request.method == "POST" else None, choices=_choices(message, request.user))
    why = [line for line in history_of(message) if line.why]
    lead = " ".join(f"{line.who}: {line.why}" for line in why) or _("De reden staat daarna in de geschiedenis.")
    words = StepWords(message.label, lead, _("Besluit"), _("Het besluit is bewaard."))

    def act() -> CoreMessage:
        step = adopt_core_message if form.cleaned_data["decision"] == ADOPT else retire_core_message
        return step(message, reason=form.cleaned_data["reason"], by=request.user)

    return answer_form(request, form, words, act=act, back=reverse("core_message_list"), trail=_trail())


def _choices(message: CoreMessage, user: Any) -> list[tuple[str, Any]]:
    """Return what can be decided: who suggested a sentence does not adopt it."""
    choices = [(RETIRE, _("Laat vervallen"))]
    if message.status == CoreMessageStatus.SUGGESTED and message.suggested_by_id != user.pk:
        choices.insert(0, (ADOPT, _("Stel vast")))
    return choices


def _trail() -> tuple[tuple[str, str], ...]:
    return ((_("Kernboodschappen"), reverse("core_message_list")),)
