"""One rule in three places: `visible_to`, PostgreSQL and plain Python show the same subscriptions (M3, I10)."""

import uuid
from dataclasses import replace

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comms.subscriptions.enums import StepKind
from comms.subscriptions.holders import LinkHolder
from comms.subscriptions.models import (
    AddressChange,
    SubscriberImport,
    Subscription,
    SubscriptionRequest,
    SubscriptionStep,
)
from cwn.core.guard import reading_as
from tests.comms.worlds import PEOPLE, build, make_ground, reader, worlds
from tests.factories.subscriptions import ConsentTextFactory, NewsletterFactory, SubscriptionFactory, TopicFactory

pytestmark = pytest.mark.django_db

#: Whose account it is, if any, and which of three addresses.
SUBSCRIPTIONS = st.lists(st.tuples(st.none() | st.sampled_from(PEOPLE), st.integers(0, 2)), min_size=3, max_size=8)


@pytest.fixture
def ground(db):
    """Organisations and people on which each world is built and taken down again."""
    return make_ground()


def keys(table: str, column: str) -> set:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {column} FROM {table}")  # noqa: S608  our own names
        return {key for (key,) in cursor.fetchall()}


def is_known(world, person: int | None) -> bool:
    """Somebody who is logged in as far as his or her roles ask: see `World.access`."""
    return world.access(person).person is not None


@given(world=worlds(), drawn=SUBSCRIPTIONS)
@settings(max_examples=30, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_three_ways_to_say_whose_subscription_it_is_are_one(ground, world, drawn):
    with transaction.atomic():
        build(replace(world, publications=()), ground)
        made, addresses = {}, [uuid.uuid4() for _address in range(3)]
        topic = TopicFactory()
        for person, address in drawn:
            user = None if person is None else ground.people[person]
            row = SubscriptionFactory(user=user, subscriber=addresses[address], topics=[topic])
            SubscriptionStep.objects.create(subscription=row, kind=StepKind.values[0])
            made[row.pk] = (row, person, address)
        changes = {
            AddressChange.objects.create(subscriber=one, email="nieuw@lezers.example").pk: one for one in addresses
        }
        imports = {person: _import_of(ground.people[person]).pk for person in PEOPLE}
        SubscriptionRequest.objects.create(email="vreemd@lezers.example", choices={})

        def look(user, expected, changed=frozenset(), imported=frozenset()):
            assert set(Subscription.objects.visible_to(user).values_list("pk", flat=True)) == expected
            assert set(Subscription.objects.editable_by(user).values_list("pk", flat=True)) == expected
            with reading_as(user):
                assert keys("subscriptions_subscription", "id") == expected
                assert keys("subscriptions_subscription_topics", "subscription_id") == expected
                assert keys("subscriptions_subscriptionstep", "subscription_id") == expected
                assert keys("subscriptions_subscriptionrequest", "id") == set()
                assert keys("subscriptions_addresschange", "key") == set(changed)
                assert keys("subscriptions_subscriberimport", "id") == set(imported)

        for person in (None, *PEOPLE):
            own = {key for key, (_row, whose, _address) in made.items() if whose == person}
            known = is_known(world, person)
            look(reader(ground, person), own if known else set(), imported={imports[person]} if known else set())
        for number, subscriber in enumerate(addresses):
            holder = LinkHolder(subscriber=subscriber)
            of_address = {key for key, (_row, _whose, address) in made.items() if address == number}
            own_changes = {key for key, whose in changes.items() if whose == subscriber}
            assert set(AddressChange.objects.of(holder).values_list("pk", flat=True)) == own_changes
            look(holder, of_address, changed=own_changes)
        for key, (row, _whose, _address) in made.items():
            look(LinkHolder(keys=[row.key]), {key})
        look(LinkHolder(), set())
        look(LinkHolder(subscriber=uuid.uuid4(), keys=[uuid.uuid4()]), set())
        transaction.set_rollback(True)


def _import_of(user) -> SubscriberImport:
    newsletter = NewsletterFactory()
    text = ConsentTextFactory(newsletter=newsletter)
    return SubscriberImport.objects.create(newsletter=newsletter, consent_text=text, proof="Een lijst.", by=user)
