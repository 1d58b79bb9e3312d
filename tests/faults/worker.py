"""The Celery app of the portal with a quicker clock: `celery -A tests.faults.worker worker`."""

from cwn.celery import app

app.conf.beat_schedule = {"pump-outbox": {"task": "cwn.delivery.tasks.pump", "schedule": 1.0}}
