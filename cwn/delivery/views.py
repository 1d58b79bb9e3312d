"""The page of outgoing mail, `/verzending/`: for coordinators; others do not learn that it exists."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cwn.accounts.http import AccountRequest
from cwn.core.visibility import principals_of
from cwn.delivery.actions.controlling import cancel, pause, resume, retry_parked, settle_unknown
from cwn.delivery.actions.holding import hold_mail, release_mail
from cwn.delivery.enums import ENDED, MailingState
from cwn.delivery.models import Mailing, Outbox
from cwn.delivery.overview import asking_delivery, asking_lines, lines_of, mailing_lines


@login_required
@require_safe
def mailing_list(request: AccountRequest) -> HttpResponse:
    """Show what leaves, what waits for a decision, and whether all mail is held."""
    _only_coordinators(request)
    outbox = Outbox.objects.filter(pk=1).first()
    return render(request, "delivery/mailing_list.html", {"lines": mailing_lines(), "outbox": outbox})


@login_required
@require_safe
def mailing_detail(request: AccountRequest, pk: int) -> HttpResponse:
    """Show how far a mailing is, and ask for what only a person can decide."""
    _only_coordinators(request)
    mailing = get_object_or_404(Mailing, pk=pk)
    (line,) = lines_of([mailing])
    context = {
        "line": line,
        "mailing": mailing,
        "asking": asking_lines(mailing),
        "is_open": mailing.state not in ENDED,
        "is_paused": mailing.state == MailingState.PAUSED,
    }
    return render(request, "delivery/mailing_detail.html", context)


#: Button → what it does and what it says afterwards.
STEPS: dict[str, tuple[Callable[..., Any], Any]] = {
    "pauzeren": (pause, gettext_lazy("De mailing is gepauzeerd. Wat al onderweg was, komt nog aan.")),
    "hervatten": (resume, gettext_lazy("De mailing gaat door.")),
    "annuleren": (cancel, gettext_lazy("De mailing is geannuleerd. Wie nog geen mail had, krijgt er geen.")),
    "opnieuw": (retry_parked, gettext_lazy("Wat niet lukte, wordt opnieuw geprobeerd.")),
}


@login_required
@require_POST
def mailing_step(request: AccountRequest, pk: int) -> HttpResponse:
    """Pause, resume or cancel a mailing, or try again what did not work."""
    _only_coordinators(request)
    mailing = get_object_or_404(Mailing, pk=pk)
    step, said = STEPS.get(request.POST.get("doe", ""), (None, ""))
    if step is None:
        raise Http404
    _attempt(request, lambda: step(mailing, by=request.user), said)
    return redirect("mailing_detail", pk)


@login_required
@require_POST
def delivery_settle(request: AccountRequest, pk: int, key: int) -> HttpResponse:
    """Write down what a person found out about a mail in doubt."""
    _only_coordinators(request)
    delivery = asking_delivery(get_object_or_404(Mailing, pk=pk), key)
    answer = {"ja": True, "nee": False}.get(request.POST.get("verstuurd", ""))
    if delivery is None or answer is None:
        raise Http404
    said = _("Genoteerd: de mail is verstuurd.") if answer else _("De mail gaat opnieuw de deur uit.")
    _attempt(request, lambda: settle_unknown(delivery, was_sent=answer, by=request.user), said)
    return redirect("mailing_detail", pk)


@login_required
@require_POST
def mail_hold(request: AccountRequest) -> HttpResponse:
    """Hold all mail, or release it."""
    _only_coordinators(request)
    if request.POST.get("doe") == "vrijgeven":
        release_mail(by=request.user)
        messages.success(request, _("Nieuwe mail gaat weer weg. Beslis over elke gepauzeerde mailing apart."))
    else:
        hold_mail(reason=_("Vastgehouden door een coördinator."), by=request.user)
        messages.success(request, _("Alle mail wordt vastgehouden."))
    return redirect("mailing_list")


def _only_coordinators(request: AccountRequest) -> None:
    if "role:coordinator" not in principals_of(request.user):
        raise Http404


def _attempt(request: AccountRequest, step: Callable[[], Any], said: Any) -> None:
    try:
        step()
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, said)
