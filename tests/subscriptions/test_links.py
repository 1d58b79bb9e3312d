"""What somebody does with a signed link: leaving, choosing, taking and erasing the own data (R94, D01, D02, I10)."""

import itertools
import json
from datetime import timedelta

import pytest
import time_machine
from django.core.signing import BadSignature
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comms.subscriptions import links
from comms.subscriptions.actions.ending import stop_after_bounce
from comms.subscriptions.enums import EndReason, Frequency, StepKind, SubscriptionState
from comms.subscriptions.models import AddressChange, Subscription, SubscriptionStep
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.addresses import digest_of
from cwn.delivery.enums import Stream, SuppressionReason
from cwn.delivery.models import Suppression
from tests.factories.accounts import UserFactory
from tests.factories.partners import RegionFactory, SectorFactory
from tests.factories.subscriptions import (
    ConsentTextFactory,
    NewsletterFactory,
    SubscriptionFactory,
    TopicFactory,
)
from tests.subscriptions.conftest import link_in

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
READER = "lies@lezers.example"
#: What looks at links in mails before people do: gateways, previews, virus scanners, browsers that read ahead.
AGENTS = [
    "Mozilla/5.0", "Barracuda Sentinel (EE)", "Mimecast", "Proofpoint URL Defense", "Microsoft Office/16.0",
    "ms-office; MSOffice 16", "Slackbot-LinkExpanding 1.0", "Twitterbot/1.0", "facebookexternalhit/1.1", "WhatsApp/2",
    "TelegramBot", "LinkedInBot/1.0", "Googlebot/2.1", "bingbot/2.0", "GoogleImageProxy", "YahooMailProxy",
    "SkypeUriPreview", "curl/8.5", "Wget/1.21", "python-requests/2.31",
]  # fmt: skip
AHEAD = [{"HTTP_PURPOSE": "prefetch"}, {"HTTP_SEC_PURPOSE": "prefetch;prerender"}, {"HTTP_X_MOZ": "prefetch"}]


@pytest.fixture
def row(newsletter) -> Subscription:
    """A subscription of a reader."""
    return SubscriptionFactory(newsletter=newsletter, email=READER, name="Lies Lezer")


def page(name: str, *arguments: str) -> str:
    return reverse(name, args=arguments)


def end_page(row: Subscription) -> str:
    return page("subscription_end", links.sign("end", [row.key]))


def preferences_page(row: Subscription) -> str:
    return page("subscription_preferences", links.sign("preferences", [row.subscriber]))


def data_link(row: Subscription) -> str:
    return links.data_address(row.subscriber, "nl").rstrip("/").rsplit("/", 1)[1]


def choices(row: Subscription, **more) -> dict:
    """What the form sends when nothing is changed."""
    return {"language": "nl", f"frequency-{row.pk}": Frequency.EACH, **more}


def everything() -> list:
    """Each row that a link could touch, as it stands."""
    return [list(model.objects.order_by("pk").values()) for model in (Subscription, SubscriptionStep, Suppression)]


# --- looking changes nothing --------------------------------------------------------------------------
def test_looking_at_a_link_changes_nothing(row):
    """security.md D01: twenty user agents, reading ahead, HEAD and OPTIONS."""
    unconfirmed = SubscriptionFactory(newsletter=NewsletterFactory(), state=SubscriptionState.UNCONFIRMED)
    change = AddressChange.objects.create(subscriber=row.subscriber, email="nieuw@lezers.example")
    pages = [
        end_page(row),
        page("subscription_confirm", links.sign("confirm", [unconfirmed.key])),
        preferences_page(row),
        page("subscriptions_end", links.sign("preferences", [row.subscriber])),
        page("subscriber_erase", data_link(row)),
        page("address_confirm", links.sign("move", [row.subscriber, change.pk])),
    ]
    before = everything()
    readers = [(agent, {}) for agent in AGENTS] + [(AGENTS[0], ahead) for ahead in AHEAD]
    for address, (agent, ahead) in itertools.product(pages, readers):
        answer = Client(headers={"User-Agent": agent}).get(address, **ahead)
        assert (answer.status_code, answer.cookies.output()) == (200, "")
    for address in pages:
        assert Client().head(address).status_code == 200
        assert Client().options(address).status_code == 405
    assert everything() == before
    assert AddressChange.objects.count() == 1


# --- leaving -----------------------------------------------------------------------------------------
def test_one_click_ends_that_list_only(row):
    """RFC 8058, security.md D02: no cookie, no token, no redirect, and twice is as good as once."""
    other = SubscriptionFactory(email=READER, subscriber=row.subscriber)
    address = links.one_click_address(row).removeprefix("https://testserver")
    address = address[address.index("/nieuwsbrief") :]
    client = Client(enforce_csrf_checks=True)
    first, second = client.post(address, ONE_CLICK), client.post(address, ONE_CLICK)

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert not client.cookies
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, row.ended_reason) == (SubscriptionState.ENDED, EndReason.ONE_CLICK)
    assert (row.email, row.name, row.digest) == ("", "", digest_of(READER))
    assert other.state == SubscriptionState.ACTIVE
    assert row.steps.filter(kind=StepKind.ENDED).count() == 1
    assert Suppression.objects.count() == 0  # other mail goes on (D15)


def test_one_click_as_a_mail_program_sends_it(row):
    client = Client(enforce_csrf_checks=True)
    body = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    answer = client.post(end_page(row), body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 200
    row.refresh_from_db()
    assert row.is_over


@pytest.mark.parametrize(
    "body", [{}, {"List-Unsubscribe": "One-click"}, {**ONE_CLICK, "more": "1"}, {"List-Unsubscribe": ["One-Click"] * 2}]
)
def test_any_other_body_is_no_click(row, body):
    assert Client().post(end_page(row), body).status_code == 400
    row.refresh_from_db()
    assert row.state == SubscriptionState.ACTIVE


def test_the_button_of_the_page_ends_it(client, row):
    assert "Wilt u “Netwerknieuws” niet meer krijgen?" in client.get(end_page(row)).content.decode()
    assert "U bent afgemeld" in client.post(end_page(row), {"afmelden": "ja"}).content.decode()
    row.refresh_from_db()
    assert row.ended_reason == EndReason.LEFT


def test_everything_stops_at_once(client, row):
    SubscriptionFactory(email=READER, subscriber=row.subscriber)
    stranger = SubscriptionFactory(newsletter=row.newsletter)
    address = page("subscriptions_end", links.sign("preferences", [row.subscriber]))
    assert "U bent overal afgemeld" in client.post(address).content.decode()
    assert list(Subscription.objects.running()) == [stranger]


def test_a_subscription_that_ended_does_not_wake_up(newsletter, client, row):
    confirm = page("subscription_confirm", links.sign("confirm", [row.key]))
    client.post(end_page(row), ONE_CLICK)
    assert client.post(confirm).status_code == 410
    assert Subscription.objects.running().count() == 0


# --- links -------------------------------------------------------------------------------------------
OPENED = (
    "subscription_confirm",
    "subscription_end",
    "subscription_preferences",
    "subscriptions_end",
    "subscriber_data",
    "subscriber_erase",
    "address_confirm",
)


@pytest.mark.parametrize("name", OPENED)
def test_a_guess_and_a_link_for_something_else_get_the_same_answer(client, row, name):
    """security.md D04."""
    own = links.sign("end", [row.key])
    guesses = ["geraden", "geraden.link", own[:-1], own + "A", links.sign("something-else", [row.key]), "a" * 400]
    if name != "subscription_end":
        guesses.append(own)
    gone = [client.get(page(name, guess)) for guess in guesses]
    texts = {one.content.replace(guess.encode(), b"") for one, guess in zip(gone, guesses, strict=True)}
    assert {one.status_code for one in gone} == {410}
    assert len(texts) == 1  # but for the address of the page itself


def test_links_hold_no_address(row):
    change = AddressChange.objects.create(subscriber=row.subscriber, email="nieuw@lezers.example")
    made = [
        links.preferences_address(row), links.one_click_address(row), links.confirm_address([row]),
        links.data_address(row.subscriber, "nl"), links.move_address(change, "nl"),
    ]  # fmt: skip
    assert not any("lezers" in link or "@" in link for link in made)


def test_a_new_signing_key_leaves_old_links_working(client, row, settings):
    """security.md I10."""
    address = preferences_page(row)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "a-wholly-new-key-for-signing-links"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert client.get(address).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(address).status_code == 410


def test_the_link_to_the_data_works_for_an_hour(row):
    signed = data_link(row)
    with time_machine.travel(timezone.now() + timedelta(minutes=59), tick=False):
        assert links.subscriber_in(signed) == row.subscriber
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False), pytest.raises(BadSignature):
        links.subscriber_in(signed)


def test_an_english_reader_gets_english_pages(row):
    row.language = "en"
    assert "/en/nieuwsbrief/" in links.preferences_address(row)


# --- preferences -------------------------------------------------------------------------------------
def test_somebody_chooses_what_and_how_often(client, row):
    topic = TopicFactory(newsletters=[row.newsletter])
    RegionFactory(slug="zeeland")
    SectorFactory(slug="zorg")
    until = timezone.localdate() + timedelta(days=14)
    sent = choices(
        row, **{f"frequency-{row.pk}": "maand", f"topics-{row.pk}": [topic.slug], "regions": ["zeeland"],
                "sectors": ["zorg"], "paused_until": until.isoformat(), "tracks_me": "on", "reader_role": "ciso",
                "functions": ["informatiedeling"], "language": "en", "name": "Lies"}
    )  # fmt: skip
    answer = client.post(preferences_page(row), sent).content.decode()
    assert "Uw voorkeuren zijn opgeslagen" in answer
    row.refresh_from_db()
    assert (row.frequency, row.regions, row.sectors, row.functions) == (
        Frequency.MONTHLY, ["zeeland"], ["zorg"], ["informatiedeling"],
    )  # fmt: skip
    assert (row.state, row.paused_until, row.tracks_me) == (SubscriptionState.PAUSED, until, True)
    assert list(row.topics.all()) == [topic]
    kinds = set(row.steps.values_list("kind", flat=True))
    assert kinds == {StepKind.CHANGED, StepKind.PAUSED, StepKind.TRACKING_ON}

    client.post(preferences_page(row), choices(row))
    row.refresh_from_db()
    assert (row.state, row.paused_until, row.tracks_me) == (SubscriptionState.ACTIVE, None, False)


def test_nothing_changed_is_nothing_written(client, row):
    client.post(preferences_page(row), choices(row, name="Lies Lezer"))
    assert row.steps.count() == 0


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_strange_pause_keeps_what_was_typed(client, row, days):
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    answer = client.post(preferences_page(row), choices(row, paused_until=day, name="Getypte naam")).content.decode()
    assert "Kies een datum na vandaag" in answer
    assert day in answer
    assert "Getypte naam" in answer
    row.refresh_from_db()
    assert row.name == "Lies Lezer"


@pytest.mark.parametrize(
    "wrong", [{"language": "xx"}, {"regions": ["nergens"]}, {"paused_until": "31-31"}, {"name": "a\r\nBcc: x"}]
)
def test_bad_input_is_refused_by_the_field(client, row, wrong):
    before = everything()
    assert client.post(preferences_page(row), choices(row, **wrong)).status_code == 200
    assert everything() == before


def test_the_page_shows_only_a_masked_address(client, row):
    other = SubscriptionFactory(newsletter=row.newsletter, email="kanarie-ander@lezers.example", name="kanarie-naam")
    text = client.get(preferences_page(row)).content.decode()
    assert "l…@lezers.example" in text
    assert READER not in text
    assert "kanarie" not in text
    assert str(other.key) not in text


def test_the_page_says_what_one_agreed_to_and_when(client, row):
    text = ConsentTextFactory(newsletter=row.newsletter, version=7, text="kanarie-toestemming")
    SubscriptionStep.objects.create(subscription=row, kind=StepKind.CONFIRMED, consent_text=text)
    answer = client.get(preferences_page(row)).content.decode()
    assert "kanarie-toestemming" in answer
    assert "versie 7" in answer


# --- own data ----------------------------------------------------------------------------------------
def test_own_data_come_by_mail_only(client, row, mails_to):
    address = page("subscriber_data_link", links.sign("preferences", [row.subscriber]))
    answer = client.post(address).content.decode()
    assert READER not in answer
    client.post(address)  # within ten minutes
    [text] = mails_to(READER)
    assert READER in client.get(link_in(text)).content.decode()


def test_the_data_are_complete_and_of_nobody_else(client, row):
    SubscriptionFactory(newsletter=row.newsletter, email="kanarie-ander@lezers.example", name="kanarie-naam")
    row.topics.set([TopicFactory(name="Oefenen", newsletters=[row.newsletter])])
    row.steps.create(kind=StepKind.CONFIRMED, consent_text=row.consent_text)
    file = client.get(page("subscriber_data_file", data_link(row)))
    shown = client.get(page("subscriber_data", data_link(row))).content.decode()
    [data] = json.loads(file.content)["abonnementen"]
    assert (data["e-mailadres"], data["naam"], data["onderwerpen"]) == (READER, "Lies Lezer", ["Oefenen"])
    assert data["akkoord met tekst"] == row.consent_text.text
    assert data["wat er gebeurde"][0]["wat"] == "Bevestigd"
    assert READER in shown
    assert "kanarie" not in shown + file.content.decode()


def test_every_field_of_a_person_is_in_the_export(client, row):
    """security.md I01: a new column must be added, or named here with a reason."""
    not_personal = {"id", "key", "subscriber", "digest", "user", "newsletter", "created_at", "ended_reason"}
    exported = json.loads(client.get(page("subscriber_data_file", data_link(row))).content)["abonnementen"][0]
    personal = {field.name for field in Subscription._meta.get_fields() if field.concrete} - not_personal
    assert len(exported) == len(personal) + 3  # the newsletter, the steps, and the text beside its version
    assert {"naam", "e-mailadres", "taal", "rol"} <= set(exported)


def test_erasing_leaves_a_digest(client, row):
    row.topics.set([TopicFactory(newsletters=[row.newsletter])])
    row.steps.create(kind=StepKind.CHANGED, details="Naam")
    signed, preferences = data_link(row), preferences_page(row)
    assert "Uw gegevens zijn gewist" in client.post(page("subscriber_erase", signed)).content.decode()

    [left] = Subscription.objects.values()
    assert not any(READER in str(value) or "Lies" in str(value) for value in left.values())
    assert left["digest"] == digest_of(READER)
    assert left["subscriber"] != row.subscriber
    assert row.topics.count() == row.steps.filter(kind=StepKind.CHANGED).count() == 0
    blocked = Suppression.objects.get()
    assert (blocked.digest, blocked.stream, blocked.reason) == (digest_of(READER), Stream.NEWS, SuppressionReason.LEFT)
    assert client.get(preferences).status_code == client.get(page("subscriber_data", signed)).status_code == 410


def test_erasing_the_newsletters_of_an_account_blocks_nothing_else(client, newsletter):
    user = UserFactory()
    row = SubscriptionFactory(newsletter=newsletter, user=user, email=user.email)
    client.post(page("subscriber_erase", data_link(row)))
    assert Suppression.objects.count() == 0
    assert Subscription.objects.get().user is None


def test_a_new_address_must_say_yes(client, row, mails_to):
    client.post(page("subscriber_data", data_link(row)), {"email": "Nieuw@Lezers.example"})
    row.refresh_from_db()
    assert row.email == READER
    [text] = mails_to("nieuw@lezers.example")
    assert READER not in text

    assert "Uw adres is gewijzigd" in client.post(link_in(text)).content.decode()
    row.refresh_from_db()
    assert row.email == "nieuw@lezers.example"
    assert client.post(link_in(text)).status_code == 410


def test_a_new_address_that_has_the_list_already(client, row, mails_to):
    theirs = SubscriptionFactory(newsletter=row.newsletter, email="nieuw@lezers.example", frequency=Frequency.MONTHLY)
    answers = {
        client.post(page("subscriber_data", data_link(row)), {"email": email}).content
        for email in ("nieuw@lezers.example", "onbekend@lezers.example")
    }
    assert len({answer.count(b"Kijk in de mail") for answer in answers}) == 1
    client.post(link_in(mails_to("nieuw@lezers.example")[0]))
    row.refresh_from_db()
    theirs.refresh_from_db()
    assert (row.state, row.ended_reason) == (SubscriptionState.ENDED, EndReason.MOVED)
    assert (theirs.state, theirs.frequency) == (SubscriptionState.ACTIVE, Frequency.MONTHLY)
    assert theirs.subscriber == row.subscriber


# --- bounces -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (SuppressionReason.BOUNCED, SubscriptionState.BOUNCED),
        (SuppressionReason.COMPLAINED, SubscriptionState.ENDED),
    ],
)
def test_an_address_that_bounces_or_complains_gets_no_more(row, reason, state):
    other = SubscriptionFactory(newsletter=row.newsletter)
    mailing = queue_mailing(
        key="proef", kind="subscription", mails={"nl": b"Subject: x\r\n\r\nx"},
        recipients=[Recipient(key=f"subscription:{row.pk}", address=READER)],
    )  # fmt: skip
    stop_after_bounce(mailing.deliveries.get(), reason)
    row.refresh_from_db()
    assert (row.state, row.email, row.digest) == (state, "", digest_of(READER))
    assert list(Subscription.objects.running()) == [other]
