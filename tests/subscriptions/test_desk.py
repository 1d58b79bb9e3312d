"""The desk: numbers and no names, lists and texts, subscribers of another list with proof (R94)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comms.subscriptions.actions.editing import add_consent_text
from comms.subscriptions.actions.ending import end_subscription
from comms.subscriptions.demo import make
from comms.subscriptions.enums import ConsentSource, SubscriptionState
from comms.subscriptions.figures import figures_of, shown
from comms.subscriptions.holders import LinkHolder
from comms.subscriptions.models import (
    AddressChange,
    ConsentText,
    Newsletter,
    SubscriberImport,
    Subscription,
    SubscriptionRequest,
    SubscriptionStep,
    Topic,
)
from comms.subscriptions.tasks import forget_unconfirmed
from cwn.core.guard import reading_as
from cwn.delivery.actions.bouncing import suppress
from cwn.delivery.enums import Stream, SuppressionReason
from tests.factories.subscriptions import (
    ConsentTextFactory,
    NewsletterFactory,
    SubscriptionFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
EVERYBODY = ("anon", "mem", "rep", "wg", "coord", "nctv", "adm")


# --- who sees what ------------------------------------------------------------------------------------
def test_postgresql_shows_a_row_to_its_owner_only(cast, newsletter):
    """docs/adr/0020: whatever a view forgets to ask."""
    own = SubscriptionFactory(newsletter=newsletter, user=cast["mem"], email=cast["mem"].email)
    other = SubscriptionFactory(newsletter=newsletter)
    for row in (own, other):
        SubscriptionStep.objects.create(subscription=row, kind="aangevraagd")
        AddressChange.objects.create(subscriber=row.subscriber, email="nieuw@lezers.example")
        row.topics.set([TopicFactory()])
    SubscriptionRequest.objects.create(email="iemand@lezers.example", choices={})
    readers = {principal: cast[principal] for principal in EVERYBODY}
    readers["sub"] = LinkHolder(subscriber=other.subscriber)
    readers["key"] = LinkHolder(keys=[other.key])
    seen = {}
    for name, reader in readers.items():
        with reading_as(reader):
            assert set(Subscription.objects.all()) == set(Subscription.objects.visible_to(reader))
            seen[name] = set(Subscription.objects.values_list("pk", flat=True))
            assert set(SubscriptionStep.objects.values_list("subscription", flat=True)) == seen[name]
            assert set(Subscription.topics.through.objects.values_list("subscription", flat=True)) == seen[name]
            assert SubscriptionRequest.objects.count() == 0
            assert AddressChange.objects.count() == (1 if name == "sub" else 0)
    assert seen.pop("mem") == {own.pk}
    assert seen.pop("sub") == seen.pop("key") == {other.pk}
    assert set().union(*seen.values()) == set()


@pytest.mark.parametrize("principal", EVERYBODY)
def test_no_page_shows_a_subscriber(cast, newsletter, principal):
    SubscriptionFactory.create_batch(6, newsletter=newsletter, name="kanarie-naam")
    SubscriptionFactory(newsletter=newsletter, email="kanarie-adres@lezers.example")
    client = cast.client(principal)
    for name in ("newsletter_list", "my_newsletters", "subscriber_figures", "subscriber_import", "newsletter_settings"):
        assert "kanarie" not in client.get(reverse(name)).content.decode(), name


# --- numbers -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("number", "said"), [(0, 0), (1, None), (4, None), (5, 5), (12, 12)])
def test_small_numbers_are_not_said(number, said):
    assert shown(number) == said


def test_the_numbers_add_up(newsletter):
    topic = TopicFactory(newsletters=[newsletter])
    SubscriptionFactory.create_batch(7, newsletter=newsletter, topics=[topic])
    SubscriptionFactory.create_batch(5, newsletter=newsletter, state=SubscriptionState.UNCONFIRMED)
    SubscriptionFactory(newsletter=newsletter, frequency="maand")
    for row in SubscriptionFactory.create_batch(5, newsletter=newsletter):
        end_subscription(row)
    [figures] = figures_of([newsletter])
    assert (figures.receiving, figures.paused, figures.unconfirmed) == (8, 0, 5)
    assert figures.growth[-1][1:] == (13, 5)
    assert [(cell.label, cell.number) for cell in figures.frequencies] == [("Elke editie", 7), ("andere keuzes", None)]
    assert [cell.number for cell in figures.topics] == [7]


def test_the_page_asks_as_much_for_three_lists_as_for_one(cast):
    client = cast.client("wg")
    numbers = []
    for _more in range(2):
        SubscriptionFactory.create_batch(2, newsletter=NewsletterFactory())
        client.get(reverse("subscriber_figures"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("subscriber_figures"))
        numbers.append(len(captured))
        SubscriptionFactory(newsletter=NewsletterFactory())
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("name", ["newsletter_list", "my_newsletters", "newsletter_settings"])
def test_lists_cost_the_same_however_long_they_are(cast, name):
    client = cast.client("wg")

    def add() -> None:
        newsletter = NewsletterFactory()
        TopicFactory(newsletters=[newsletter])
        SubscriptionFactory(newsletter=newsletter, user=cast["wg"], email=cast["wg"].email)

    def count() -> int:
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(name))
        return len(captured)

    add()
    first = count()
    add()
    add()
    assert count() == first


# --- lists and texts ----------------------------------------------------------------------------------
def test_the_desk_makes_a_list_with_a_topic_and_a_text(cast):
    client = cast.client("wg")
    values = {
        "name": "Nieuws", "slug": "nieuws", "purpose": "Om te weten", "sender_name": "CWN", "label_ceiling": "clear",
        "is_public": "on", "is_active": "on", "order": 1,
    }  # fmt: skip
    client.post(reverse("newsletter_new"), values)
    newsletter = Newsletter.objects.get()
    client.post(
        reverse("topic_new"), {"name": "Oefenen", "slug": "oefenen", "newsletters": [newsletter.pk], "order": 1}
    )
    assert list(newsletter.topics.all()) == [Topic.objects.get()]
    day = timezone.localdate().isoformat()
    for language, text in (("nl", "Eerste"), ("en", "First"), ("nl", "Tweede")):
        sent = {"language": language, "text": text, "valid_from": day}
        assert client.post(reverse("consent_text_new", args=["nieuws"]), sent).status_code == 302
    versions = ConsentText.objects.order_by("pk").values_list("version", "language")
    assert list(versions) == [(1, "nl"), (1, "en"), (2, "nl")]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"is_public": "on", "label_ceiling": "green"}, "bevat alleen TLP:CLEAR"),
        ({"slug": "voorkeuren"}, "adres van een andere pagina"),
        ({"name": ""}, "Nieuwe nieuwsbrief"),
    ],
)
def test_a_list_that_cannot_be_is_explained(cast, wrong, words):
    values = {
        "name": "Nieuws", "slug": "nieuws", "purpose": "kanarie-doel", "sender_name": "CWN", "label_ceiling": "clear",
        "order": 1, **wrong,
    }  # fmt: skip
    answer = cast.client("wg").post(reverse("newsletter_new"), values).content.decode()
    assert words in answer
    assert "kanarie-doel" in answer
    assert Newsletter.objects.count() == 0


def test_a_consent_text_never_changes(newsletter):
    text = newsletter.consent_texts.get()
    for change in (lambda: ConsentText.objects.update(text="Anders"), text.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_only_the_desk_adds_a_text(cast, newsletter):
    with pytest.raises(PermissionDenied):
        add_consent_text(
            newsletter=newsletter, language="nl", text="x", valid_from=timezone.localdate(), by=cast["nctv"]
        )


# --- existing subscribers -------------------------------------------------------------------------------
def upload(client, text: ConsentText, *lines: str):
    content = "\n".join(["e-mailadres;naam;taal;toestemming-op", *lines]).encode()
    sent = {"consent_text": text.pk, "proof": "Oude website", "file": SimpleUploadedFile("abonnees.csv", content)}
    return client.post(reverse("subscriber_import"), sent)


@pytest.fixture
def old_text(newsletter) -> ConsentText:
    """A text that has been in use for a year."""
    day = timezone.localdate() - timedelta(days=365)
    return ConsentTextFactory(newsletter=newsletter, version=3, valid_from=day)


def test_subscribers_come_over_with_proof_and_a_yes(cast, newsletter, old_text):
    client = cast.client("coord")
    day = (timezone.localdate() - timedelta(days=30)).isoformat()
    SubscriptionFactory(newsletter=newsletter, email="staat-er@lezers.example")
    end_subscription(SubscriptionFactory(newsletter=newsletter, email="weg@lezers.example"))
    suppress("boos@lezers.example", stream=Stream.NEWS, reason=SuppressionReason.COMPLAINED)
    answer = upload(
        client, old_text,
        f"Nieuw@lezers.example;Nora;en;{day}", f"nieuw@lezers.example;Dubbel;nl;{day}",
        f"staat-er@lezers.example;;;{day}", f"weg@lezers.example;;;{day}", f"boos@lezers.example;;;{day}",
        f"geen adres;;;{day}", "zonder@lezers.example;;;", "te-vroeg@lezers.example;;;2001-01-01",
    ).content.decode()  # fmt: skip
    assert "1 abonnee kan erbij" in answer
    assert "1 adres staat er al op" in answer
    assert "2 adressen meldden zich af" in answer
    assert "3 regels kloppen niet" in answer
    assert not Subscription.objects.filter(email="nieuw@lezers.example").exists()

    pending = SubscriberImport.objects.get()
    client.post(reverse("subscriber_import_done", args=[pending.pk]))
    row = Subscription.objects.get(email="nieuw@lezers.example")
    assert (row.name, row.language, row.consent_source) == ("Nora", "en", ConsentSource.IMPORT)
    assert (row.consent_text, row.consented_at.date().isoformat()) == (old_text, day)
    assert row.steps.get().details == "Oude website"
    pending.refresh_from_db()
    assert (pending.rows, pending.number_added) == ([], 1)
    client.post(reverse("subscriber_import_done", args=[pending.pk]))
    assert Subscription.objects.filter(email="nieuw@lezers.example").count() == 1


def test_who_leaves_between_the_check_and_the_yes_stays_away(cast, newsletter, old_text):
    client = cast.client("wg")
    upload(client, old_text, f"twijfel@lezers.example;;;{timezone.localdate().isoformat()}")
    suppress("twijfel@lezers.example", stream=Stream.NEWS, reason=SuppressionReason.LEFT)
    client.post(reverse("subscriber_import_done", args=[SubscriberImport.objects.get().pk]))
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize("principal", ["mem", "rep", "nctv", "adm", "coord"])
def test_nobody_finishes_the_file_of_another(cast, newsletter, old_text, principal):
    upload(cast.client("wg"), old_text, f"nieuw@lezers.example;;;{timezone.localdate().isoformat()}")
    address = reverse("subscriber_import_done", args=[SubscriberImport.objects.get().pk])
    assert cast.client(principal).post(address).status_code == 404
    assert Subscription.objects.count() == 0


def test_a_file_without_a_yes_goes_after_a_day(cast, newsletter, old_text):
    upload(cast.client("wg"), old_text, f"nieuw@lezers.example;;;{timezone.localdate().isoformat()}")
    forget_unconfirmed()
    assert SubscriberImport.objects.count() == 1
    SubscriberImport.objects.update(created_at=timezone.now() - timedelta(days=1))
    forget_unconfirmed()
    assert SubscriberImport.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"alleen;koppen", b"x" * 100])
def test_a_file_that_is_none_is_refused_in_words(cast, newsletter, old_text, content):
    sent = {"consent_text": old_text.pk, "proof": "Oude website", "file": SimpleUploadedFile("a.csv", content)}
    answer = cast.client("wg").post(reverse("subscriber_import"), sent)
    assert answer.status_code == 200
    assert "Oude website" in answer.content.decode() or SubscriberImport.objects.get().rows == []


# --- demo --------------------------------------------------------------------------------------------
def test_the_demo_is_the_same_each_time_and_adds_what_is_missing():
    assert make(30, seed=3) == 30
    first = list(Subscription.objects.order_by("key").values_list("key", "subscriber", "state", "frequency"))
    assert make(30, seed=3) == 0
    assert make(40, seed=3) == 10
    kept = Subscription.objects.filter(key__in=[key for key, *_rest in first]).order_by("key")
    assert list(kept.values_list("key", "subscriber", "state", "frequency")) == first
    assert all(
        email.endswith(".example") for email in Subscription.objects.exclude(email="").values_list("email", flat=True)
    )
