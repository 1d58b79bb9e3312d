"""`/meedoen/`: the check "past u bij het CWN?", and the form with which an organisation applies (R35, R162)."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cwn.accounts.addresses import normal_address
from cwn.core.throttle import allowed, network_address
from functions.base.fit import Outcome, charters, check_fit, questions
from functions.base.forms import FitForm
from partners.actions.admission import apply_to_join, confirm_application, find_application
from partners.enums import ApplicationState
from partners.forms.join import JoinForm

#: One mail per address in ten minutes, and applications from one machine or network in an hour (D05).
SECONDS_BETWEEN_MAILS = 600
APPLICATIONS_PER_HOUR = 20
#: How the page says an outcome; the words say the same as the colour.
TONES = {Outcome.FITS: "success", Outcome.NOT_YET: "warning", Outcome.UNKNOWN: "neutral"}


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """Ask the questions and explain per function what the answers mean; all of it stands in the address."""
    known = charters()
    form = FitForm(questions(known), request.GET)
    fits = check_fit(known, form.answers) if form.answers else []
    context = {
        "form": form,
        "fits": [(fit, TONES[fit.outcome], fit.outcome.value) for fit in fits],
        "query": urlencode(form.query),
    }
    return render(request, "portal/join.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """Take an application; the answer is the same whoever asks and however often (security.md D04)."""
    known = charters()
    fit = FitForm(questions(known), request.GET)
    form = JoinForm(request.POST if request.method == "POST" else None, initial=initial_values(known, fit))
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.is_trapped:
            return redirect("application_sent")
        if allowed("apply", network_address(request), times=APPLICATIONS_PER_HOUR, seconds=3600):
            keep(form, fit)
            return redirect("application_sent")
        form.add_error(None, _("Vanaf uw netwerk komen veel aanmeldingen. Probeer het over een uur opnieuw."))
        status = 429
    return render(request, "portal/join_form.html", {"form": form, "query": urlencode(fit.query)}, status=status)


def initial_values(known: Any, fit: FitForm) -> dict[str, Any]:
    """Choose the functions that fit, when the check was done."""
    fits = check_fit(known, fit.answers)
    return {"functions": [one.charter.function for one in fits if one.outcome is Outcome.FITS]}


def keep(form: JoinForm, fit: FitForm) -> None:
    """Keep an application and mail its confirmation, unless this address was mailed just now."""
    email = normal_address(form.cleaned_data["applicant_email"])
    if not allowed("confirm-application", email, times=1, seconds=SECONDS_BETWEEN_MAILS):
        return
    apply_to_join(
        organisation=form.save(commit=False),
        application=form.application(answers=fit.query),
        kinds=form.cleaned_data["kinds"],
        sectors=form.cleaned_data["sectors"],
        regions=form.cleaned_data["regions"],
        language=get_language() or "nl",
    )


@require_safe
def applied(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way; the same page for everybody."""
    return render(request, "portal/join_sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the application behind a link; only the button confirms it, opening the link does not (D01)."""
    try:
        application = find_application(token)
        if request.method == "POST":
            application = confirm_application(token, language=get_language() or "nl")
    except ValidationError as refusal:
        return render(request, "portal/join_confirm.html", {"refusal": refusal.messages[0]}, status=410)
    context = {
        "application": application,
        "is_confirmed": application.state != ApplicationState.UNCONFIRMED,
    }
    return render(request, "portal/join_confirm.html", context)
