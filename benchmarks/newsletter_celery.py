"""A Celery task per mail, the usual way to send a newsletter: `celery -A benchmarks.newsletter_celery worker`.

Once as it is done by who wants to know who got it (the task has a key, reads the row, sends, and writes down that it
did), and once without any database, with the reader in the task. Neither is exactly once.
"""

import os

import django
from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cwn.settings")
django.setup()

from django.db.models.functions import Now  # noqa: E402

from benchmarks.newsletter_message import message  # noqa: E402
from cwn.delivery.enums import DeliveryState  # noqa: E402
from cwn.delivery.models import Delivery  # noqa: E402

app = Celery("newsletter", broker=os.environ["REDIS_URL"])
app.conf.task_ignore_result = True
app.conf.task_default_queue = "newsletter-benchmark"
app.conf["CELERY_DB_REUSE_MAX"] = 1_000  # Celery would open a connection to the database per mail


@app.task
def send_row(key: int) -> None:
    """Send the mail of one row, and write down that it left."""
    row = Delivery.objects.get(pk=key)
    message(row.address, row.values).send()
    Delivery.objects.filter(pk=key).update(state=DeliveryState.SENT, sent_at=Now())


@app.task
def send(address: str, values: dict[str, str]) -> None:
    """Send one mail, and forget it."""
    message(address, values).send()
