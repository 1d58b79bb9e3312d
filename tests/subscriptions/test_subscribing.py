"""Asking for a newsletter and confirming it: the same answer for all, and nothing without a yes (R94, D01–D05)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comms.subscriptions.enums import ConsentSource, SubscriptionState
from comms.subscriptions.links import sign
from comms.subscriptions.models import Subscription, SubscriptionRequest
from comms.subscriptions.tasks import answer_requests, forget_unconfirmed
from cwn.delivery.actions.bouncing import suppress
from cwn.delivery.enums import Stream, SuppressionReason
from cwn.delivery.models import Delivery, Suppression
from tests.factories.subscriptions import (
    MembersNewsletterFactory,
    NewsletterFactory,
    SubscriptionFactory,
    TopicFactory,
)
from tests.subscriptions.conftest import link_in

pytestmark = pytest.mark.django_db
READER = "lies@lezers.example"


def ask(client: Client, email: str = READER, **more):
    """Send the form."""
    data = {"email": email, "newsletters": ["netwerknieuws"], "language": "nl"} | more
    return client.post(reverse("newsletter_list"), data, follow=True)


# --- asking ------------------------------------------------------------------------------------------
def test_a_stranger_asks_gets_a_link_and_confirms(client, newsletter, mails_to):
    topic = TopicFactory(slug="oefenen", newsletters=[newsletter])

    assert "Kijk in uw mail" in ask(client, topics=["oefenen"]).content.decode()
    assert Subscription.objects.count() == 0  # nothing but the request, until the worker looks
    assert answer_requests() == 1
    row = Subscription.objects.get()
    assert (row.email, row.state, row.confirmed_at) == (READER, SubscriptionState.UNCONFIRMED, None)
    [text] = mails_to(READER)
    assert "Netwerknieuws" in text

    page = link_in(text)
    assert "Bevestigen" in client.get(page).content.decode()
    row.refresh_from_db()
    assert row.state == SubscriptionState.UNCONFIRMED

    assert "Uw aanmelding is bevestigd" in client.post(page).content.decode()
    row.refresh_from_db()
    assert row.state == SubscriptionState.ACTIVE
    assert row.consent_text == newsletter.consent_texts.get()
    assert row.consent_source == ConsentSource.FORM
    assert list(row.topics.all()) == [topic]
    assert row.tracks_me is False
    assert list(Subscription.objects.receiving(newsletter)) == [row]


def test_the_answer_is_the_same_for_every_address(newsletter):
    """security.md D04: byte for byte, and by the same work: one row is written, whoever's address it is."""
    SubscriptionFactory(newsletter=newsletter, email="actief@lezers.example")
    SubscriptionFactory(newsletter=newsletter, email="wacht@lezers.example", state=SubscriptionState.UNCONFIRMED)
    for reason in SuppressionReason:
        suppress(f"{reason.value}@lezers.example", stream=Stream.NEWS, reason=reason)
    addresses = ["nieuw", "actief", "wacht", *SuppressionReason.values]

    answers, queries = set(), set()
    for address in addresses:
        client = Client()
        with CaptureQueriesContext(connection) as captured:
            answer = ask(client, f"{address}@lezers.example")
        statements = tuple(query["sql"].split()[0] for query in captured.captured_queries)
        answers.add((answer.status_code, answer.content, tuple(sorted(answer.headers.items()))))
        queries.add(statements)
    assert len(answers) == 1
    assert len(queries) == 1
    assert SubscriptionRequest.objects.count() == len(addresses)


def test_the_mail_tells_the_owner_and_nobody_else(client, newsletter, mails_to):
    row = SubscriptionFactory(newsletter=newsletter, email=READER)
    ask(client)
    answer_requests()

    [text] = mails_to(READER)
    assert "U krijgt hem al" in text
    assert link_in(text) == reverse("subscription_preferences", args=[sign("preferences", [row.subscriber])])
    assert Subscription.objects.get() == row


@pytest.mark.parametrize("spelling", ["LIES@lezers.example", " lies@lezers.example. ", "ｌｉｅｓ@lezers.example"])
def test_another_spelling_is_no_other_address(client, newsletter, spelling):
    SubscriptionFactory(newsletter=newsletter, email=READER)
    ask(client, spelling)
    answer_requests()
    assert Subscription.objects.count() == 1


def test_who_complained_gets_no_mail_but_who_left_may_come_back(client, newsletter, mails_to):
    suppress("boos@lezers.example", stream=Stream.NEWS, reason=SuppressionReason.COMPLAINED)
    suppress("terug@lezers.example", stream=Stream.NEWS, reason=SuppressionReason.LEFT)
    ask(client, "boos@lezers.example")
    ask(Client(), "terug@lezers.example")
    answer_requests()
    assert mails_to("boos@lezers.example") == []

    client.post(link_in(mails_to("terug@lezers.example")[0]))
    assert [row.reason for row in Suppression.objects.all()] == [SuppressionReason.COMPLAINED]


def test_one_address_gets_one_mail_in_ten_minutes(newsletter, mails_to):
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)):
        for _time in range(5):
            ask(Client())
            answer_requests()
        assert len(mails_to(READER)) == 1


def test_one_machine_asks_twenty_times_an_hour(newsletter):
    client = Client()
    for number in range(20):
        assert ask(client, f"lezer{number}@lezers.example").status_code == 200
    refused = ask(client, "nog-een@lezers.example")
    assert refused.status_code == 429
    assert "nog-een@lezers.example" in refused.content.decode()  # what was typed stays
    assert SubscriptionRequest.objects.count() == 20


def test_a_machine_that_fills_in_everything_gets_nothing(client, newsletter):
    assert "Kijk in uw mail" in ask(client, nickname="x").content.decode()
    assert SubscriptionRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"email": "geen adres"}, "e-mailadres"),
        ({"newsletters": []}, "Kies minstens één nieuwsbrief"),
        ({"language": "xx"}, "xx"),
        ({"newsletters": ["geheim"]}, "geheim"),
    ],
)
def test_a_mistake_keeps_what_was_typed(client, newsletter, data, words):
    MembersNewsletterFactory(slug="geheim")
    answer = ask(client, **{"topics": [], **data}).content.decode()
    assert words in answer
    assert data.get("email", READER) in answer
    assert SubscriptionRequest.objects.count() == 0


def test_a_list_for_members_is_not_for_strangers(client, newsletter):
    MembersNewsletterFactory(name="kanarie-ledenbrief", slug="geheim")
    assert "kanarie-ledenbrief" not in client.get(reverse("newsletter_list")).content.decode()


def test_a_list_without_a_consent_text_cannot_be_asked(client, newsletter):
    NewsletterFactory(name="Zonder tekst", slug="zonder-tekst")
    page = client.get(reverse("newsletter_list")).content.decode()
    assert "Zonder tekst" in page
    assert 'value="zonder-tekst"' not in page


# --- confirming --------------------------------------------------------------------------------------
def test_confirming_twice_changes_nothing(client, newsletter):
    row = SubscriptionFactory(newsletter=newsletter, state=SubscriptionState.UNCONFIRMED)
    page = reverse("subscription_confirm", args=[sign("confirm", [row.key])])
    first, second = client.post(page), client.post(page)
    assert first.content == second.content
    assert row.steps.count() == 1


def test_only_what_stands_in_the_link_is_confirmed(client, newsletter):
    mine = SubscriptionFactory(newsletter=newsletter, email=READER, state=SubscriptionState.UNCONFIRMED)
    other = SubscriptionFactory(
        email=READER, subscriber=mine.subscriber, state=SubscriptionState.UNCONFIRMED
    )  # asked by somebody else, say
    client.post(reverse("subscription_confirm", args=[sign("confirm", [mine.key])]))
    other.refresh_from_db()
    assert other.state == SubscriptionState.UNCONFIRMED


@pytest.mark.parametrize(("days", "left"), [(6.99, 1), (7, 0)])
def test_what_nobody_confirms_goes_after_seven_days(newsletter, days, left):
    """security.md D05, chapter 6: at the border."""
    now = timezone.now()
    SubscriptionFactory(newsletter=newsletter, state=SubscriptionState.UNCONFIRMED, created_at=now)
    SubscriptionFactory(newsletter=newsletter, created_at=now)
    with time_machine.travel(now + timedelta(days=days), tick=False):
        assert forget_unconfirmed() == 1 - left
    assert Subscription.objects.filter(state=SubscriptionState.UNCONFIRMED).count() == left
    assert Subscription.objects.filter(state=SubscriptionState.ACTIVE).count() == 1


def test_asking_again_counts_from_then(client, newsletter):
    row = SubscriptionFactory(
        newsletter=newsletter,
        email=READER,
        state=SubscriptionState.UNCONFIRMED,
        created_at=timezone.now() - timedelta(days=6),
    )
    ask(client)
    answer_requests()
    row.refresh_from_db()
    assert row.created_at > timezone.now() - timedelta(minutes=1)
    assert Subscription.objects.count() == 1


def test_a_request_that_fails_keeps_no_other_waiting(client, newsletter):
    ask(client)
    ask(Client(), "tweede@lezers.example")
    poison = SubscriptionRequest.objects.get(email=READER)
    del poison.choices["topics"]  # as a newer version of the portal may write it
    poison.save()
    assert answer_requests() == 1
    assert Delivery.objects.get().address == "tweede@lezers.example"


# --- members -----------------------------------------------------------------------------------------
def test_a_member_subscribes_with_one_click(cast):
    newsletter = MembersNewsletterFactory(name="Partnerpost", slug="partnerpost")
    newsletter.consent_texts.create(version=1, text="Voor leden")
    client = cast.client("mem")
    answer = client.post(reverse("my_newsletters"), {"nieuwsbrief": "partnerpost"}, follow=True)
    assert "U krijgt vanaf nu “Partnerpost”" in answer.content.decode()
    row = Subscription.objects.get()
    assert (row.user, row.email, row.state) == (cast["mem"], cast["mem"].email, SubscriptionState.ACTIVE)
    client.post(reverse("my_newsletters"), {"nieuwsbrief": "partnerpost"})
    assert Subscription.objects.get() == row


@pytest.mark.parametrize("principal", ["ex", "sus", "adm"])
def test_who_is_no_member_cannot_have_a_list_for_members(cast, principal):
    newsletter = MembersNewsletterFactory(slug="partnerpost")
    newsletter.consent_texts.create(version=1, text="Voor leden")
    answer = cast.client(principal).post(reverse("my_newsletters"), {"nieuwsbrief": "partnerpost"})
    assert answer.status_code == 404
    assert Subscription.objects.count() == 0


def test_a_list_for_members_stops_the_moment_the_membership_ends(cast):
    """security.md A04: asked again when the mail leaves."""
    newsletter = MembersNewsletterFactory()
    people = ("mem", "rep", "wg", "coord", "nctv", "mem-x", "adm", "ex", "sus", "nomfa")
    for principal in people:
        SubscriptionFactory(newsletter=newsletter, user=cast[principal], email=cast[principal].email)
    SubscriptionFactory(newsletter=newsletter)  # an address without an account
    got = {row.user for row in Subscription.objects.receiving(newsletter)}
    assert got == {cast[name] for name in ("mem", "rep", "wg", "coord", "nctv", "mem-x")}

    cast["mem"].memberships.update(ended_at=timezone.now())
    assert cast["mem"] not in {row.user for row in Subscription.objects.receiving(newsletter)}


def test_an_address_that_was_there_before_the_account_joins_it(cast, newsletter):
    row = SubscriptionFactory(newsletter=newsletter, email=cast["mem"].email)
    cast.client("mem").post(reverse("my_newsletters"), {"nieuwsbrief": "netwerknieuws"})
    row.refresh_from_db()
    assert row.user == cast["mem"]
    assert Subscription.objects.count() == 1


def test_a_pause_that_is_over_is_no_pause(newsletter):
    today = timezone.localdate()
    over = SubscriptionFactory(newsletter=newsletter, state=SubscriptionState.PAUSED, paused_until=today)
    SubscriptionFactory(newsletter=newsletter, state=SubscriptionState.PAUSED, paused_until=today + timedelta(days=1))
    assert list(Subscription.objects.receiving(newsletter)) == [over]
