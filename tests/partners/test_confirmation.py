"""The confirmation cycle (R19): asked at most once a week, repeated, suspended after three, and lifted again."""

import random
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from cwn.delivery.enums import DeliveryState
from cwn.delivery.models import Delivery
from cwn.delivery.tasks import pump
from partners.actions.confirmation import CYCLE_LOCK, queue_notices
from partners.actions.contacts import confirm_contacts
from partners.enums import MembershipRole, PartnerStatus
from partners.models import ConfirmationNotice, Contact, Membership, Organisation
from partners.tasks import ask_confirmations, queue_confirmations
from tests.factories.accounts import UserFactory
from tests.factories.partners import ContactFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(year: int, month: int, day: int, hour: int = 8, minute: int = 23) -> datetime:
    """Return a moment on a Dutch clock; the beat rings at 08:23."""
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


START = at(2026, 9, 21)


def due_since(moment: datetime, organisation: Organisation, **fields) -> Contact:
    """Make a contact that has to be confirmed again from this moment."""
    moment = moment.astimezone(UTC)  # a term is a time that passed, not a clock that was read
    contact = ContactFactory(organisation=organisation, valid_from=moment.date() - timedelta(days=400), **fields)
    Contact.objects.filter(pk=contact.pk).update(
        created_at=moment - timedelta(days=400), last_confirmed_at=moment - timedelta(days=180, seconds=1)
    )
    return contact


@pytest.fixture
def haven() -> Organisation:
    """A partner with two representatives, a member, and one contact that is due at START."""
    organisation = OrganisationFactory(name="De Havenring", slug="havenring")
    for name, role in (("ruben", "vertegenwoordiger"), ("rosa", "vertegenwoordiger"), ("petra", "lid")):
        user = UserFactory(name=name.title(), email=f"{name}@haven.example")
        MembershipFactory(user=user, organisation=organisation, role=role)
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    due_since(START, organisation, name="Piet Piket", email="piet@haven.example")
    return organisation


def representative(name: str):
    return Membership.objects.get(user__email=f"{name}@haven.example")


def one_day() -> None:
    """Do what the clock does in a day; the mail worker comes by more often."""
    ask_confirmations()
    send_mails()
    send_mails()


def text_of(message) -> str:
    """Return the plain text of a mail that was composed beforehand."""
    parts = (part for part in message.message().walk() if part.get_content_type() == "text/plain")
    return next(parts).get_payload(decode=True).decode()


def later() -> None:
    """Let the pause pass after which the outbox tries again."""
    Delivery.objects.update(next_at=timezone.now() - timedelta(minutes=1))


def send_mails() -> None:
    """Do what the clock does in between: fill the outbox, and empty it."""
    queue_confirmations()
    pump()


# --- who is asked and when -------------------------------------------------------------------------------
def test_every_representative_gets_one_mail_that_names_the_contacts(haven, mailoutbox, settings):
    settings.SITE_URL = "https://cwn.example"
    ContactFactory(organisation=haven, name="Nieuw Contact")
    with time_machine.travel(START, tick=False):
        one_day()
    assert sorted(message.to[0] for message in mailoutbox) == ["rosa@haven.example", "ruben@haven.example"]
    body = text_of(mailoutbox[0])
    assert "Piet Piket" in body
    assert "piet@haven.example" not in body
    assert "Nieuw Contact" not in body
    assert "https://cwn.example/mijn/havenring/contacten/" in body
    assert mailoutbox[0].message()["Auto-Submitted"] == "auto-generated"
    assert "text/html" in [part.get_content_type() for part in mailoutbox[0].message().walk()]


def test_a_contact_of_yesterday_is_not_due_yet(haven, mailoutbox):
    with time_machine.travel(START - timedelta(days=1), tick=False):
        one_day()
    assert not mailoutbox


@pytest.mark.parametrize("status", [PartnerStatus.SUSPENDED, PartnerStatus.FORMER, PartnerStatus.CANDIDATE])
def test_only_partners_are_asked(haven, mailoutbox, status):
    Organisation.objects.filter(pk=haven.pk).update(status=status)
    with time_machine.travel(START, tick=False):
        one_day()
    assert not mailoutbox


def test_a_second_beat_sends_nothing(haven, mailoutbox):
    with time_machine.travel(START, tick=False) as clock:
        one_day()
        one_day()
        clock.shift(timedelta(hours=3))
        one_day()
    assert len(mailoutbox) == 2


def test_two_beats_at_once_send_once(haven, transactional_db):
    other = connection.copy()
    with time_machine.travel(START, tick=False):
        try:
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [CYCLE_LOCK])
            assert ask_confirmations() == {"suspended": 0, "queued": 0}
        finally:
            other.close()
        assert ask_confirmations()["queued"] == 2


def test_the_database_allows_one_notice_a_week_whatever_the_code_does(haven):
    with time_machine.travel(START, tick=False):
        assert queue_notices() == 2
        ConfirmationNotice.objects.update(created_at=START - timedelta(days=60))
        queue_notices()
    assert ConfirmationNotice.objects.count() == 2


@pytest.mark.parametrize(
    "first",
    [
        START,
        at(2026, 10, 10),  # the clock goes back on 25 October
        at(2027, 3, 10),  # and forward on 28 March
        at(2026, 12, 15),  # a new year begins
    ],
)
def test_who_does_not_react_hears_again_after_thirty_days_of_the_calendar(haven, mailoutbox, first):
    Contact.objects.update(last_confirmed_at=first - timedelta(days=181))
    sent = []
    for day in range(31):
        moment = datetime.combine(first.date() + timedelta(days=day), first.time(), AMSTERDAM)
        with time_machine.travel(moment, tick=False):
            before = len(mailoutbox)
            one_day()
            sent += [day] * (len(mailoutbox) - before)
    assert sent == [0, 0, 30, 30]


def test_after_an_answer_the_next_contact_waits_a_week(haven, mailoutbox):
    with time_machine.travel(START, tick=False):
        one_day()
        confirm_all(haven)
        due_since(START + timedelta(days=2), haven)
    days = []
    for day in range(1, 9):
        with time_machine.travel(START + timedelta(days=day), tick=False):
            before = len(mailoutbox)
            one_day()
            days += [day] * (len(mailoutbox) - before)
    assert days == [7, 7]


def confirm_all(organisation: Organisation) -> None:
    person = Membership.objects.current().representatives().get(user__email="ruben@haven.example").user
    confirm_contacts(organisation, organisation.contacts.values_list("pk", flat=True), by=person)


@pytest.mark.parametrize("seed", range(3))
def test_never_two_mails_in_a_week_whatever_happens(haven, mailoutbox, seed):
    chance = random.Random(seed)
    moments: dict[str, list] = {}
    for day in range(240):
        moment = datetime.combine(START.date() + timedelta(days=day), START.time(), AMSTERDAM)
        with time_machine.travel(moment + timedelta(minutes=chance.randrange(600)), tick=False):
            if chance.random() < 0.1:
                due_since(timezone.now(), haven)
            if chance.random() < 0.05 and representative("ruben").suspended_at is None:
                confirm_all(haven)
            before = len(mailoutbox)
            for _beat in range(chance.randrange(3)):
                one_day()
            for message in mailoutbox[before:]:
                if "Kloppen" in message.subject:
                    moments.setdefault(message.to[0], []).append(moment.date())
    assert moments
    for days in moments.values():
        assert all(later - earlier >= timedelta(days=7) for earlier, later in pairwise(days))


# --- the queue -------------------------------------------------------------------------------------------
def test_a_crash_between_the_two_queues_undoes_both(haven, mailoutbox):
    with time_machine.travel(START, tick=False):
        queue_notices()
        with transaction.atomic():
            queue_confirmations()
            transaction.set_rollback(True)  # and here the worker dies
        assert ConfirmationNotice.objects.pending().count() == 2
        send_mails()
    assert len(mailoutbox) == 2


def test_a_crash_before_the_claim_loses_nothing(haven, mailoutbox):
    with time_machine.travel(START, tick=False) as clock:
        queue_notices()
        clock.shift(timedelta(minutes=5))
        send_mails()
    assert len(mailoutbox) == 2


def test_a_mail_that_no_longer_applies_is_dropped(haven, mailoutbox):
    with time_machine.travel(START, tick=False):
        queue_notices()
        Membership.objects.filter(user__email="rosa@haven.example").update(ended_at=timezone.now())
        send_mails()
        assert [message.to for message in mailoutbox] == [["ruben@haven.example"]]
    assert ConfirmationNotice.objects.count() == 1


def test_confirming_empties_the_queue(haven, mailoutbox):
    with time_machine.travel(START, tick=False):
        queue_notices()
        confirm_all(haven)
        send_mails()
    assert not mailoutbox


def test_a_mail_that_waited_until_next_week_is_not_sent_late(haven, mailoutbox):
    with time_machine.travel(START, tick=False):
        queue_notices()
    with time_machine.travel(START + timedelta(days=7), tick=False):
        send_mails()
        assert not mailoutbox
        one_day()
    assert len(mailoutbox) == 2


def test_over_real_smtp(haven, smtp_server):
    Contact.objects.update(last_confirmed_at=timezone.now() - timedelta(days=181))
    one_day()
    assert len(smtp_server.messages) == 2
    parts = [part.get_content_type() for part in smtp_server.messages[0].walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    assert smtp_server.messages[0]["Auto-Submitted"] == "auto-generated"
    assert ConfirmationNotice.objects.filter(sent_at=None).count() == 0


@pytest.mark.parametrize(("answer", "arrives_later"), [("451 try again later", True), ("550 no such person", False)])
def test_what_the_mail_server_refuses(haven, smtp_server, answer, arrives_later):
    async def refuse(server, session, envelope, address, options):
        if address.startswith("ruben"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    Contact.objects.update(last_confirmed_at=timezone.now() - timedelta(days=181))
    smtp_server.handle_RCPT = refuse
    one_day()
    assert [message["X-RcptTo"] for message in smtp_server.messages] == ["rosa@haven.example"]
    del smtp_server.handle_RCPT
    later()
    one_day()
    assert (len(smtp_server.messages) == 2) is arrives_later


def test_a_mail_server_that_is_away_costs_nothing(haven, smtp_server, settings):
    Contact.objects.update(last_confirmed_at=timezone.now() - timedelta(days=181))
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    one_day()
    assert Delivery.objects.filter(state=DeliveryState.QUEUED).count() == 2
    settings.EMAIL_PORT = port
    later()
    one_day()
    assert len(smtp_server.messages) == 2


def test_operators_do_a_pass_by_hand(haven, mailoutbox):
    out = StringIO()
    with time_machine.travel(START, tick=False):
        call_command("ask_confirmations", stdout=out)
    assert out.getvalue() == "geschorst 0, gevraagd 2, klaar om te versturen 2\n"


# --- suspension -------------------------------------------------------------------------------------------
def pass_days(first: int, last: int) -> None:
    for day in range(first, last + 1):
        with time_machine.travel(START + timedelta(days=day), tick=False):
            one_day()


def test_three_mails_without_a_reaction_suspend_thirty_days_after_the_third(
    haven, mailoutbox, django_capture_on_commit_callbacks
):
    pass_days(0, 89)
    assert representative("ruben").suspended_at is None
    warnings = ["derde keer" in text_of(message) for message in mailoutbox]
    assert warnings == [False, False, False, False, True, True]
    invited_by, yesterday = representative("ruben").user, START + timedelta(days=89)
    invitation = haven.invitations.create(email="n@b.example", name="Nina", invited_by=invited_by, sent_at=yesterday)
    with django_capture_on_commit_callbacks(execute=True):
        pass_days(90, 90)
    assert representative("ruben").suspended_at is not None
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None, "who has no access lets nobody in"
    assert representative("rosa").suspended_at is not None
    assert representative("petra").suspended_at is None
    assert "geschorst" in mailoutbox[-1].subject
    assert list(Organisation.objects.silent()) == [haven]
    haven.refresh_from_db()
    assert haven.status == PartnerStatus.PARTNER
    sent = len(mailoutbox)
    pass_days(91, 125)
    assert len(mailoutbox) == sent


def test_a_reaction_of_one_colleague_counts_for_all(haven, mailoutbox):
    pass_days(0, 61)
    with time_machine.travel(START + timedelta(days=62), tick=False):
        confirm_all(haven)
    pass_days(63, 100)
    assert not Membership.objects.suspended().exists()


def test_who_came_later_is_not_suspended_for_mails_to_others(haven, mailoutbox):
    pass_days(0, 61)
    late = MembershipFactory(organisation=haven, role=MembershipRole.REPRESENTATIVE)
    pass_days(62, 91)
    late.refresh_from_db()
    assert late.suspended_at is None
    assert representative("ruben").suspended_at is not None


def test_a_mail_that_never_left_does_not_count(haven, mailoutbox):
    pass_days(0, 61)
    ConfirmationNotice.objects.filter(recipient__email="ruben@haven.example").update(sent_at=None)
    pass_days(62, 95)
    assert representative("ruben").suspended_at is None
