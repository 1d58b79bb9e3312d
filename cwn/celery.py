"""The Celery app and the one table of everything that runs by the clock."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cwn.settings")
app = Celery("cwn")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_time_limit=120,  # seconds; well below the visibility timeout, so no task runs twice at once
    broker_transport_options={"visibility_timeout": 600},
    broker_connection_retry_on_startup=True,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=200,
    timezone="Europe/Amsterdam",
)
app.autodiscover_tasks()

#: What happens when. Each job asks itself whether its period was already done, so a late or a double
#: beat does no harm (security.md H06).
app.conf.beat_schedule = {
    "warn-people": {"task": "cwn.accounts.tasks.warn_people", "schedule": 60.0},
    "forget-old-logins": {"task": "cwn.accounts.tasks.forget_old_logins", "schedule": crontab(hour=3, minute=23)},
    "forget-sessions": {"task": "cwn.accounts.tasks.forget_sessions", "schedule": crontab(hour=3, minute=29)},
    "forward-messages": {"task": "cwn.portal.tasks.forward_messages", "schedule": 60.0},
    "queue-alerts": {"task": "cwn.portal.tasks.queue_alerts", "schedule": 60.0},
    "send-alerts": {"task": "cwn.portal.tasks.send_alerts", "schedule": 60.0},
    "forget-messages": {"task": "cwn.portal.tasks.forget_messages", "schedule": crontab(hour=3, minute=40)},
    "publish-due": {"task": "comms.tasks.publish_due", "schedule": 30.0},
    "expire-overdue": {"task": "comms.tasks.expire_overdue", "schedule": crontab(minute=7)},
    "plan-publication-reminders": {"task": "comms.tasks.plan_reminders", "schedule": crontab(minute=41)},
    "ask-confirmations": {"task": "partners.tasks.ask_confirmations", "schedule": crontab(hour=8, minute=23)},
    "queue-confirmations": {"task": "partners.tasks.queue_confirmations", "schedule": 300.0},
    "purge-applications": {"task": "partners.tasks.purge_applications", "schedule": crontab(hour=3, minute=11)},
    "seek-duplicates": {"task": "partners.tasks.seek_duplicates", "schedule": crontab(hour=3, minute=47)},
    "send-publication-notices": {"task": "comms.tasks.send_notices", "schedule": 30.0},
    "pump-outbox": {"task": "cwn.delivery.tasks.pump", "schedule": 15.0},
    "run-reminders": {"task": "cwn.delivery.tasks.run_reminders", "schedule": 30.0},
    "read-bounces": {"task": "cwn.delivery.tasks.read_bounces", "schedule": 300.0},
    "move-campaigns": {"task": "comms.planning.tasks.move_campaigns", "schedule": crontab(minute=3)},
    "end-empty-seats": {"task": "comms.planning.tasks.end_empty_seats", "schedule": crontab(minute=13)},
    "answer-subscription-requests": {"task": "comms.subscriptions.tasks.answer_requests", "schedule": 30.0},
    "forget-unconfirmed": {"task": "comms.subscriptions.tasks.forget_unconfirmed", "schedule": crontab(minute=27)},
    "forget-event-needs": {"task": "comms.events.tasks.forget_needs", "schedule": crontab(hour=3, minute=53)},
    "make-template-batches": {"task": "comms.cobranding.tasks.make_batches", "schedule": 15.0},
    "forget-template-batches": {"task": "comms.cobranding.tasks.forget_batches", "schedule": crontab(minute=37)},
    "count-newsletter-readers": {"task": "comms.newsletters.tasks.count_readers", "schedule": 60.0},
    "check-newsletter-links": {"task": "comms.newsletters.tasks.check_links", "schedule": 60.0},
    "refresh-search": {"task": "cwn.search.tasks.refresh_search", "schedule": 60.0},
    "trim-search-journal": {"task": "cwn.search.tasks.trim_journal", "schedule": crontab(minute=17)},
}
