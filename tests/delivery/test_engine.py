"""The outbox from row to mail server: each mail once, whoever dies in between (security.md chapter 5, G01–G10)."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from cwn.accounts.models import User
from cwn.delivery.actions import pumping
from cwn.delivery.actions.bouncing import suppress
from cwn.delivery.actions.claiming import claim
from cwn.delivery.actions.controlling import cancel, pause, resume
from cwn.delivery.actions.marking import Mark, write_marks
from cwn.delivery.actions.pumping import pump_outbox
from cwn.delivery.actions.queueing import Recipient, queue_mail, queue_mailing
from cwn.delivery.actions.reconciling import MOST_DEATHS, reconcile
from cwn.delivery.addresses import delivery_of
from cwn.delivery.compiling import compile_mail, hole, message_id_of
from cwn.delivery.enums import AfterDoubt, DeliveryState, MailingState, Stream, SuppressionReason
from cwn.delivery.models import Bounce, Delivery, Mailing
from cwn.delivery.progress import progress_of
from cwn.delivery.senders import Senders
from tests.delivery.sink import DROP

pytestmark = pytest.mark.django_db
#: Where several workers or people do something at once, each needs to see what the others committed.
together = pytest.mark.django_db(transaction=True)


def mail(number, key="proef:1", kind="proef", **options):
    """Queue a mailing to so many people."""
    content = compile_mail(subject="Proef", text=f"Beste {hole('name')},", html=f"<p>{hole('name')}</p>", language="nl")
    people = [Recipient(f"user:{n}", f"p{n}@example.nl", values={"name": f"Jan {n}"}) for n in range(number)]
    return queue_mailing(key=key, kind=kind, mails={"nl": content}, recipients=people, **options)


def states(mailing):
    """Return how many deliveries are in which state."""
    found = {}
    for state in Delivery.objects.filter(mailing=mailing).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def due_again():
    """Let the waiting time of everything in the queue be over."""
    Delivery.objects.filter(state=DeliveryState.QUEUED).update(next_at=Now())


def leases_end():
    """Let the worker that claimed something be gone for long."""
    Delivery.objects.filter(state=DeliveryState.CLAIMED).update(lease_until=Now() - timedelta(seconds=1))


class Log:
    """A log that knows what the sink took."""

    def __init__(self, *sinks):
        self.sinks = sinks

    def accepted(self, message_ids, *, since):
        return {taken for sink in self.sinks for taken, _to in sink.taken} & set(message_ids)


# --- the way of all mails ------------------------------------------------------------------------------
def test_every_recipient_gets_one_mail(make_kind, make_sink):
    make_kind()
    sink = make_sink()
    mailing = mail(500)
    assert pump_outbox() == 500
    assert sorted(to for _id, to in sink.taken) == sorted(f"p{n}@example.nl" for n in range(500))
    assert pump_outbox() == 0
    mailing.refresh_from_db()
    assert (mailing.state, progress_of(mailing).sent) == (MailingState.DONE, 500)
    assert mailing.started_at <= mailing.finished_at


def test_the_mail_says_who_it_is_for_and_where_it_bounces_to(make_kind, make_sink, settings):
    settings.BOUNCE_ADDRESS = "retour@cwn.example"
    make_kind()
    sink = make_sink()
    mailing = mail(1)
    pump_outbox()
    (delivery,) = Delivery.objects.filter(mailing=mailing)
    assert b"Beste=20=\r\nJan 0=\r\n," in sink.mails[0]
    assert message_id_of(delivery.token).encode() in sink.mails[0]
    assert delivery_of(sink.senders[0]) == delivery


@together
def test_asking_twice_queues_once(make_kind, make_sink):
    """security.md D11: two clicks at the same moment as well."""
    make_kind()
    sink = make_sink()

    def ask():
        mail(20)
        connection.close()

    clicks = [threading.Thread(target=ask) for _click in range(3)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    pump_outbox()
    assert Mailing.objects.count() == 1
    assert len(sink.taken) == 20


@together
def test_two_workers_send_nothing_twice(make_kind, make_sink):
    """security.md G09."""
    make_kind()
    sink = make_sink()
    mail(600)

    def work():
        pump_outbox()
        connection.close()

    workers = [threading.Thread(target=work) for _number in range(3)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    assert len(sink.taken) == len(set(sink.taken)) == 600


def test_warnings_leave_before_newsletters(make_kind, make_sink):
    make_kind()
    make_kind("waarschuwing", stream=Stream.WARNING)
    sink = make_sink()
    mail(30)
    mail(1, key="alarm:1", kind="waarschuwing")
    pump_outbox(most=1)
    assert len(sink.taken) == 1
    assert Mailing.objects.get(key="alarm:1").state == MailingState.DONE


def test_a_single_mail_goes_the_same_way(make_kind, make_sink, cast):
    make_kind()
    sink = make_sink()
    for _time in range(2):
        queue_mail(key="een:1", kind="proef", template="account/email/email_confirmation", to="a@example.nl",
                   context={"activate_url": "https://cwn.example/x", "user": cast["mem"]})  # fmt: skip
    pump_outbox()
    assert [to for _id, to in sink.taken] == ["a@example.nl"]


def test_the_database_lets_go_of_an_account_that_is_deleted(make_kind):
    """The role of the web cannot see deliveries, so only the database can do it."""
    make_kind()
    person = User.objects.create(email="weg@example.nl", name="Wie Weggaat")
    recipient = Recipient("user:1", "p@example.nl", user_id=person.pk)
    queue_mailing(
        key="proef:account",
        kind="proef",
        mails={"nl": compile_mail(subject="Proef", text="Dag", language="nl")},
        recipients=[recipient],
    )
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_user WHERE id = %s", [person.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Delivery.objects.get().user_id is None


def test_a_hole_that_nobody_fills_queues_nothing(make_kind):
    """security.md D12."""
    make_kind()
    content = compile_mail(subject="Proef", text=hole("name"), language="nl")
    with pytest.raises(ValueError, match="user:1 has no value for name"):
        queue_mailing(key="x", kind="proef", mails={"nl": content}, recipients=[Recipient("user:1", "a@example.nl")])
    assert not Mailing.objects.exists()


# --- who may not --------------------------------------------------------------------------------------
def test_who_lost_the_right_in_the_meantime_gets_nothing(make_kind, make_sink):
    """security.md A04, A20: asked again at the claim."""
    unwanted = set()
    make_kind(unwanted=unwanted)
    sink = make_sink()
    mailing = mail(10)
    unwanted.update({"user:3", "user:7"})
    pump_outbox()
    assert len(sink.taken) == 8
    assert progress_of(mailing).reasons == {"is geen lid meer": 2}
    mailing.refresh_from_db()
    assert mailing.state == MailingState.DONE


def test_an_address_that_left_a_stream_still_gets_the_other(make_kind, make_sink):
    """security.md D15."""
    make_kind()
    make_kind("waarschuwing", stream=Stream.WARNING)
    sink = make_sink()
    suppress("P0@Example.nl", stream=Stream.NEWS, reason=SuppressionReason.LEFT)
    news, warning = mail(2), mail(1, key="alarm:1", kind="waarschuwing")
    pump_outbox()
    assert sorted(to for _id, to in sink.taken) == ["p0@example.nl", "p1@example.nl"]
    assert states(news) == {DeliveryState.SENT: 1, DeliveryState.SKIPPED: 1}
    assert states(warning) == {DeliveryState.SENT: 1}


def test_a_kind_that_breaks_stops_no_other(make_kind, make_sink):
    """security.md G14."""

    def broken(deliveries):
        raise RuntimeError("de tabel is weg")

    make_kind()
    make_kind("kapot", recheck=broken, stream=Stream.WARNING)
    sink = make_sink()
    poisoned = mail(3, key="kapot:1", kind="kapot")
    mail(3)
    pump_outbox()
    assert len(sink.taken) == 3
    for _try in range(4):
        due_again()
        pump_outbox()
    assert states(poisoned) == {DeliveryState.PARKED: 3}


def test_a_value_with_a_line_break_parks_one_mail(make_kind, make_sink):
    """security.md B21, G14."""
    make_kind()
    sink = make_sink()
    content = compile_mail(subject=f"Voor {hole('name')}", text="Tekst", language="nl")
    people = [Recipient(f"user:{n}", f"p{n}@example.nl", values={"name": name})
              for n, name in enumerate(["Jan", "Piet\r\nBcc: x@example.nl", "Klaas"])]  # fmt: skip
    mailing = queue_mailing(key="x", kind="proef", mails={"nl": content}, recipients=people)
    pump_outbox()
    assert states(mailing) == {DeliveryState.SENT: 2, DeliveryState.PARKED: 1}
    assert not any(b"\nBcc:" in one for one in sink.mails)


def test_a_kind_of_a_later_release_waits(make_kind, make_sink):
    """security.md G15: an old worker leaves alone what it does not know."""
    make_kind()
    sink = make_sink()
    mailing = mail(1)
    Mailing.objects.update(kind="nieuwer")
    assert pump_outbox() == 0
    assert (states(mailing), sink.taken) == ({DeliveryState.QUEUED: 1}, [])


# --- what a person does -------------------------------------------------------------------------------
def test_a_paused_mailing_waits_and_goes_on(make_kind, make_sink, cast):
    make_kind()
    sink = make_sink()
    mailing = mail(400)
    pump_outbox(most=100)
    pause(mailing, by=cast["coord"])
    pump_outbox()
    assert len(sink.taken) == 100
    resume(mailing, by=cast["coord"])
    pump_outbox()
    assert len(set(sink.taken)) == len(sink.taken) == 400


@together
def test_pausing_stops_what_a_worker_has_in_hand(make_kind, make_sink, monkeypatch):
    """The mails that were claimed and not yet offered come back."""
    make_kind()
    started, noticed = threading.Event(), threading.Event()

    def behave(stage, recipient):
        if stage == "body":
            started.set()
            noticed.wait(20)

    class Noticing(Senders):
        def withdraw(self, groups):
            super().withdraw(groups)
            if groups:
                noticed.set()

    sink = make_sink(behave)
    monkeypatch.setattr(pumping, "LOOK", 0.05)
    monkeypatch.setattr(pumping, "Senders", Noticing)
    mailing = mail(200)
    worker = threading.Thread(target=lambda: (pump_outbox(), connection.close()))
    worker.start()
    started.wait(20)
    pause(mailing, by=None)
    worker.join()
    assert len(sink.taken) < 200
    assert states(mailing) == {DeliveryState.QUEUED: 200 - len(sink.taken), DeliveryState.SENT: len(sink.taken)}


def test_a_cancelled_mailing_sends_nothing_more(make_kind, make_sink, cast):
    make_kind()
    sink = make_sink()
    mailing = mail(10)
    pump_outbox(most=4)
    cancel(mailing, by=cast["coord"])
    pump_outbox()
    assert len(sink.taken) == 4
    assert states(mailing) == {DeliveryState.SENT: 4, DeliveryState.SKIPPED: 6}


def test_nothing_leaves_before_its_moment(make_kind, make_sink):
    """security.md D14: the undo window."""
    make_kind()
    sink = make_sink()
    mailing = mail(1, sends_at=timezone.now() + timedelta(minutes=1))
    assert (pump_outbox(), sink.taken) == (0, [])
    Mailing.objects.update(sends_at=Now())
    due_again()
    assert pump_outbox() == 1
    assert states(mailing) == {DeliveryState.SENT: 1}


def test_a_mailing_that_is_far_too_late_waits_for_a_person(make_kind, make_sink, cast):
    """Step 8."""
    make_kind(hours_late=2)
    sink = make_sink()
    mailing = mail(1, sends_at=timezone.now() - timedelta(hours=2, minutes=1))
    pump_outbox()
    mailing.refresh_from_db()
    assert (mailing.state, sink.taken) == (MailingState.PAUSED, [])
    resume(mailing, by=cast["coord"])
    assert pump_outbox() == 1


# --- what a mail server does --------------------------------------------------------------------------
def test_not_now_is_tried_later_and_never_is_a_bounce(make_kind, make_sink):
    """security.md G05."""
    make_kind()
    answers = {"p1@example.nl": b"451 4.7.1 greylisted", "p2@example.nl": b"550 5.1.1 unknown"}
    sink = make_sink(lambda stage, to: answers.get(to) if stage == "rcpt" else None)
    mailing = mail(4)
    pump_outbox()
    assert states(mailing) == {DeliveryState.SENT: 2, DeliveryState.QUEUED: 1, DeliveryState.BOUNCED: 1}
    later = Delivery.objects.get(recipient="user:1")
    assert later.tries == 1
    assert later.next_at > timezone.now() + timedelta(seconds=60)
    assert list(Bounce.objects.values_list("delivery__recipient", "is_final")) == [("user:2", True)]
    mailing.refresh_from_db()
    assert mailing.state == MailingState.SENDING
    answers.clear()
    due_again()
    pump_outbox()
    mailing.refresh_from_db()
    assert (len(sink.taken), mailing.state) == (3, MailingState.DONE)


def test_five_times_not_now_is_enough(make_kind, make_sink):
    make_kind()
    make_sink(lambda stage, to: b"451 later" if stage == "rcpt" else None)
    mailing = mail(1)
    for _try in range(6):
        pump_outbox()
        due_again()
    assert states(mailing) == {DeliveryState.PARKED: 1}
    assert Delivery.objects.get().tries == 5


def test_a_mail_server_that_is_away_loses_nothing(make_kind, settings, make_sink):
    make_kind()
    mailing = mail(5)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 1
    assert pump_outbox() == 0
    assert states(mailing) == {DeliveryState.QUEUED: 5}
    sink = make_sink()
    due_again()
    assert pump_outbox() == len(sink.taken) == 5


def once(stage, recipient):
    """Drop one connection, at one mail."""
    left = [DROP]
    return lambda at, to: left.pop() if left and at == stage and to == recipient else None


@pytest.mark.parametrize(("stage", "was_taken"), [("body", False), ("taken", True)])
def test_a_mail_in_doubt_is_asked_for_in_the_log(make_kind, make_sink, stage, was_taken):
    """security.md G06 and step 6."""
    make_kind()
    sink = make_sink(once(stage, "p3@example.nl"))
    mailing = mail(6)
    pump_outbox()
    assert states(mailing).get(DeliveryState.CLAIMED) == 1
    leases_end()
    assert reconcile(asking=Log(sink)) == 1
    due_again()
    pump_outbox()
    assert states(mailing) == {DeliveryState.SENT: 6}
    assert sorted(to for _id, to in sink.taken) == [f"p{n}@example.nl" for n in range(6)]


@pytest.mark.parametrize("after_doubt", AfterDoubt)
def test_without_a_log_the_kind_decides(make_kind, make_sink, after_doubt):
    make_kind(after_doubt=after_doubt)
    sink = make_sink(once("taken", "p0@example.nl"))
    mailing = mail(1)
    pump_outbox()
    leases_end()
    pump_outbox()
    mailing.refresh_from_db()
    if after_doubt == AfterDoubt.ASK:
        assert states(mailing) == {DeliveryState.UNKNOWN: 1}
        assert mailing.state == MailingState.SENDING  # not done while a person must look
        assert len(sink.taken) == 1
    else:
        assert states(mailing) == {DeliveryState.SENT: 1}
        assert sink.taken[0] == sink.taken[1]  # the same Message-ID, so that mail programs show it once


def test_a_log_that_does_not_reach_back_decides_nothing(make_kind, make_sink):
    class Short:
        def accepted(self, message_ids, *, since):
            return None

    make_kind()
    make_sink(once("taken", "p0@example.nl"))
    mailing = mail(1)
    pump_outbox()
    leases_end()
    reconcile(asking=Short())
    assert states(mailing) == {DeliveryState.UNKNOWN: 1}


# --- what a worker does -------------------------------------------------------------------------------
def worker_dies_with_everything():
    """Claim all that is due, and never come back."""
    due_again()
    claim(by=uuid4(), most=1000)
    leases_end()
    reconcile(asking=Log())


def test_a_worker_that_died_is_no_refusal_of_the_mail_server(make_kind, make_sink):
    """Four workers died with it in hand; then the server asks for later, and that is the first time."""
    make_kind()
    make_sink(lambda stage, to: b"451 later" if stage == "rcpt" else None)
    mailing = mail(1)
    for _death in range(4):
        worker_dies_with_everything()
    due_again()
    pump_outbox()
    assert states(mailing) == {DeliveryState.QUEUED: 1}
    assert (Delivery.objects.get().deaths, Delivery.objects.get().tries) == (4, 1)


def test_mails_that_lost_two_workers_come_back_apart(make_kind):
    """security.md G14: a mail that kills workers must not take those beside it along, death after death."""
    make_kind()
    mail(40)
    worker_dies_with_everything()
    assert Delivery.objects.due().count() == 40
    worker_dies_with_everything()
    moments = set(Delivery.objects.values_list("next_at", flat=True))
    assert len(moments) == 40
    assert Delivery.objects.due().count() < 20
    assert max(moments) < timezone.now() + timedelta(seconds=6)


def test_a_mail_that_goes_on_killing_workers_waits_for_a_person(make_kind):
    """security.md G14."""
    make_kind()
    mailing = mail(1)
    for _death in range(MOST_DEATHS):
        assert states(mailing) == {DeliveryState.QUEUED: 1}
        worker_dies_with_everything()
    assert states(mailing) == {DeliveryState.PARKED: 1}
    assert "brak telkens af" in Delivery.objects.get().reason


def test_only_the_worker_that_claimed_may_write_down(make_kind):
    """Step 5: one that comes back after its term is not believed."""
    make_kind()
    mailing = mail(1)
    (delivery,) = claim(by=uuid4(), most=10)
    assert write_marks([Mark(delivery, DeliveryState.SENT)], by=uuid4()) == set()
    assert states(mailing) == {DeliveryState.CLAIMED: 1}


def test_what_follows_a_mail_is_in_the_same_transaction(make_kind, make_sink):
    told = []
    make_kind(after_sending=lambda sent: told.extend(one.recipient for one in sent))
    make_sink()
    mail(3)
    pump_outbox()
    assert sorted(told) == ["user:0", "user:1", "user:2"]


def test_a_mail_that_left_is_written_down_whatever_follows(make_kind, make_sink):
    def broken(sent):
        raise RuntimeError("kan niet")

    make_kind(after_sending=broken)
    make_sink()
    mailing = mail(3)
    pump_outbox()
    assert states(mailing) == {DeliveryState.SENT: 3}
