"""After the approval: take back, pause, go on, stop."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comms.actions.steps import demand_reason, require
from comms.newsletters.actions.writing import locked
from comms.newsletters.enums import IssueStatus
from comms.newsletters.models import Issue
from comms.planning.models import plans
from cwn.core.guard import as_the_portal
from cwn.delivery.actions.controlling import cancel, pause, resume
from cwn.delivery.enums import ENDED
from cwn.delivery.models import Mailing


def mailing_of(issue: Issue) -> Mailing | None:
    """Return the mailing of the run that is going on, without who gets it."""
    with as_the_portal():
        return Mailing.objects.filter(key=issue.mailing_key).first()


@transaction.atomic
def take_back(issue: Issue, *, by: Any) -> Issue:
    """Make it a draft again while nothing has left; the next approval is a new run."""
    current, mailing = _held(issue, by)
    if current.status != IssueStatus.SCHEDULED or mailing.started_at is not None:
        raise ValidationError(_("De eerste mails zijn al weg. U kunt de verzending nog wel stoppen."))
    with as_the_portal():
        cancel(mailing, reason=_("Teruggehaald door de redactie"), by=by)
    current.status, current.approved_by, current.run = IssueStatus.DRAFT, None, current.run + 1
    current.save(update_fields=["status", "approved_by", "run", "updated_at"])
    return current


@transaction.atomic
def pause_sending(issue: Issue, *, reason: str, by: Any) -> Issue:
    """Hold back what has not left yet."""
    current, mailing = _held(issue, by)
    reason = demand_reason(reason)
    with as_the_portal():
        pause(mailing, reason=reason, by=by)
    return current


@transaction.atomic
def resume_sending(issue: Issue, *, by: Any) -> Issue:
    """Go on after a pause."""
    current, mailing = _held(issue, by)
    with as_the_portal():
        resume(mailing, by=by)
    return current


@transaction.atomic
def stop_sending(issue: Issue, *, reason: str, by: Any) -> Issue:
    """End it for good: who has it keeps it, nobody else gets it."""
    current, mailing = _held(issue, by)
    reason = demand_reason(reason)
    with as_the_portal():
        cancel(mailing, reason=reason, by=by)
    current.status = IssueStatus.CANCELLED
    current.save(update_fields=["status", "updated_at"])
    return current


def _held(issue: Issue, by: Any) -> tuple[Issue, Mailing]:
    require(plans(by))
    current = locked(issue)
    mailing = mailing_of(current)
    if mailing is None or mailing.state in ENDED:
        raise ValidationError(_("Er wordt niets verstuurd."))
    return current, mailing
