"""Mails about what is new in saved searches: when, about what, to whom, and never twice (R12, A04, A29)."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from comms.actions.labelling import ask_wider, decide
from comms.enums import PublicationStatus, Tlp
from comms.models import Notice, NoticeKind, NoticeState, Publication
from cwn.accounts.models import User
from cwn.portal.models import AlertFrequency, AlertMail, SavedSearch
from cwn.portal.models.saved_searches import MOST_TRIES, last_due
from cwn.portal.saved_searches.actions import mark_looked, remove_search
from cwn.portal.saved_searches.alerts import claim_mail, forget_old_mails, people_to_alert, queue_alert
from cwn.portal.saved_searches.content import MOST_THINGS
from cwn.portal.tasks import queue_alerts, send_alerts
from partners.enums import PartnerStatus
from tests.factories.comms import published
from tests.factories.partners import InitiativeFactory, MembershipFactory
from tests.portal.test_saved_searches import keep

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DIRECT, DAILY, WEEKLY, NONE = AlertFrequency


def at(month: int, day: int, hour: int = 12, minute: int = 0, *, year: int = 2026, fold: int = 0) -> datetime:
    """Return a moment on a Dutch clock."""
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM, fold=fold)


@pytest.fixture
def clock():
    """A clock that stands still at noon on a Sunday until a test moves it."""
    with time_machine.travel(at(11, 22), tick=False) as clock:
        yield clock


@pytest.fixture
def reader(clock) -> User:
    """A member of a partner."""
    return MembershipFactory(user__name="Petra", user__email="petra@haven.example", organisation__name="Havenring").user


def publish(title: str = "Ransomware in de haven", **fields) -> Publication:
    """Publish something that the search of the tests finds."""
    return published(title=title, **fields)


def beat() -> int:
    """Do what the clock does every minute, and return how many mails left."""
    queue_alerts()
    return send_alerts()


# --- when --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("frequency", "now", "due"),
    [
        (DAILY, at(11, 23, 7, 0), at(11, 23, 7)),
        (DAILY, at(11, 23, 6, 59), at(11, 22, 7)),
        (DAILY, at(10, 25, 6, 59), at(10, 24, 7)),  # the night in which the clock went back
        (DAILY, at(10, 25, 7, 0), at(10, 25, 7)),
        (DAILY, at(3, 28, 7, 0, year=2027), at(3, 28, 7, year=2027)),  # and forward
        (DAILY, at(1, 1, 3, year=2027), at(12, 31, 7)),
        (WEEKLY, at(11, 23, 7, 0), at(11, 23, 7)),
        (WEEKLY, at(11, 23, 6, 59), at(11, 16, 7)),
        (WEEKLY, at(11, 29, 23), at(11, 23, 7)),
        (WEEKLY, at(10, 26, 6, 59), at(10, 19, 7)),
        (DIRECT, at(11, 22, 12, 4), at(11, 22, 12, 0)),
        (DIRECT, at(10, 25, 2, 31, fold=1), at(10, 25, 2, 30, fold=1)),
    ],
)
def test_mails_are_due_by_the_clock_of_the_netherlands(frequency, now, due):
    assert last_due(frequency, now).timestamp() == due.timestamp()


@pytest.mark.parametrize(
    ("frequency", "arrives"),
    [(DIRECT, at(11, 22, 12, 5)), (DAILY, at(11, 23, 7)), (WEEKLY, at(11, 23, 7)), (NONE, None)],
)
def test_a_mail_comes_when_it_was_asked_for_and_not_before(reader, mailoutbox, clock, frequency, arrives):
    keep(reader, frequency=frequency)
    publish()
    moment = at(11, 22, 12, 1)
    while moment < at(11, 23, 8):
        clock.move_to(moment)
        beat()
        if mailoutbox:
            break
        moment += timedelta(minutes=1) if moment.minute % 5 else timedelta(minutes=5)
    assert (moment if mailoutbox else None) == arrives


def test_weekly_waits_for_monday(reader, mailoutbox, clock):
    clock.move_to(at(11, 23, 8))
    keep(reader, frequency=WEEKLY)
    publish()
    for day in range(24, 30):
        clock.move_to(at(11, day, 23, 59))
        assert beat() == 0
    clock.move_to(at(11, 30, 7))
    assert beat() == 1


def test_after_a_stop_the_mail_of_today_still_comes_once(reader, mailoutbox, clock):
    keep(reader)
    publish()
    clock.move_to(at(11, 25, 16, 20))
    assert [beat(), beat()] == [1, 0]
    publish("Nog meer ransomware")
    clock.move_to(at(11, 25, 23, 59))
    assert beat() == 0
    clock.move_to(at(11, 26, 7))
    assert beat() == 1


def test_nothing_new_means_no_mail(reader, mailoutbox, clock):
    publish()
    keep(reader)
    publish("Iets heel anders", body="Zonder dat woord.")
    clock.move_to(at(11, 23, 7))
    assert beat() == 0
    assert not AlertMail.objects.exists()


@pytest.mark.parametrize("stopped", [{"is_paused": True}, {"frequency": NONE}])
def test_who_stops_it_gets_no_mail_also_when_one_was_queued(reader, mailoutbox, clock, stopped):
    keep(reader)
    publish()
    clock.move_to(at(11, 23, 7))
    queue_alerts()
    SavedSearch.objects.update(**stopped)
    assert send_alerts() == 0
    clock.move_to(at(11, 24, 7))
    assert beat() == 0
    SavedSearch.objects.update(is_paused=False, frequency=DAILY)
    clock.move_to(at(11, 25, 7))
    assert beat() == 1, "what came during the pause is told after it"


# --- what is new -------------------------------------------------------------------------------------
def test_one_mail_tells_what_is_new_in_all_searches(reader, mailoutbox, clock, settings):
    settings.SITE_URL = "https://cwn.example"
    keep(reader, "/?q=ransomware", name="Losgeld")
    keep(reader, "/initiatieven/", name="Samenwerkingen")
    keep(reader, "/?q=phishing", name="Phishing")
    publication = publish()
    initiative = InitiativeFactory(name="Ransomwareoverleg", slug="overleg")
    clock.move_to(at(11, 23, 7))
    beat()
    (mail,) = mailoutbox
    assert mail.to == ["petra@haven.example"]
    assert "2 nieuwe resultaten bij uw zoekvragen" in mail.subject
    assert "Beste Petra," in mail.body
    assert mail.body.index("“Losgeld”") < mail.body.index(publication.title)
    assert f"https://cwn.example/informatie/{publication.slug}/" in mail.body
    assert mail.body.count("Ransomwareoverleg (initiatief)") == 1, "it stands under the first search that finds it"
    assert f"https://cwn.example/initiatieven/{initiative.slug}/" in mail.body
    assert "Phishing" not in mail.body
    assert "https://cwn.example/mijn/zoekvragen/" in mail.body
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_nobody_hears_of_a_thing_twice(reader, mailoutbox, clock):
    keep(reader, frequency=DIRECT)
    keep(reader, "/informatie/", name="Alles", frequency=DAILY)
    publication = publish()
    clock.move_to(at(11, 22, 12, 5))
    assert beat() == 1
    Publication.objects.filter(pk=publication.pk).update(
        version=2, corrected_at=timezone.now(), correction_note="Een cijfer klopte niet.", summary="Over ransomware."
    )
    for status in (PartnerStatus.PROSPECT, PartnerStatus.PARTNER):
        publication.owner.status = status
        publication.owner.save()
    for moment in (at(11, 22, 12, 10), at(11, 23, 7), at(11, 24, 7)):
        clock.move_to(moment)
        assert beat() == 0
    assert len(mailoutbox) == 1


def test_what_somebody_saw_meanwhile_is_not_mailed(reader, mailoutbox, clock):
    search = keep(reader)
    publish()
    clock.move_to(at(11, 23, 7))
    queue_alerts()
    mark_looked(search, by=reader)
    assert send_alerts() == 0
    assert not AlertMail.objects.exists()


@pytest.mark.parametrize("label", [Tlp.AMBER, Tlp.AMBER_STRICT])
def test_what_is_addressed_later_is_new_then(reader, mailoutbox, clock, label):
    keep(reader)
    publication = publish(tlp=label)
    clock.move_to(at(11, 23, 7))
    assert beat() == 0
    publication.addressed_organisations.add(reader.memberships.get().organisation)
    clock.move_to(at(11, 24, 7))
    assert beat() == 1
    assert publication.title in mailoutbox[0].body


def test_what_gets_a_wider_label_is_new_then(clock, cast, mailoutbox):
    keep(cast["mem-x"])
    publication = publish(tlp=Tlp.AMBER, owner=cast.organisations["havenring"])
    clock.move_to(at(11, 23, 7))
    assert beat() == 0
    decide(ask_wider(publication, tlp=Tlp.GREEN, reason="Bekend.", by=cast["rep"]), by=cast["coord"])
    clock.move_to(at(11, 24, 7))
    assert beat() == 1
    assert mailoutbox[0].subject.startswith("[TLP:GREEN]")


def test_what_leaves_its_embargo_is_new_then(clock, cast, mailoutbox):
    """R110: partners read first, and hear of it first (A24)."""
    keep(cast["mem"], frequency=DIRECT)
    keep(cast["adm"], frequency=DIRECT)
    publish(public_from=at(11, 24, 9))
    clock.move_to(at(11, 24, 8, 59))
    assert beat() == 1
    assert mailoutbox[0].to == [cast["mem"].email]
    clock.move_to(at(11, 24, 9))
    Publication.objects.update(public_from=None)  # PostgreSQL has its own clock: there the moment is still to come
    assert beat() == 1
    assert mailoutbox[1].to == [cast["adm"].email]


@pytest.mark.parametrize(("state", "mails"), [(NoticeState.QUEUED, 0), (NoticeState.SENT, 0), (NoticeState.SKIPPED, 1)])
def test_what_had_a_mail_of_its_own_is_left_out(reader, mailoutbox, clock, state, mails):
    """Those who are addressed get a notice at once; a second mail about the same would be noise."""
    keep(reader)
    Notice.objects.create(
        publication=publish(), kind=NoticeKind.PUBLISHED, version=1, user=reader, state=state, next_at=at(12, 31)
    )
    clock.move_to(at(11, 23, 7))
    assert beat() == mails


def test_a_mail_names_twenty_and_leads_to_the_rest(reader, mailoutbox, clock):
    keep(reader)
    for number in range(MOST_THINGS + 3):
        publish(f"Ransomware nummer {number}", slug=f"nummer-{number}")
    clock.move_to(at(11, 23, 7))
    beat()
    body = mailoutbox[0].body
    assert body.count("/informatie/nummer-") == MOST_THINGS
    assert "En nog 3 andere resultaten:" in body
    assert "/?q=ransomware" in body
    assert f"{MOST_THINGS + 3} nieuwe resultaten" in mailoutbox[0].subject
    clock.move_to(at(11, 24, 7))
    assert beat() == 0, "those that it did not name count as told"


# --- for whom ----------------------------------------------------------------------------------------
def test_everybody_hears_only_what_is_theirs(reader, mailoutbox, clock):
    omar = MembershipFactory(user__email="omar@eiland.example", organisation__name="Eilandring").user
    for user in (reader, omar):
        keep(user)
    publish("Ransomware voor havens", tlp=Tlp.AMBER, addressed_organisations=[reader.memberships.get().organisation])
    publish("Ransomware voor Rik", tlp=Tlp.RED, named_readers=[reader, omar])
    publish("Ransomware voor allen", tlp=Tlp.GREEN)
    clock.move_to(at(11, 23, 7))
    beat()
    bodies = {mail.to[0]: mail.subject + mail.body for mail in mailoutbox}
    assert "voor havens" in bodies["petra@haven.example"]
    assert "voor havens" not in bodies["omar@eiland.example"]
    assert "AMBER" not in bodies["omar@eiland.example"]
    assert all("voor allen" in body and "Rik" not in body for body in bodies.values())


def leaves(user: User) -> None:
    user.memberships.update(ended_at=timezone.now())


def is_suspended(user: User) -> None:
    user.memberships.update(suspended_at=timezone.now())


def partner_is_suspended(user: User) -> None:
    user.memberships.get().organisation.__class__.objects.update(status=PartnerStatus.SUSPENDED)


def account_is_closed(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def comes_back(user: User) -> None:
    user.memberships.update(ended_at=None, suspended_at=None)
    user.memberships.get().organisation.__class__.objects.update(status=PartnerStatus.PARTNER)
    User.objects.filter(pk=user.pk).update(is_active=True)


@pytest.mark.parametrize("goes", [leaves, is_suspended, partner_is_suspended, account_is_closed])
@pytest.mark.parametrize("queued_before", [True, False])
def test_who_lost_access_gets_nothing_and_loses_no_search(reader, mailoutbox, clock, goes, queued_before):
    """A04: also what waited already is not sent, and nothing public either."""
    keep(reader)
    publication = publish()
    clock.move_to(at(11, 23, 7))
    if queued_before:
        queue_alerts()
    goes(reader)
    assert beat() == 0
    clock.move_to(at(11, 30, 7))
    assert beat() == 0
    comes_back(reader)
    clock.move_to(at(12, 1, 7))
    assert beat() == 1
    assert publication.title in mailoutbox[0].body


@pytest.mark.parametrize(
    "change",
    [
        {"status": PublicationStatus.WITHDRAWN, "withdrawal_reason": "Het klopte niet."},
        {"tlp": Tlp.RED},
    ],
)
def test_rights_are_those_of_the_moment_of_sending(reader, mailoutbox, clock, change):
    keep(reader)
    publication = publish(
        tlp=Tlp.AMBER, addressed_organisations=[reader.memberships.get().organisation], title="Geheime ransomware"
    )
    clock.move_to(at(11, 23, 7))
    queue_alerts()
    assert AlertMail.objects.count() == 1
    assert "Geheime" not in str(list(AlertMail.objects.values())), "a queue holds keys, no titles"
    Publication.objects.filter(pk=publication.pk).update(**change)
    assert send_alerts() == 0
    assert not mailoutbox


# --- labels ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("label", "tells_more"),
    [(Tlp.CLEAR, True), (Tlp.GREEN, True), (Tlp.AMBER, False), (Tlp.AMBER_STRICT, False)],
)
def test_a_mail_says_as_much_as_its_label_allows(reader, mailoutbox, clock, label, tells_more):
    keep(reader)
    publish(tlp=label, summary="Zo kwamen zij binnen.", addressed_organisations=[reader.memberships.get().organisation])
    clock.move_to(at(11, 23, 7))
    beat()
    (mail,) = mailoutbox
    assert mail.subject.startswith(f"[{label.label}] ")
    assert mail.body.startswith(f"{label.label}: ")
    assert f"- {label.label} Ransomware in de haven (publicatie)" in mail.body
    for text in (mail.body, mail.alternatives[0].content):
        assert ("Zo kwamen zij binnen." in text) is tells_more


def test_the_subject_shows_the_strictest_label_in_the_mail(reader, mailoutbox, clock):
    keep(reader, "/", name="Alles")
    own = [reader.memberships.get().organisation]
    for label in (Tlp.CLEAR, Tlp.AMBER_STRICT, Tlp.AMBER, Tlp.GREEN):
        publish(f"Ransomware {label.value}", tlp=label, addressed_organisations=own)
    clock.move_to(at(11, 23, 7))
    beat()
    assert mailoutbox[0].subject.startswith("[TLP:AMBER+STRICT] ")


def test_what_carries_no_label_gets_none(reader, mailoutbox, clock):
    keep(reader, "/initiatieven/")
    InitiativeFactory()
    clock.move_to(at(11, 23, 7))
    beat()
    assert mailoutbox[0].subject == "1 nieuw resultaat bij uw zoekvragen"
    assert mailoutbox[0].body.startswith("Beste Petra,")


def test_a_title_of_a_stranger_forges_nothing(reader, mailoutbox, clock):
    keep(reader, "/?q=ransomware", name="Zoek <b>")
    publish("Ransomware <script>alert(1)</script>\nBcc: iedereen@example.nl", summary="https://evil.example/ klik")
    clock.move_to(at(11, 23, 7))
    beat()
    html = mailoutbox[0].alternatives[0].content
    assert "<script>" not in html
    assert "<b>" not in html
    assert 'href="https://evil' not in html
    assert "\nBcc" not in mailoutbox[0].body


def test_the_mail_is_in_the_language_of_its_reader(reader, mailoutbox, clock):
    User.objects.filter(pk=reader.pk).update(language="en")
    keep(reader, "/?q=ransomware", name="Losgeld")
    publication = publish()
    clock.move_to(at(11, 23, 7))
    beat()
    assert mailoutbox[0].extra_headers["Content-Language"] == "en"
    assert f"/informatie/{publication.slug}/" in mailoutbox[0].body
    assert "/en/informatie" not in mailoutbox[0].body, "the search was kept on Dutch pages"


# --- nothing is lost, nothing is doubled ---------------------------------------------------------------
@pytest.fixture
def waiting(reader, clock) -> AlertMail:
    """A mail that is queued and may be sent."""
    keep(reader, frequency=DIRECT)
    publish()
    clock.move_to(at(11, 23, 7))
    queue_alerts()
    return AlertMail.objects.get()


def test_a_worker_that_dies_leaves_the_mail_for_the_next(waiting, mailoutbox, clock):
    assert claim_mail(now=timezone.now()) == waiting
    assert claim_mail(now=timezone.now()) is None, "somebody is busy with it"
    clock.shift(timedelta(minutes=5))
    assert beat() == 1
    assert len(mailoutbox) == 1


def test_every_try_is_the_same_message(waiting, smtp_server, clock):
    async def hang_up(server, session, envelope):
        envelope.content and taken.append(envelope.content)
        return "421 closing"

    taken: list[bytes] = []
    smtp_server.handle_DATA = hang_up
    assert beat() == 0
    del smtp_server.handle_DATA
    clock.shift(timedelta(minutes=5))
    publish("Ransomware die er tussendoor komt")
    assert beat() == 1
    (arrived,) = smtp_server.messages
    assert arrived["Message-ID"].encode() in taken[0]
    assert "tussendoor" not in body_of(arrived), "what is new since goes along with the next mail"
    clock.shift(timedelta(minutes=5))
    assert beat() == 1
    assert "tussendoor" in body_of(smtp_server.messages[1])


def body_of(message: EmailMessage) -> str:
    return message.get_payload(0).get_payload(decode=True).decode()


def test_an_address_that_refuses_is_left_alone_for_a_day(waiting, smtp_server, clock):
    async def refuse(server, session, envelope, address, options):
        tries.append(address)
        return "550 no such person"

    tries: list[str] = []
    smtp_server.handle_RCPT = refuse
    for _minute in range(30):
        beat()
        clock.shift(timedelta(minutes=1))
    assert tries == ["petra@haven.example"]
    del smtp_server.handle_RCPT
    clock.shift(timedelta(days=1))
    assert beat() == 1, "nothing is lost"


def test_a_server_that_says_later_gets_it_later_and_not_for_ever(waiting, smtp_server, clock):
    async def later(server, session, envelope, address, options):
        return "451 greylisted"

    smtp_server.handle_RCPT = later
    for _hour in range(24):
        beat()
        clock.shift(timedelta(hours=1))
    waiting.refresh_from_db()
    assert waiting.tries == MOST_TRIES
    assert waiting.given_up_at is not None


def test_a_mail_server_that_is_away_costs_nothing(waiting, smtp_server, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert beat() == 0
    settings.EMAIL_PORT = port
    waiting.refresh_from_db()
    assert waiting.tries == 0
    assert beat() == 1


def test_one_person_s_broken_search_stops_nobody(reader, mailoutbox, clock):
    broken = MembershipFactory(user__email="anna@a.example").user
    keep(broken)
    keep(reader)
    publish()
    SavedSearch.objects.filter(user=broken).update(seen={"publication": "geen bitmap"})
    clock.move_to(at(11, 23, 7))
    assert beat() == 1
    assert mailoutbox[0].to == ["petra@haven.example"]


def test_the_database_holds_one_mail_of_a_person_per_period(waiting):
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertMail.objects.create(user=waiting.user, period=waiting.period)


def test_a_second_worker_takes_no_mail_that_another_is_taking(transactional_db, clock):
    user = MembershipFactory().user
    AlertMail.objects.create(user=user, period=timezone.now())
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN; SELECT FROM portal_alertmail FOR UPDATE")
        assert claim_mail(now=timezone.now()) is None
    finally:
        other.close()
    assert claim_mail(now=timezone.now()) is not None


def test_a_second_queueing_finds_nothing_due(reader, clock):
    keep(reader)
    publish()
    now = at(11, 23, 7)
    clock.move_to(now)
    assert list(people_to_alert(now)) == [reader.pk]
    assert queue_alert(user_id=reader.pk, now=now) is not None
    assert list(people_to_alert(now)) == []
    assert queue_alert(user_id=reader.pk, now=now) is None


def test_a_search_that_was_removed_says_nothing(waiting, reader, mailoutbox):
    remove_search(SavedSearch.objects.get(), by=reader)
    assert send_alerts() == 0


def test_operators_do_a_pass_by_hand(waiting, mailoutbox):
    said = StringIO()
    call_command("send_pending", stdout=said)
    assert "mails over nieuwe zoekresultaten: 1" in said.getvalue()


def test_old_mails_are_forgotten(waiting, clock):
    beat()
    clock.shift(timedelta(days=30))
    assert forget_old_mails(now=timezone.now()) == 0
    clock.shift(timedelta(minutes=1))
    assert forget_old_mails(now=timezone.now()) == 1
