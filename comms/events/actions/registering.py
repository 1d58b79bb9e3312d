"""Coming to an event: members at once, guests after a mail, and cancelling for both (R98; security.md D01, D04)."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.events.actions.seating import held, move_up, seat_or_line
from comms.events.enums import COMING, EventStatus, InvitationAnswer, RegistrationState
from comms.events.links import CONFIRM, find_registration
from comms.events.mails import CONFIRM_KIND, OUTCOME_KIND, mail_registrations
from comms.events.models import Event, EventInvitation, Registration
from cwn.accounts.addresses import normal_address
from partners.models import Organisation


@transaction.atomic
def register(event: Event, *, organisation: Organisation | None = None, needs: str = "", by: Any) -> Registration:
    """Register a user, on a seat or in the line, and mail what it became; twice is the same as once."""
    if not Event.objects.visible_to(by).filter(pk=event.pk).exists():
        raise PermissionDenied
    with held(event) as current:
        _require_open(current)
        email = normal_address(by.email)
        rows = Registration.objects.filter(Q(user=by) | Q(user=None, email=email), event=current)
        registration = rows.order_by("user").first() or Registration(event=current)
        registration.user, registration.name = by, by.name
        if not rows.filter(email=email).exclude(pk=registration.pk).exists():  # else a guest row holds the new address
            registration.email = email
        registration.organisation, registration.needs = organisation, needs
        registration.language = by.language or "nl"
        _answer_invitations(current, organisation, by)
        return _come(current, registration)


@transaction.atomic
def register_guest(
    event: Event, *, name: str, email: str, organisation_name: str = "", needs: str = "", language: str = "nl"
) -> None:
    """Keep that a stranger wants to come and mail a link that confirms the address.

    Returns nothing: whether the address was known is said in the mail and nowhere else (security.md D04).
    """
    with held(event) as current:
        _require_open(current)
        if not current.allows_guests:
            raise PermissionDenied
        email = normal_address(email)
        registration = Registration.objects.filter(event=current, email=email).first()
        if registration is None or registration.state in (RegistrationState.ASKED, RegistrationState.CANCELLED):
            _ask_to_confirm(current, registration, email, name, organisation_name, needs, language)
        else:
            _mail(current, registration, "already", kind=OUTCOME_KIND)


def _ask_to_confirm(
    event: Event, registration: Registration | None, email: str, name: str, organisation: str, needs: str, language: str
) -> None:
    registration = registration or Registration(event=event, email=email, in_line_since=timezone.now())
    if registration.user_id is None:  # a member keeps the name of the account
        registration.name, registration.organisation_name, registration.language = name, organisation, language
    registration.needs, registration.state = needs, RegistrationState.ASKED
    registration.save()
    _mail(event, registration, "confirm", kind=CONFIRM_KIND)


@transaction.atomic
def confirm_guest(token: str) -> Registration:
    """Confirm the address of a guest: now there is a seat, or a place in the line. Twice is the same as once."""
    registration = find_registration(token, CONFIRM)
    with held(registration.event) as event:
        registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
        if registration.state != RegistrationState.ASKED:
            return registration
        _require_open(event)
        return _come(event, registration)


@transaction.atomic
def cancel_registration(registration: Registration) -> Registration:
    """Give a seat or a place in the line back; who waited first moves up and hears of it. Twice is the same as once."""
    with held(registration.event) as event:
        current = Registration.objects.select_related("user").get(pk=registration.pk)
        if current.state not in (*COMING, RegistrationState.ASKED):
            return current
        if event.is_past:
            raise ValidationError(_("De bijeenkomst is al geweest."))
        current.state, current.seat = RegistrationState.CANCELLED, None
        current.save(update_fields=["state", "seat"])
        _mail(event, current, "cancelled", kind=OUTCOME_KIND)
        tell_moved_up(event)
        return current


def tell_moved_up(event: Event) -> list[Registration]:
    """Give free seats to who waits and mail each of them; asks for a held event."""
    moved = move_up(event) if event.status == EventStatus.PUBLISHED and not event.is_past else []
    for registration in moved:
        _mail(event, registration, "moved_up")
    return moved


def _require_open(event: Event) -> None:
    if not event.takes_registrations:
        raise ValidationError(_("Aanmelden voor deze bijeenkomst kan nu niet."))


def _come(event: Event, registration: Registration) -> Registration:
    if registration.pk and registration.state in COMING:
        registration.save(update_fields=["user", "name", "email", "organisation", "needs", "language"])
        return registration
    seat_or_line(event, registration)
    _mail(event, registration, "registered" if registration.seat else "waiting")
    return registration


def _mail(event: Event, registration: Registration, template: str, **options: Any) -> None:
    """Mail one person; a second time to the same person is another mail, so the moment is part of the key."""
    moment = timezone.now().isoformat()
    key = f"event:{event.pk}:{template}:{registration.pk}:{moment}"
    mail_registrations(event, [registration], template, key=key, **options)


def _answer_invitations(event: Event, organisation: Organisation | None, person: Any) -> None:
    """Who comes says yes: to an own invitation, and to that of the organisation for which he or she comes."""
    asked = Q(person=person) if organisation is None else Q(person=person) | Q(organisation=organisation)
    invitations = EventInvitation.objects.filter(asked, event=event).exclude(answer=InvitationAnswer.YES)
    invitations.update(answer=InvitationAnswer.YES, answered_at=timezone.now())
