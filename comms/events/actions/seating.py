"""Seats: who gets one, who waits, and who moves up (R98).

Whoever registers sees no registration but the own one, so these functions look with the rights of the portal, and
hold the event meanwhile: two people who ask at once are answered one after the other.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.events.enums import RegistrationState
from comms.events.models import Event, Registration
from cwn.core.guard import as_the_portal


@contextmanager
def held(event: Event) -> Iterator[Event]:
    """Yield the event as it is now, held until the transaction ends, with every registration in sight."""
    with as_the_portal():
        yield Event.objects.select_for_update(of=("self",)).get(pk=event.pk)


def seats_taken(events: Iterable[Event]) -> dict[int, int]:
    """Return how many seats of each event are taken: a number, and never of whom."""
    keys = [event.pk for event in events]
    with as_the_portal():
        counted = Registration.objects.seated().filter(event__in=keys).order_by().values("event")
        taken = {row["event"]: row["number"] for row in counted.annotate(number=Count("pk"))}
    return {key: taken.get(key, 0) for key in keys}


def free_seat(event: Event) -> int | None:
    """Return the lowest seat that nobody has; None when all are taken. Asks for a held event."""
    taken = Registration.objects.filter(event=event, seat__isnull=False)
    if event.capacity is None:
        return (taken.aggregate(last=Max("seat"))["last"] or 0) + 1
    numbers = set(taken.values_list("seat", flat=True))
    return next((seat for seat in range(1, event.capacity + 1) if seat not in numbers), None)


def seat_or_line(event: Event, registration: Registration) -> Registration:
    """Give somebody a seat, or a place at the end of the line; raises ValidationError where there is no line."""
    someone_waits = Registration.objects.in_line().filter(event=event).exclude(pk=registration.pk).exists()
    seat = None if someone_waits else free_seat(event)
    if seat is None and not event.has_waiting_list:
        raise ValidationError(_("Alle plaatsen zijn bezet. Deze bijeenkomst heeft geen wachtlijst."))
    registration.seat = seat
    registration.state = RegistrationState.WAITING if seat is None else RegistrationState.CONFIRMED
    registration.in_line_since = timezone.now()
    registration.save()
    return registration


def move_up(event: Event) -> list[Registration]:
    """Give free seats to who waits, in the order in which they asked, and return who got one."""
    moved = []
    for registration in Registration.objects.in_line().filter(event=event).select_related("user"):
        seat = free_seat(event)
        if seat is None:
            break
        registration.seat, registration.state = seat, RegistrationState.CONFIRMED
        registration.save(update_fields=["seat", "state"])
        moved.append(registration)
    return moved


def make_room(event: Event, capacity: int | None) -> None:
    """Give people on seats above a smaller capacity a lower one; raises ValidationError when there are too many."""
    if capacity is None:
        return
    seated = Registration.objects.seated().filter(event=event)
    number = seated.count()
    if number > capacity:
        raise ValidationError(
            {"capacity": _("Er zijn al %(number)d plaatsen bezet. Minder kan niet.") % {"number": number}}
        )
    numbers = set(seated.values_list("seat", flat=True))
    free = iter(sorted(set(range(1, capacity + 1)) - numbers))
    for registration in seated.filter(seat__gt=capacity).order_by("seat"):
        registration.seat = next(free)
        registration.save(update_fields=["seat"])


def organisations_coming(event: Event) -> list[str]:
    """Name the partners that somebody comes for, for the page of a meeting of somebody else (R99); no persons."""
    with as_the_portal():
        rows = Registration.objects.seated().filter(event=event, organisation__isnull=False)
        return sorted(set(rows.values_list("organisation__name", flat=True)))
