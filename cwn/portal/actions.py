"""What happens with a message from the contact form: it is kept, passed on, and after a year forgotten."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from cwn.portal.models import ContactMoment

#: How long a message and its sender are kept; the privacy page says so too.
RETENTION = timedelta(days=365)


@transaction.atomic
def receive_message(*, moment: ContactMoment) -> ContactMoment:
    """Keep a message from the contact form; it counts as a contact and waits to be passed on (R14)."""
    moment.save()
    return moment


@transaction.atomic
def forward_message(*, moment_id: int) -> bool:
    """Mail a waiting message to the address of its topic and tell whether this call did it.

    Nothing that the sender wrote stands in a header but the address to answer, which the form has checked
    (security.md B21). A message that another worker is just passing on is left to it.
    """
    waiting = ContactMoment.objects.waiting().select_related("topic")
    moment = waiting.select_for_update(skip_locked=True, of=("self",)).filter(pk=moment_id).first()
    if moment is None:
        return False
    with translation.override("nl"):
        body = render_to_string("email/portal/contact_message.txt", {"moment": moment})
    EmailMessage(
        subject=f"Vraag aan het netwerk: {' '.join(moment.topic.name.split())}",
        body=body,
        to=[moment.topic.email or settings.CONTACT_EMAIL],
        reply_to=[moment.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
    moment.forwarded_at = timezone.now()
    moment.save(update_fields=["forwarded_at"])
    return True


@transaction.atomic
def forget_old_messages(*, now: datetime) -> int:
    """Remove who wrote what from messages of more than a year ago; that there was a contact still counts."""
    old = ContactMoment.objects.filter(received_at__lt=now - RETENTION).exclude(message="")
    return old.update(name="", email="", organisation_name="", message="")
