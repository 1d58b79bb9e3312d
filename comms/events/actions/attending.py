"""Who was there: at the door with a code, or by the list (R98), and what is forgotten afterwards."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.events.actions.preparing import require_organiser
from comms.events.actions.seating import free_seat, held
from comms.events.enums import SEATED, RegistrationState
from comms.events.links import DAYS_TO_CONFIRM
from comms.events.models import Registration

#: Wishes about food and access are needed no longer than this after an event.
NEEDS_KEPT = timedelta(days=30)
#: Somebody can be let in from this long before the event begins.
DOORS_OPEN = timedelta(hours=24)


@transaction.atomic
def check_in(registration: Registration, *, by: Any) -> Registration:
    """Write down that somebody came in. Twice is the same as once; who waited gets a seat that is free."""
    require_organiser(registration.event, by)
    with held(registration.event) as event:
        current = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
        if timezone.now() < event.starts_at - DOORS_OPEN:
            raise ValidationError(_("Inchecken kan vanaf een dag voor het begin."))
        if current.state not in (*SEATED, RegistrationState.WAITING):
            raise ValidationError(_("Deze aanmelding is niet geldig: %(state)s.") % {"state": current.status.label})
        if current.seat is None:
            current.seat = free_seat(event)
            if current.seat is None:
                raise ValidationError(_("Er is geen plaats vrij voor wie op de wachtlijst staat."))
        current.state = RegistrationState.ATTENDED
        current.checked_in_at = current.checked_in_at or timezone.now()
        current.save(update_fields=["state", "seat", "checked_in_at"])
        return current


@transaction.atomic
def mark_absent(registration: Registration, *, by: Any) -> Registration:
    """Write down that somebody who had a seat did not come."""
    require_organiser(registration.event, by)
    with held(registration.event) as event:
        current = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
        if current.state not in SEATED or event.starts_at > timezone.now():
            raise ValidationError(_("Dit kan pas na het begin, en alleen voor wie een plaats had."))
        current.state, current.checked_in_at = RegistrationState.ABSENT, None
        current.save(update_fields=["state", "checked_in_at"])
        return current


def forget_what_is_no_longer_needed() -> tuple[int, int]:
    """Empty wishes of past events and delete guests who never confirmed; return how many of each."""
    now = timezone.now()
    past = Registration.objects.filter(event__ends_at__lt=now - NEEDS_KEPT).exclude(needs="")
    asked = Registration.objects.filter(
        state=RegistrationState.ASKED, user=None, registered_at__lt=now - timedelta(days=DAYS_TO_CONFIRM)
    )
    return past.update(needs=""), asked.delete()[0]
