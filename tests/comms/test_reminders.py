"""Moments of a publication on the clock: look again, and tell what you did (R52, R63, R107)."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from comms.actions.responding import acknowledge
from comms.enums import Answer, PublicationStatus, ReceiptChannel, Tlp, Urgency
from comms.models import Publication, Receipt
from comms.reminders import _recheck
from comms.tasks import plan_reminders
from cwn.delivery.actions.announcing import announce_due
from cwn.delivery.models import Delivery, Reminder
from tests.factories.comms import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(cast):
    """An urgent AMBER message of the Zorgring for the Havenring, which got it by mail."""
    publication = published(
        tlp=Tlp.AMBER,
        title="kanarie-titel",
        body="kanarie-tekst",
        urgency=Urgency.IMMEDIATE,
        owner=cast.organisations["zorgring"],
        addressed_organisations=[cast.organisations["havenring"]],
        review_on=date.today() + timedelta(days=30),
    )
    Receipt.objects.create(
        publication=publication, version=1, organisation=cast.organisations["havenring"], channel=ReceiptChannel.MAIL
    )
    return publication


def go(moment: datetime) -> list[str]:
    """Let the clock run at a moment and return whom it mails, by address."""
    with time_machine.travel(moment):
        plan_reminders()
        announce_due()
    return sorted(Delivery.objects.values_list("address", flat=True))


def words() -> str:
    """Return what the queued mails say."""
    mails = (mail for delivery in Delivery.objects.all() for mail in delivery.mailing.mails.all())
    return "\n".join(bytes(mail.content).decode() for mail in mails)


def test_who_did_not_answer_is_asked_after_a_day_and_once(cast, shared):
    assert go(timezone.now() + timedelta(hours=23)) == []
    assert go(timezone.now() + timedelta(hours=25)) == [cast["rep"].email]
    assert go(timezone.now() + timedelta(days=9)) == [cast["rep"].email]


def test_who_answered_is_left_alone(cast, shared):
    acknowledge(shared, organisation=cast.organisations["havenring"], answer=Answer.NOT_RELEVANT, by=cast["rep"])

    assert go(timezone.now() + timedelta(hours=25)) == []
    assert Reminder.objects.get().reason == "er is niemand om te vragen"


def test_what_is_not_urgent_asks_nobody(shared):
    Publication.objects.filter(pk=shared.pk).update(urgency=Urgency.INFORMATIVE, version=2)

    assert go(timezone.now() + timedelta(days=9)) == []


def test_a_new_version_starts_anew(cast, shared):
    plan_reminders()
    shared.version = 2
    shared.save()

    go(timezone.now() + timedelta(hours=25))

    assert list(Reminder.objects.values_list("version", flat=True)) == [2]


def test_an_answer_between_queue_and_sending_stops_the_mail(cast, shared):
    go(timezone.now() + timedelta(hours=25))
    delivery = Delivery.objects.get()
    assert _recheck([delivery]) == {}

    acknowledge(shared, organisation=cast.organisations["havenring"], answer=Answer.PASSED_ON, by=cast["rep"])

    assert _recheck([delivery]) == {delivery.pk: "er is al een reactie, of geen toegang meer"}


def test_a_stricter_label_between_queue_and_sending_stops_the_mail(shared):
    go(timezone.now() + timedelta(hours=25))
    Publication.objects.filter(pk=shared.pk).update(tlp=Tlp.AMBER_STRICT, version=2)

    assert list(_recheck(Delivery.objects.all()).values()) == ["het bericht heeft een ander label"]


def test_who_lost_access_gets_no_mail(cast, shared):
    go(timezone.now() + timedelta(hours=25))
    cast["rep"].memberships.update(ended_at=timezone.now())

    assert len(_recheck(Delivery.objects.all())) == 1


def test_the_owner_is_asked_to_look_again_on_the_morning_of_the_review_date(shared):
    early = datetime.combine(shared.review_on, datetime.min.time(), tzinfo=timezone.get_current_timezone())
    Publication.objects.filter(pk=shared.pk).update(urgency=Urgency.INFORMATIVE, version=2)

    assert go(early + timedelta(hours=7, minutes=59)) == []
    assert go(early + timedelta(hours=8, minutes=1)) == go(early + timedelta(days=3))
    assert Delivery.objects.count() == Reminder.objects.filter(kind="review", state="klaar").count()


def test_a_publication_that_was_withdrawn_asks_nobody(shared):
    plan_reminders()
    shared.withdrawal_reason, shared.status = "De melding bleek niet te kloppen.", PublicationStatus.WITHDRAWN
    shared.save()

    assert go(timezone.now() + timedelta(days=60)) == []


def test_the_mail_about_amber_holds_title_and_address_alone(shared):
    go(timezone.now() + timedelta(hours=25))

    assert "TLP:AMBER" in words()
    assert "kanarie-titel" in words()
    assert "kanarie-tekst" not in words()


def test_red_is_asked_of_its_author_without_its_title(cast):
    published(
        tlp=Tlp.RED, title="kanarie-titel", slug="kanarie-slug", author=cast["rep"],
        owner=cast.organisations["havenring"], named_readers=[cast["rep"]], review_on=date.today(),
    )  # fmt: skip

    assert go(timezone.now() + timedelta(days=1)) == [cast["rep"].email]
    assert "kanarie" not in words()
