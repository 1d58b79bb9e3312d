"""A worker that looks after itself every moment: `celery -A tests.faults.deaf_worker worker`."""

import django

from cwn.celery import app as celery_app

django.setup()

from cwn.delivery import watching  # noqa: E402  it needs the models

watching.LOOK, watching.GRACE = 0.2, 1.0
app = celery_app
