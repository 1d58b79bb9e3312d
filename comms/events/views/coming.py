"""Pages for who comes: registering, the signed links of mails, answering an invitation, offering a part.

Opening a page changes nothing; a machine that opens every address of a mail registers and cancels nobody (D01).
"""

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.enums import RESTRICTED
from comms.events.actions.inviting import answer_invitation
from comms.events.actions.preparing import offer_contribution
from comms.events.actions.registering import cancel_registration, confirm_guest, register, register_guest
from comms.events.actions.seating import seats_taken
from comms.events.calendar import full_place
from comms.events.enums import COMING, RegistrationState
from comms.events.forms.parts import OfferForm
from comms.events.forms.registering import GuestForm, MemberForm
from comms.events.links import CONFIRM, find_registration, token_of
from comms.events.models import Event, EventInvitation, Registration
from comms.events.views.public import calendar_response, differs_here, for_readers_only, seats_left
from cwn.accounts.addresses import normal_address
from cwn.accounts.http import AccountRequest
from cwn.core.steps import attempt, press
from cwn.core.throttle import allowed, network_address

#: One mail per address and event in ten minutes, and registrations of guests from one network in an hour (D05).
SECONDS_BETWEEN_MAILS = 600
GUESTS_PER_HOUR = 20


@require_http_methods(["GET", "HEAD", "POST"])
def event_register(request: HttpRequest, slug: str) -> HttpResponse:
    """Register: who is logged in at once, a guest after a mail."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("owner"), slug=slug)
    if request.user.is_authenticated:
        return for_readers_only(_register_member(request, event), event)  # type: ignore[arg-type]
    if not event.allows_guests:
        return redirect_to_login(request.get_full_path())
    return _register_guest(request, event)


def _register_member(request: AccountRequest, event: Event) -> HttpResponse:
    own = Registration.objects.visible_to(request.user).filter(event=event, user=request.user).first()
    if own is not None and own.state in COMING:
        return redirect("registration_link", token_of(own))
    form = MemberForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            own = register(event, organisation=values.get("organisation"), needs=values["needs"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _thanks(own))
            return redirect("registration_link", token_of(own))
    return _form_page(request, event, form)


def _thanks(registration: Registration) -> str:
    if registration.state == RegistrationState.WAITING:
        return _("Alle plaatsen zijn bezet. U staat op de wachtlijst.")
    return _("U bent aangemeld. U krijgt een mail met de gegevens.")


def _register_guest(request: HttpRequest, event: Event) -> HttpResponse:
    """Answer the same whoever asks and however often: what is known of an address is said in a mail only (D04)."""
    form = GuestForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.is_trapped:
            return redirect("guest_received", event.slug)
        if allowed("register-guest", network_address(request), times=GUESTS_PER_HOUR, seconds=3600):
            return _keep_guest(request, event, form)
        form.add_error(None, _("Vanaf uw netwerk komen veel aanmeldingen. Probeer het over een uur opnieuw."))
        status = 429
    return _form_page(request, event, form, status=status)


def _keep_guest(request: HttpRequest, event: Event, form: GuestForm) -> HttpResponse:
    values = {name: form.cleaned_data[name] for name in ("name", "email", "organisation_name", "needs")}
    who = f"{event.pk}:{normal_address(values['email'])}"
    try:
        if allowed("register-guest-mail", who, times=1, seconds=SECONDS_BETWEEN_MAILS):
            register_guest(event, language=get_language() or "nl", **values)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _form_page(request, event, form)
    return redirect("guest_received", event.slug)


def _form_page(request: HttpRequest, event: Event, form: Any, status: int = 200) -> HttpResponse:
    context = {
        "event": event,
        "form": form,
        "asked": [field for field in form if field.name != "nickname"],
        "left": seats_left(event, seats_taken([event])[event.pk]),
    }
    return render(request, "events/event_register.html", context, status=status)


@require_safe
def guest_received(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a mail is on its way; the same page for everybody."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    return for_readers_only(render(request, "events/guest_received.html", {"event": event}), event)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a guest asked; only the button confirms it (D01)."""
    try:
        registration = find_registration(token, CONFIRM)
        if request.method == "POST":
            registration = confirm_guest(token)
            messages.success(request, _thanks(registration))
            return redirect("registration_link", token_of(registration))
    except ValidationError as refusal:
        return _refused(request, refusal)
    if registration.state != RegistrationState.ASKED:
        return redirect("registration_link", token_of(registration))
    return render(request, "events/registration_confirm.html", {"registration": registration})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show one's own registration with the code for the door; only the button cancels it (D01)."""
    try:
        registration = find_registration(token)
        if request.method == "POST":
            cancel_registration(registration)
            messages.success(request, _("U bent afgemeld."))
            return redirect("registration_link", token)
    except ValidationError as refusal:
        return _refused(request, refusal)
    event = registration.event
    shows_all = _shows_all(request, registration)
    has_seat = registration.seat is not None
    context = {
        "shows_all": shows_all,
        "registration": registration,
        "event": event,
        "token": token,
        "differs": differs_here(event),
        "comes": registration.state in COMING,
        "has_seat": has_seat,
        "code": _code_of(registration) if has_seat and shows_all and not event.is_past else "",
        "can_cancel": registration.state in COMING and not event.is_past,
    }
    return render(request, "events/registration.html", context)


def _shows_all(request: HttpRequest, registration: Registration) -> bool:
    """Tell whether a link says where and when: of what is restricted only to who is logged in as that person."""
    return registration.event.tlp not in RESTRICTED or request.user.pk == registration.user_id


def _refused(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    return render(request, "events/registration_refused.html", {"refusal": refusal.messages[0]}, status=410)


def _code_of(registration: Registration) -> str:
    """Return the code for the door as a drawing: the address of the page on which an organiser lets somebody in."""
    page = reverse("event_check_in", args=[registration.event.slug, registration.key])
    drawing = segno.make(settings.SITE_URL + page, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", omitsize=False, svgclass="cwn-code", lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308  made here, of an address of ours


@never_cache
@require_safe
def registration_file(request: HttpRequest, token: str) -> HttpResponse:
    """Give the event to a calendar program, with the address for who has a seat."""
    try:
        registration = find_registration(token)
    except ValidationError as refusal:
        return _refused(request, refusal)
    if not _shows_all(request, registration):
        return redirect_to_login(request.get_full_path())
    event = registration.event
    return calendar_response([event], name=event.title, place=full_place(event) if registration.seat else event.place)


@login_required
@require_safe
def my_events(request: AccountRequest) -> HttpResponse:
    """Show where the reader goes, and went."""
    rows = Registration.objects.visible_to(request.user).filter(user=request.user)
    rows = rows.select_related("event__owner").order_by("-event__starts_at", "pk")
    coming = [row for row in reversed(rows) if not row.event.is_past]
    context = {"coming": _with_links(coming), "past": _with_links([row for row in rows if row.event.is_past])}
    return render(request, "events/my_events.html", context)


def _with_links(rows: list[Registration]) -> list[tuple[Registration, str]]:
    return [(row, reverse("registration_link", args=[token_of(row)])) for row in rows]


@login_required
@require_POST
def event_answer(request: AccountRequest, slug: str) -> HttpResponse:
    """Answer an invitation, for oneself or for an organisation."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    invitations = EventInvitation.objects.visible_to(request.user).filter(event=event)
    key = request.POST.get("uitnodiging", "")
    invitation = get_object_or_404(invitations, pk=int(key) if key.isdecimal() and len(key) < 12 else 0)
    answer = request.POST.get("antwoord", "")
    done = _("Uw antwoord is bewaard.")
    return press(request, lambda: answer_invitation(invitation, answer=answer, by=request.user), done, event)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_contribute(request: AccountRequest, slug: str) -> HttpResponse:
    """Offer a part of the programme (R123)."""
    events = Event.objects.visible_to(request.user).filter(calls_for_contributions=True)
    event = get_object_or_404(events, slug=slug)
    form = OfferForm(request.POST if request.method == "POST" else None, by=request.user)
    if not form.fields["organisation"].queryset:  # type: ignore[attr-defined]
        raise Http404
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, lambda: offer_contribution(event, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Bedankt voor uw aanbod. De organisator laat u weten of het past."))
        return redirect(event)
    page = render(request, "events/event_contribute.html", {"event": event, "form": form})
    return for_readers_only(page, event)
