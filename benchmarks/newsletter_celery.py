"""A Celery task per mail, the usual way to send a newsletter: `celery -A benchmarks.newsletter_celery worker`."""

import os

import django
from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cwn.settings")
django.setup()

from benchmarks.newsletter_message import message  # noqa: E402

app = Celery("newsletter", broker=os.environ["REDIS_URL"])
app.conf.task_ignore_result = True
app.conf.task_default_queue = "newsletter-benchmark"


@app.task
def send(address: str, values: dict[str, str]) -> None:
    """Send one mail."""
    message(address, values).send()
