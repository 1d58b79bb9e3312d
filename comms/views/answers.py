"""What readers say back: one click for their organisation, and whether it was useful (R52, R107, R153).

Only a POST changes anything; an address in a mail may be opened by any machine (security.md D01).
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comms.actions.responding import ANSWERABLE, acknowledge, answering_organisations, give_feedback
from comms.forms.answers import AnswerForm, FeedbackForm, given_values
from comms.models import Acknowledgement, Publication
from comms.views.finding import for_readers_only, readable
from cwn.core.throttle import allowed, network_address

#: Reactions from one machine or network, or by one person, per hour.
REACTIONS_PER_HOUR = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what an organisation did with a publication; the page shows the form with everything that was typed."""
    publication = readable(request, slug, status__in=ANSWERABLE)
    organisations = answering_organisations(publication, request.user)
    if not organisations:
        raise Http404
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        publication=publication,
        organisations=organisations,
        initial=_earlier_answer(request, publication, organisations),
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = acknowledge(publication, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _thanks(given))
            return redirect(f"{publication.get_absolute_url()}#reactie")
    context = {"publication": publication, "form": form}
    return for_readers_only(render(request, "comms/publication_answer.html", context), publication)


def _earlier_answer(request: HttpRequest, publication: Publication, organisations: Any) -> dict[str, Any]:
    """Return what the organisation answered before, the first one or the one in the address (`?organisatie=`)."""
    chosen = organisations.filter(slug=request.GET.get("organisatie", "")).first() or organisations[0]
    given = Acknowledgement.objects.visible_to(request.user).filter(
        publication=publication, version=publication.version, organisation=chosen
    )
    return {"organisation": chosen.slug, **given_values(given.first())}


def _thanks(given: Acknowledgement) -> str:
    return _("Bedankt. Het antwoord van %(organisation)s staat erbij.") % {"organisation": given.organisation.name}


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask every reader whether it was useful; a machine that fills in the form is thanked too (E04)."""
    publication = readable(request, slug, status__in=ANSWERABLE)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.is_trapped:
            return redirect("feedback_received", slug)
        if allowed("feedback", _who(request), times=REACTIONS_PER_HOUR, seconds=3600):
            values = form.cleaned_data
            give_feedback(publication, is_useful=values["is_useful"], text=values["text"], by=request.user)
            return redirect("feedback_received", slug)
        form.add_error(None, _("U reageerde vaak achter elkaar. Probeer het over een uur opnieuw."))
        status = 429
    context = {"publication": publication, "form": form}
    return for_readers_only(render(request, "comms/publication_feedback.html", context, status=status), publication)


def _who(request: HttpRequest) -> str:
    return f"user:{request.user.pk}" if request.user.is_authenticated else network_address(request)


@require_safe
def feedback_received(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank for a reaction, and say who reads it."""
    publication = readable(request, slug, status__in=ANSWERABLE)
    context = {"publication": publication}
    return for_readers_only(render(request, "comms/publication_feedback_received.html", context), publication)
