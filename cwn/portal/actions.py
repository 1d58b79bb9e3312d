"""What happens with messages from the contact form, and with answers: adopted by a coordinator."""

from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from cwn.portal.models import ContactMoment, ContactMomentState, Question, QuestionState

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
def mark_answered(moment: ContactMoment, *, by: Any) -> ContactMoment:
    """Note that somebody answered a message; it leaves the pile of new ones."""
    if not by.has_perm("portal.change_contactmoment"):
        raise PermissionDenied
    moment.state = ContactMomentState.ANSWERED
    with pghistory.context(user=by.pk):
        moment.save(update_fields=["state"])
    return moment


@transaction.atomic
def adopt_answer(question: Question, *, by: Any) -> Question:
    """Make the concept of an answer the answer of the network (R15)."""
    if not by.has_perm("portal.change_question"):
        raise PermissionDenied
    question.state = QuestionState.ADOPTED
    with pghistory.context(user=by.pk):
        question.save(update_fields=["state", "updated_at"])
    return question


@transaction.atomic
def forget_old_messages(*, now: datetime) -> int:
    """Remove who wrote what from messages of more than a year ago; that there was a contact still counts."""
    old = ContactMoment.objects.filter(received_at__lt=now - RETENTION).exclude(message="")
    return old.update(name="", email="", organisation_name="", message="")
