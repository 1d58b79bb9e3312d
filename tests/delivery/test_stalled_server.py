"""A mail server that never answers: the worker does not wait for ever, and every mail leaves once (G03, G06)."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import psutil
import pytest
from celery import current_app
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from cwn.delivery.actions.pumping import pump_outbox
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.actions.reconciling import reconcile
from cwn.delivery.compiling import compile_mail
from cwn.delivery.enums import DeliveryState
from cwn.delivery.models import Delivery, Outbox
from cwn.delivery.watching import mail_moves, worker_is_deaf
from tests.delivery.patience import PATIENCE, wait_until
from tests.delivery.sink import HANG

PEOPLE = 12


def mail(kind="proef"):
    """Queue a mailing to a few people."""
    content = compile_mail(subject="Proef", text="Tekst", language="nl")
    people = [Recipient(f"guest:{number}", f"p{number}@example.nl") for number in range(PEOPLE)]
    return queue_mailing(key="proef:1", kind=kind, mails={"nl": content}, recipients=people)


class Log:
    """A log that knows what the sinks took."""

    def __init__(self, *sinks):
        self.sinks = sinks

    def accepted(self, message_ids, *, since):
        return {taken for sink in self.sinks for taken, _to in sink.taken} & set(message_ids)


def time_passes():
    """Let every term and every waiting time be over."""
    Delivery.objects.filter(state=DeliveryState.CLAIMED).update(lease_until=Now() - timedelta(minutes=5))
    Delivery.objects.update(next_at=F("created_at"))


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["connect", "ehlo", "mail", "rcpt", "data", "body", "taken"])
def test_a_server_that_stops_answering_at_any_point_loses_and_doubles_nothing(make_kind, make_sink, settings, stage):
    make_kind()
    stalled = make_sink(lambda at, to: HANG if at == stage else None)
    settings.MAIL_TIMEOUT = 0.2
    mail()
    assert pump_outbox() == 0
    time_passes()
    sound = make_sink()
    reconcile(asking=Log(stalled, sound))
    time_passes()
    pump_outbox()
    recipients = [to for sink in (stalled, sound) for _id, to in sink.taken]
    assert sorted(recipients) == sorted(f"p{number}@example.nl" for number in range(PEOPLE))
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}


@pytest.mark.django_db
def test_claims_that_nobody_comes_back_for_are_noticed(make_kind, client):
    """Nothing waits any more when a worker took it all, and yet no mail moves."""
    make_kind()
    mail()
    Delivery.objects.update(state=DeliveryState.CLAIMED, claimed_by="0" * 32, lease_until=Now())
    assert mail_moves()
    time_passes()
    assert worker_is_deaf()
    assert client.get("/gezond/verzending").status_code == 503


@contextmanager
def worker(port, log):
    """Run a real worker of Celery, and leave no process of it behind."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "ON_LOOPBACK": "1",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_LOG": str(log),
        "MAIL_TIMEOUT": "3600",  # as if no limit of ours noticed that it stands still
    }
    environment.pop("CWN_UP", None)
    words = ["-A", "tests.faults.deaf_worker", "worker", "--concurrency", "1", "--without-gossip", "--without-mingle"]
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", *words], env=environment, start_new_session=True, stderr=subprocess.DEVNULL
    )
    family = [psutil.Process(process.pid)]
    try:
        yield process, family
    finally:
        for one in {*family, *(family[0].children(recursive=True) if family[0].is_running() else ())}:
            if one.is_running():
                one.send_signal(signal.SIGKILL)
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_stands_still_ends_itself_and_the_next_one_goes_on(make_kind, make_sink, tmp_path):
    make_kind("proef-vragen")
    log = tmp_path / "mail.log"
    log.write_text("2026-01-01T00:00:00.000000+00:00 relay postfix/master[1]: daemon started\n")
    stalled = make_sink(lambda at, to: HANG if at == "rcpt" else None, log=log, pipelining=False)
    current_app.control.purge()
    mail("proef-vragen")  # this wakes the worker, as soon as there is one
    with worker(stalled.port, log) as (process, family):
        wait_until(lambda: any(command.startswith(b"RCPT") for command in stalled.commands))
        family += family[0].children(recursive=True)
        assert process.poll() is None
        time_passes()
        Outbox.objects.update(pumped_at=Now() - timedelta(minutes=5))
        assert process.wait(PATIENCE) == 1
        wait_until(lambda: not any(one.is_running() for one in family[1:]))  # nobody stays behind with mails in hand
    sound = make_sink(log=log)
    assert Delivery.objects.filter(state=DeliveryState.CLAIMED).exists()
    current_app.send_task("cwn.delivery.tasks.pump")
    with worker(sound.port, log) as (process, _family):
        wait_until(lambda: not Delivery.objects.exclude(state=DeliveryState.SENT).exists())
    assert stalled.taken == []
    assert sorted(to for _id, to in sound.taken) == sorted(f"p{number}@example.nl" for number in range(PEOPLE))
