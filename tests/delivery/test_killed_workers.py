"""The short form of `make faults`: real workers that are killed in the middle of a mailing (security.md G01)."""

import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.db import connection

from cwn.core.up.valkey import free_port
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.compiling import compile_mail, message_id_of
from cwn.delivery.enums import DeliveryState
from cwn.delivery.models import Delivery
from tests.delivery.patience import wait_until

PEOPLE, KILLS = 300, 2


@contextmanager
def started(*words, **environment):
    """Run a process of ours and kill it without a word."""
    process = subprocess.Popen([sys.executable, "-m", *words], env={**os.environ, **environment})
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_killed_workers_lose_nothing_and_double_nothing(make_kind, tmp_path):
    make_kind("proef-vragen")
    content = compile_mail(subject="Proef", text="Tekst", language="nl")
    people = [Recipient(f"guest:{number}", f"p{number}@example.nl") for number in range(PEOPLE)]
    queue_mailing(key="proef:1", kind="proef-vragen", mails={"nl": content}, recipients=people)
    log, port = tmp_path / "mail.log", free_port()
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    worker = ("tests.faults.pumper",)
    environment = {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "ON_LOOPBACK": "1",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_LOG": str(log),
        "MAIL_TIMEOUT": "0.5",
    }

    def taken():
        return log.read_bytes().count(b"(queue active)")

    with started("tests.delivery.sink", str(port), str(log), "--delay", "0.02"):
        wait_until(log.exists)
        for number in range(1, KILLS + 1):
            with started(*worker, **environment):
                wait_until(lambda: taken() > number * PEOPLE // (KILLS + 2))  # noqa: B023
        with started(*worker, **environment):
            wait_until(lambda: not Delivery.objects.exclude(state=DeliveryState.SENT).exists())
    copies = Counter(line.split("message-id=")[1] for line in log.read_text().splitlines() if "message-id=" in line)
    assert set(copies.values()) == {1}
    assert set(copies) == {message_id_of(token) for token in Delivery.objects.values_list("token", flat=True)}
