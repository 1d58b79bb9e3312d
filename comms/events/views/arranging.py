"""What an organiser arranges around an event: programme, speakers, documents, stand, invitations, offered parts."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from comms.events.actions.inviting import ask_again, invite
from comms.events.actions.preparing import add_to_event, decide_offer, mark_returned, take_from_event
from comms.events.enums import InvitationAnswer, OfferState
from comms.events.forms.inviting import InviteForm
from comms.events.forms.parts import DocumentForm, MaterialForm, PartForm, ProgrammeItemForm, SpeakerForm
from comms.events.models import (
    ContributionOffer,
    Event,
    EventDocument,
    EventInvitation,
    EventMaterial,
    ProgrammeItem,
    Speaker,
)
from comms.events.partner_mails import offer_mail_states
from comms.events.views.access import edited, organised, render_desk
from cwn.accounts.http import AccountRequest
from cwn.core.steps import attempt, press
from partners.models import Membership


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of rows of an event: its table, its form and its words."""

    model: Any
    form: type[PartForm]
    title: Any
    add: Any
    nothing: Any


PARTS = {
    "programma": Part(
        ProgrammeItem, ProgrammeItemForm, gettext_lazy("Programma"), gettext_lazy("Voeg een onderdeel toe"),
        gettext_lazy("Er staan nog geen onderdelen in het programma."),
    ),
    "sprekers": Part(
        Speaker, SpeakerForm, gettext_lazy("Sprekers"), gettext_lazy("Voeg een spreker toe"),
        gettext_lazy("Er zijn nog geen sprekers."),
    ),
    "stukken": Part(
        EventDocument, DocumentForm, gettext_lazy("Stukken"), gettext_lazy("Voeg een stuk toe"),
        gettext_lazy("Er zijn nog geen stukken."),
    ),
    "materiaal": Part(
        EventMaterial, MaterialForm, gettext_lazy("Materiaal"), gettext_lazy("Voeg materiaal toe"),
        gettext_lazy("Er staat nog geen materiaal op de lijst."),
    ),
}  # fmt: skip


def _part(name: str) -> Part:
    if name not in PARTS:
        raise Http404
    return PARTS[name]


def _rows(request: AccountRequest, event: Event, part: Part) -> Any:
    return part.model.objects.editable_by(request.user).filter(event=event)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_parts(request: AccountRequest, slug: str, part: str) -> HttpResponse:
    """Show the rows of one kind, and add one."""
    event, kind = edited(request, slug), _part(part)
    form = kind.form(request.POST if request.method == "POST" else None, event=event, by=request.user)
    if request.method == "POST" and _kept(form, request):
        return redirect("event_parts", slug, part)
    return render_desk(request, "parts", event, form=form, part=part, kind=kind, rows=_rows(request, event, kind))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_part_change(request: AccountRequest, slug: str, part: str, pk: int) -> HttpResponse:
    """Change one row."""
    event, kind = edited(request, slug), _part(part)
    row = get_object_or_404(_rows(request, event, kind), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = kind.form(data, event=event, by=request.user, instance=row)
    if request.method == "POST" and _kept(form, request):
        return redirect("event_parts", slug, part)
    return render_desk(request, "part", event, form=form, part=part, kind=kind, row=row)


def _kept(form: PartForm, request: AccountRequest) -> bool:
    is_kept = form.is_valid() and attempt(
        form, lambda: add_to_event(form.instance, links=form.chosen_links(), by=request.user)
    )
    if is_kept:
        messages.success(request, _("Bewaard."))
    return is_kept


@login_required
@require_POST
def event_part_remove(request: AccountRequest, slug: str, part: str, pk: int) -> HttpResponse:
    """Take one row away."""
    event, kind = edited(request, slug), _part(part)
    take_from_event(get_object_or_404(_rows(request, event, kind), pk=pk), by=request.user)
    messages.success(request, _("Weggehaald."))
    return redirect("event_parts", slug, part)


@login_required
@require_POST
def event_material_back(request: AccountRequest, slug: str, pk: int) -> HttpResponse:
    """Write down that a thing on loan came back."""
    event = edited(request, slug)
    rows = EventMaterial.objects.editable_by(request.user).filter(event=event)
    mark_returned(get_object_or_404(rows, pk=pk), by=request.user)
    messages.success(request, _("Genoteerd dat het terug is."))
    return redirect("event_parts", slug, "materiaal")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_invitations(request: AccountRequest, slug: str) -> HttpResponse:
    """Show who was invited and who did not answer, and invite more organisations and persons."""
    event = organised(request, slug)
    form = InviteForm(request.POST if request.method == "POST" else None, event=event, by=request.user)
    invites = request.method == "POST" and "zoek" not in request.POST
    if invites and form.is_valid() and attempt(form, lambda: _invite(request, event, form)):
        return redirect("event_invitations", slug)
    rows = _invited(request, event)
    silent = sum(row.answer == InvitationAnswer.NONE for row in rows)
    return render_desk(request, "invitations", event, form=form, rows=rows, silent=silent, invites=invites)


def _invite(request: AccountRequest, event: Event, form: InviteForm) -> None:
    chosen = form.cleaned_data
    new = invite(event, organisations=chosen["organisations"], people=chosen["people"], by=request.user)
    messages.success(request, _("Uitgenodigd: %(number)d.") % {"number": len(new)})


def _invited(request: AccountRequest, event: Event) -> list[EventInvitation]:
    """Return who was invited; of persons with their organisations of now."""
    memberships = Membership.objects.current().select_related("organisation")
    rows = EventInvitation.objects.visible_to(request.user).filter(event=event).select_related("organisation", "person")
    return list(rows.prefetch_related(Prefetch("person__memberships", memberships, to_attr="now")))


@login_required
@require_POST
def event_ask_again(request: AccountRequest, slug: str) -> HttpResponse:
    """Mail who did not answer yet."""
    number = ask_again(organised(request, slug), by=request.user)
    messages.success(request, _("Herinnerd: %(number)d.") % {"number": number})
    return redirect("event_invitations", slug)


@login_required
@require_http_methods(["GET", "HEAD"])
def event_offers(request: AccountRequest, slug: str) -> HttpResponse:
    """Show which parts partners offer, what became of each, and whether who offered was told."""
    event = organised(request, slug)
    offers = ContributionOffer.objects.visible_to(request.user).filter(event=event)
    found = list(offers.select_related("organisation", "offered_by", "decided_by"))
    mails = offer_mail_states(found)
    rows = [(offer, OfferState(offer.state), mails.get(offer.pk)) for offer in found]
    return render_desk(request, "offers", event, rows=rows)


@login_required
@require_POST
def event_offer_decide(request: AccountRequest, slug: str, pk: int) -> HttpResponse:
    """Take an offered part over, or decline it."""
    event = organised(request, slug)
    offer = get_object_or_404(ContributionOffer.objects.visible_to(request.user).filter(event=event), pk=pk)
    accepts, answer = request.POST.get("besluit") == "ja", request.POST.get("antwoord", "")[:500]
    done = _("Uw besluit is bewaard. Wie dit aanbood, krijgt een mail.")
    act = partial(decide_offer, offer, accepts=accepts, answer=answer, by=request.user)
    return press(request, act, done, "event_offers", slug)
