"""Letting a finding of the calendar be, with a reason, and coming back on that (R87)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from comms.planning.models import AcceptedFinding, CalendarRule, plans


@transaction.atomic
def accept_finding(rule: CalendarRule, *, key: str, reason: str, by: Any) -> AcceptedFinding:
    """Write down why something that a rule found may stay; a second reason replaces the first."""
    if not plans(by):
        raise PermissionDenied
    accepted, _made = AcceptedFinding.objects.update_or_create(
        rule=rule, key=key, defaults={"reason": reason.strip(), "by": by}
    )
    return accepted


@transaction.atomic
def take_back(accepted: AcceptedFinding, *, by: Any) -> None:
    """Let the rule speak again; the history keeps what was said."""
    if not plans(by):
        raise PermissionDenied
    accepted.delete()
