"""Mails of the desk to people: asked for a place, invited to a session, reminded of what was agreed.

They go through the outbox, hold no more than title and link, and an item of TLP:AMBER never gets into one.
"""

from typing import Any

from cwn.accounts.models import User
from cwn.delivery.actions.queueing import queue_mail
from cwn.delivery.models import Mailing
from partners.models import Membership, Organisation

#: Kind of these mails in the outbox.
REQUEST = "planning-request"


def mail_user(
    user: User,
    *,
    key: str,
    subject_id: int,
    template: str,
    context: dict[str, Any],
    by: Any = None,
    calendar: str = "",
) -> Mailing:
    """Put one mail in the outbox, with a calendar file if there is one; the same key twice is one mail."""
    return queue_mail(
        key=f"{REQUEST}:{key}",
        kind=REQUEST,
        template=f"email/planning/{template}",
        context={"name": user.name, **context},
        to=user.email,
        user=user,
        language=user.language,
        object_id=subject_id,
        by=by,
        calendar=calendar,
    )


def mail_representatives(
    organisation: Organisation, *, subject_id: int, template: str, context: dict[str, Any], by: Any
) -> int:
    """Put a mail to everybody who may act for an organisation in the outbox, and return how many."""
    current = Membership.objects.current().representatives().filter(organisation=organisation, user__is_active=True)
    for membership in current.select_related("user").order_by("user__pk"):
        key = f"{template}:{subject_id}:user:{membership.user_id}"
        mail_user(membership.user, key=key, subject_id=subject_id, template=template, context=context, by=by)
    return current.count()
