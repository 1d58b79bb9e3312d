"""Factories of events and of who comes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from django.utils import timezone

from comms.enums import Tlp
from comms.events.enums import SEATED, EventKind, EventStatus, RegistrationState
from comms.events.models import Event, Registration
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory

#: An hour that is in no change of the clock anywhere in the Kingdom.
SOON = datetime(2027, 6, 10, 12, tzinfo=UTC)


class EventFactory(factory.django.DjangoModelFactory):
    """A published event of next year, public and with room for all."""

    class Meta:
        model = Event
        skip_postgeneration_save = True

    title = factory.Sequence(lambda number: f"Bijeenkomst {number}")
    slug = factory.Sequence(lambda number: f"bijeenkomst-{number}")
    kind = EventKind.MEETING
    summary = "Waar het over gaat."
    starts_at = SOON
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=2))
    place = "Utrecht"
    owner = factory.SubFactory(OrganisationFactory)
    tlp = Tlp.CLEAR
    status = EventStatus.PUBLISHED
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def addressed(self, _create: bool, organisations: Any, **_kwargs: Any) -> None:
        """Address it to organisations."""
        if organisations:
            self.addressed_organisations.set(organisations)


def registered(event: Event, user: Any = None, **fields: Any) -> Registration:
    """Return somebody who comes, on the next free seat unless told otherwise."""
    state = fields.setdefault("state", RegistrationState.CONFIRMED)
    if state in SEATED:
        fields.setdefault("seat", Registration.objects.filter(event=event, seat__isnull=False).count() + 1)
    number = Registration.objects.count()
    fields.setdefault("name", user.name if user else f"Gast {number}")
    fields.setdefault("email", user.email if user else f"gast{number}@elders.example")
    fields.setdefault("in_line_since", timezone.now())
    return Registration.objects.create(event=event, user=user, **fields)
