"""What a coordinator does on the page of outgoing mail, and what holds all mail."""

import gzip
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import F
from django.urls import reverse

from cwn.core.guard import reading_as
from cwn.core.models import AuditEntry
from cwn.delivery.actions.controlling import cancel, retry_parked, settle_unknown
from cwn.delivery.actions.holding import hold_mail, is_held, release_mail
from cwn.delivery.actions.pumping import pump_outbox
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.compiling import compile_mail
from cwn.delivery.enums import DeliveryState, MailingState
from cwn.delivery.mail_log import PostfixLog
from cwn.delivery.models import Delivery, Mailing, Outbox
from cwn.delivery.progress import progress_of, progress_of_all
from cwn.delivery.tasks import run_reminders
from cwn.delivery.watching import mail_moves, worker_is_deaf

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_mailing(make_kind):
    """Queue mailings to a few people."""
    make_kind()

    def make(number=3, key="proef:1"):
        content = compile_mail(subject="Proef", text="Tekst", language="nl")
        people = [Recipient(f"user:{n}", f"persoon{n}@example.nl") for n in range(number)]
        return queue_mailing(key=key, kind="proef", mails={"nl": content}, recipients=people)

    return make


def put(mailing, state, number=1):
    """Bring the first deliveries of a mailing in a state."""
    keys = list(Delivery.objects.filter(mailing=mailing, state="wacht").values_list("pk", flat=True)[:number])
    Delivery.objects.filter(pk__in=keys).update(state=state, reason="daarom")
    return Delivery.objects.get(pk=keys[0])


# --- counting -----------------------------------------------------------------------------------------
def test_the_numbers_add_up(make_mailing):
    mailing = make_mailing(10)
    for state, number in (("verstuurd", 4), ("overgeslagen", 2), ("onbekend", 1), ("geparkeerd", 1)):
        put(mailing, state, number)
    found = progress_of(mailing)
    assert (found.total, found.sent, found.skipped, found.unknown, found.parked, found.left) == (10, 4, 2, 1, 1, 2)
    assert found.percentage == 80
    assert found.reasons == {"daarom": 8}
    assert found.seconds_left is None


def test_many_mailings_are_counted_in_one_query(make_mailing, django_assert_num_queries):
    mailings = [make_mailing(2, key=f"proef:{number}") for number in range(3)]
    with django_assert_num_queries(3):  # a savepoint around the one question
        counts = progress_of_all(mailings)
    assert [counts[mailing.pk].total for mailing in mailings] == [2, 2, 2]


def test_a_reader_sees_no_row_of_the_outbox(make_mailing, cast):
    """docs/adr/0011: not even a coordinator, by whatever query."""
    mailing = make_mailing()
    with reading_as(cast["coord"]):
        assert not Delivery.objects.exists()
        assert not mailing.mails.exists()
        assert progress_of(mailing).total == 3


# --- deciding -----------------------------------------------------------------------------------------
def test_a_mail_in_doubt_is_settled_once(make_mailing, cast):
    doubted = put(make_mailing(), "onbekend")
    assert settle_unknown(doubted, was_sent=True, by=cast["coord"]).state == DeliveryState.SENT
    with pytest.raises(ValidationError):
        settle_unknown(doubted, was_sent=False, by=cast["coord"])
    assert AuditEntry.objects.filter(verb="mailing-settle", actor_id=cast["coord"].pk).count() == 1


def test_a_mail_in_doubt_of_a_cancelled_mailing_does_not_leave(make_mailing, cast):
    mailing = make_mailing()
    doubted = put(mailing, "onbekend")
    doubted.mailing = cancel(mailing, by=cast["coord"])
    assert settle_unknown(doubted, was_sent=False, by=cast["coord"]).state == DeliveryState.SKIPPED


def test_what_did_not_work_is_tried_again(make_mailing, make_sink, cast):
    mailing = make_mailing()
    put(mailing, "geparkeerd", 2)
    sink = make_sink()
    pump_outbox()
    mailing.refresh_from_db()
    assert (len(sink.taken), mailing.state) == (1, MailingState.DONE)
    assert retry_parked(mailing, by=cast["coord"]) == 2
    pump_outbox()
    assert len(sink.taken) == 3


def test_the_page_shows_numbers_and_masked_addresses(make_mailing, cast):
    mailing = make_mailing()
    doubted = put(mailing, "onbekend")
    client = cast.client("coord")
    assert b"1 niet zeker" in client.get(reverse("mailing_list")).content
    page = client.get(reverse("mailing_detail", args=[mailing.pk])).content.decode()
    assert "p…@example.nl" in page
    assert "persoon" not in page
    settle = reverse("delivery_settle", args=[mailing.pk, doubted.pk])
    assert client.post(settle, {"verstuurd": "nee"}).status_code == 302
    doubted.refresh_from_db()
    assert doubted.state == DeliveryState.QUEUED


@pytest.mark.parametrize(
    ("step", "state"),
    [("pauzeren", MailingState.PAUSED), ("annuleren", MailingState.CANCELLED), ("hervatten", MailingState.WAITING)],
)
def test_the_buttons_do_what_they_say(make_mailing, cast, step, state):
    mailing = make_mailing()
    cast.client("coord").post(reverse("mailing_step", args=[mailing.pk]), {"doe": step})
    mailing.refresh_from_db()
    assert mailing.state == state


@pytest.mark.parametrize("principal", ["mem", "rep", "wg", "nctv", "adm"])
def test_nobody_else_presses_a_button(make_mailing, cast, principal):
    mailing = make_mailing()
    doubted = put(mailing, "onbekend")
    client = cast.client(principal)
    assert client.post(reverse("mailing_step", args=[mailing.pk]), {"doe": "annuleren"}).status_code in (302, 404)
    assert client.post(reverse("mail_hold"), {"doe": "vasthouden"}).status_code in (302, 404)
    settle = reverse("delivery_settle", args=[mailing.pk, doubted.pk])
    assert client.post(settle, {"verstuurd": "ja"}).status_code in (302, 404)
    mailing.refresh_from_db()
    doubted.refresh_from_db()
    assert (mailing.state, doubted.state) == (MailingState.WAITING, DeliveryState.UNKNOWN)
    assert not Outbox.objects.exclude(held_since=None).exists()


def test_a_mail_of_another_mailing_is_not_found(make_mailing, cast):
    """security.md A16."""
    doubted = put(make_mailing(), "onbekend")
    other = make_mailing(key="proef:2")
    answer = cast.client("coord").post(reverse("delivery_settle", args=[other.pk, doubted.pk]), {"verstuurd": "ja"})
    assert answer.status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_many_as_for_one(make_mailing, cast, number, django_assert_max_num_queries):
    for count in range(number):
        make_mailing(2, key=f"proef:{count}")
    client = cast.client("coord")
    client.get(reverse("mailing_list"))
    with django_assert_max_num_queries(20) as asked:
        client.get(reverse("mailing_list"))
    assert len([one for one in asked.captured_queries if "delivery_" in one["sql"]]) == 4


# --- holding ------------------------------------------------------------------------------------------
def test_held_mail_does_not_leave_until_somebody_decides(make_mailing, make_sink):
    """security.md chapter 5, step 8."""
    sink = make_sink()
    mailing = make_mailing()
    call_command("hold_mail")
    assert (pump_outbox(), run_reminders(), sink.taken) == (0, 0, [])
    release_mail()
    mailing.refresh_from_db()
    assert (pump_outbox(), mailing.state) == (0, MailingState.PAUSED)
    new = make_mailing(key="proef:2")
    assert pump_outbox() == progress_of(new).total == 3


def test_a_database_that_was_put_back_holds_its_mail(make_mailing, make_sink):
    sink = make_sink()
    mailing = make_mailing()
    assert pump_outbox(most=1) == 1
    Outbox.objects.update(home="7710884414572563265/5/00000001")  # as a dump from elsewhere says
    assert pump_outbox() == 0
    assert is_held()
    mailing.refresh_from_db()
    assert mailing.state == MailingState.PAUSED
    assert "reservekopie" in mailing.reason
    release_mail()
    assert not is_held()
    assert len(sink.taken) == 1


def test_mailings_that_ended_are_left_alone(make_mailing):
    ended = make_mailing()
    Mailing.objects.update(state=MailingState.DONE)
    hold_mail(reason="proef")
    ended.refresh_from_db()
    assert ended.state == MailingState.DONE


# --- watching -----------------------------------------------------------------------------------------
def test_mail_that_stands_still_is_noticed(make_mailing, client):
    """security.md G03, G21."""
    mailing = make_mailing()
    assert mail_moves()
    assert client.get("/gezond/verzending").status_code == 200
    age(minutes=3)
    assert not mail_moves()
    assert worker_is_deaf()
    assert client.get("/gezond/verzending").status_code == 503
    Outbox.objects.create(pumped_at=Delivery.objects.first().created_at)
    assert not worker_is_deaf()  # somebody looks; the mail server is the trouble
    put(mailing, "verstuurd")
    Delivery.objects.filter(state="verstuurd").update(sent_at=mailing.created_at)
    assert mail_moves()  # slow, but it moves


def age(*, minutes):
    """Let mails be due for so many minutes."""
    Delivery.objects.update(next_at=F("next_at") - timedelta(minutes=minutes))
    Mailing.objects.update(sends_at=F("sends_at") - timedelta(minutes=minutes))


# --- the log of the mail server -----------------------------------------------------------------------
LINES = {
    "syslog": "Nov 22 08:00:{second} relay postfix/{daemon}[7]: {text}\n",
    "rfc5424": "<22>1 2026-11-22T08:00:{second}.120000+01:00 relay postfix/{daemon} 7 - - {text}\n",
    "journal": "__REALTIME_TIMESTAMP=17953344{second}000000\nSYSLOG_IDENTIFIER=postfix/{daemon}\nMESSAGE={text}\n\n",
}


@pytest.mark.parametrize("form", LINES)
def test_the_log_of_postfix_tells_what_came_into_the_queue(tmp_path, form):
    def lines(second, *texts):
        return "".join(LINES[form].format(second=second, daemon=daemon, text=text) for daemon, text in texts)

    taken = "AAAA11: message-id=<een@cwn>", "AAAA11: from=<x@cwn>, size=1, nrcpt=1 (queue active)"
    broken_off = "BBBB22: message-id=<twee@cwn>"
    with gzip.open(tmp_path / "mail.log.2.gz", "wt") as old:
        old.write(lines("01", ("cleanup", taken[0]), ("qmgr", taken[1])))
    (tmp_path / "mail.log").write_text(lines("30", ("cleanup", broken_off)))
    for file in tmp_path.iterdir():
        os.utime(file, (1795334460, 1795334460))
    log = PostfixLog(tmp_path / "mail.log")
    since = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    asked = ["<een@cwn>", "<twee@cwn>", "<drie@cwn>"]
    assert log.accepted(asked, since=since.replace(hour=8)) == {"<een@cwn>"}
    assert log.accepted(asked, since=datetime(2026, 11, 1, tzinfo=UTC)) is None  # it does not reach back that far
    assert PostfixLog(tmp_path / "weg.log").accepted(asked, since=since) is None
