"""Keeping the year plan: moments, milestones, the ambition of a year and the activities of the phases (R88, R109)."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.planning.enums import ActivityStatus, MilestoneStatus
from comms.planning.models import KeyMoment, Milestone, PhaseActivity, YearPlan, plans

Row = TypeVar("Row", KeyMoment, Milestone)


@transaction.atomic
def save_moment(moment: KeyMoment, *, values: Mapping[str, Any], by: Any) -> KeyMoment:
    """Add a key moment or change one."""
    return _save(moment, values, by)


@transaction.atomic
def remove_moment(moment: KeyMoment, *, by: Any) -> None:
    """Take a moment out of the year; calendar files say for a month that it is cancelled."""
    _require(by)
    moment.delete()


@transaction.atomic
def save_milestone(milestone: Milestone, *, values: Mapping[str, Any], by: Any) -> Milestone:
    """Add a milestone or change one; reaching it is `reach_milestone`."""
    return _save(milestone, values, by)


@transaction.atomic
def drop_milestone(milestone: Milestone, *, by: Any) -> Milestone:
    """Give a milestone up that was not reached yet; it stays readable for who plans."""
    _require(by)
    current = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if current.status != MilestoneStatus.AHEAD:
        raise ValidationError(_("Alleen een mijlpaal die nog komt, kan vervallen."))
    return _save(current, {"status": MilestoneStatus.DROPPED}, by)


@transaction.atomic
def set_ambition(year: int, *, ambition: str, by: Any) -> YearPlan:
    """Say what the network wants to reach in a year."""
    _require(by)
    plan, _made = YearPlan.objects.update_or_create(year=year, defaults={"ambition": ambition.strip()})
    return plan


@transaction.atomic
def set_activity(activity: PhaseActivity, *, status: str, note: str = "", by: Any) -> PhaseActivity:
    """Say how far an activity of a phase is; the day on which it was done is kept."""
    _require(by)
    current = PhaseActivity.objects.select_for_update().get(pk=activity.pk)
    is_done = status == ActivityStatus.DONE
    current.status, current.note = status, note.strip()
    current.done_on = (current.done_on or timezone.localdate()) if is_done else None
    current.full_clean(exclude=["phase", "what"])
    current.save()
    return current


def _save(row: Row, values: Mapping[str, Any], by: Any) -> Row:
    """Write a row; one that stood already gets the next number, by which calendar programs see the change."""
    _require(by)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if row.pk and changed:
        row.sequence += 1
    row.full_clean(exclude=["uid", "celebration_entry"])
    if changed or not row.pk:
        row.save()
    return row


def _require(by: Any) -> None:
    if not plans(by):
        raise PermissionDenied
