"""The Werkgroep Communicatie: who sits in it, its sessions, and what was agreed there (R85)."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.steps import is_coordinator, require
from comms.planning.actions.editing import save_columns
from comms.planning.actions.mailing import mail_user
from comms.planning.dated import session_item
from comms.planning.enums import ActivityStatus, AttendanceState, SeatRole
from comms.planning.feeds import write_calendar
from comms.planning.models import ActionItem, SessionAttendance, WorkingGroupSeat, WorkingGroupSession, plans
from cwn.accounts.actions import grant_role, withdraw_role
from cwn.accounts.models import User
from cwn.accounts.roles import WORKING_GROUP
from cwn.delivery.actions.reminding import forget_reminders, remind
from cwn.delivery.clock import local_moment
from partners.models import Membership, Organisation

SESSION_COLUMNS = ("title", "starts_at", "ends_at", "form", "place", "agenda", "minutes")
#: A change of one of these is a move: calendars and people must hear of it.
WHEN_AND_WHERE = ("starts_at", "ends_at", "place")
#: Kind of the reminder of an action item, how long before its day it comes, and at what time.
ACTION_ITEM, BEFORE, MORNING = "actiepunt", timedelta(days=2), time(8)
OPEN = (ActivityStatus.TO_DO, ActivityStatus.BUSY)


def is_member_of(user: User, organisation: Organisation) -> bool:
    """Tell whether somebody is an active member of an active partner."""
    current = Membership.objects.current().filter(user=user, organisation=organisation)
    return organisation.is_partner and user.is_active and current.exists()


@transaction.atomic
def seat_member(
    *, organisation: Organisation, user: User, role: str = SeatRole.MEMBER, since: date | None = None, by: Any
) -> WorkingGroupSeat:
    """Give a member of a partner a seat, and with it the rights of the working group; coordinators do."""
    require(is_coordinator(by))
    if not is_member_of(user, organisation):
        raise ValidationError({"user": _("Kies iemand die nu lid is van een netwerkpartner.")})
    seat = WorkingGroupSeat(organisation=organisation, user=user, role=role, since=since or timezone.localdate())
    seat.full_clean()
    seat.save()
    grant_role(user, WORKING_GROUP, reason=_("Zetel in de werkgroep voor %s") % organisation.name, by=by)
    return seat


@transaction.atomic
def end_seat(seat: WorkingGroupSeat, *, until: date | None = None, by: Any) -> WorkingGroupSeat:
    """Take a seat away, and with it the rights; `by` is nobody when the clock sees that the member left the partner."""
    require(by is None or is_coordinator(by))
    current = WorkingGroupSeat.objects.select_for_update(of=("self",)).select_related("user").get(pk=seat.pk)
    if current.until is not None:
        raise ValidationError(_("Deze persoon is al geen lid van de werkgroep meer."))
    current.until = max(until or timezone.localdate(), current.since)
    current.save(update_fields=["until"])
    withdraw_role(current.user, WORKING_GROUP, reason=_("Zetel in de werkgroep beëindigd"), by=by)
    return current


def end_seats_of_who_left() -> int:
    """End the seats of people who are no active member of their partner any more, and return how many."""
    ended = 0
    for seat in WorkingGroupSeat.objects.filter(until=None).select_related("organisation", "user"):
        if not is_member_of(seat.user, seat.organisation):
            end_seat(seat, by=None)
            ended += 1
    return ended


@transaction.atomic
def plan_session(*, values: Mapping[str, Any], by: Any) -> WorkingGroupSession:
    """Plan a session and invite everybody who has a seat, by mail with a link to the page and a calendar file."""
    require(plans(by))
    session = WorkingGroupSession(**{name: value for name, value in values.items() if name in SESSION_COLUMNS})
    session.full_clean()
    session.save()
    seats = WorkingGroupSeat.objects.filter(until=None)
    SessionAttendance.objects.bulk_create(SessionAttendance(session=session, seat=seat) for seat in seats)
    _mail_seats(session, "session_planned", key="invite", by=by)
    return session


def _mail_seats(session: WorkingGroupSession, template: str, *, key: str, by: Any) -> None:
    """Mail everybody who has a seat, with the session as a file for the own calendar program."""
    path = reverse("session_detail", args=[session.uid])
    context = {"title": session.title, "starts_at": session.starts_at, "place": session.place, "path": path}
    item = session_item(session)
    for seat in WorkingGroupSeat.objects.filter(until=None).select_related("user").order_by("user__pk"):
        calendar = write_calendar([item], name=_("Werkgroep Communicatie"), language=seat.user.language).decode()
        mail_user(
            seat.user,
            key=f"session:{session.pk}:{key}:{seat.user_id}",
            subject_id=session.pk,
            template=template,
            context=context,
            by=by,
            calendar=calendar,
        )


@transaction.atomic
def save_session(
    session: WorkingGroupSession, *, values: Mapping[str, Any], edit_version: int, by: Any
) -> WorkingGroupSession:
    """Save agenda, minutes, moment and place; who has a seat hears of another moment or place, while it is ahead.

    Raises `StaleEditError` when another changed the same part meanwhile.
    """
    require(plans(by))
    current = WorkingGroupSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    stood = [getattr(current, name) for name in WHEN_AND_WHERE]
    save_columns(current, values=values, edit_version=edit_version, besides={})
    if stood != [getattr(current, name) for name in WHEN_AND_WHERE]:  # a calendar program must notice
        current.sequence += 1
        current.save(update_fields=["sequence"])
        if current.ends_at > timezone.now():
            _mail_seats(current, "session_moved", key=f"moved:{current.sequence}", by=by)
    return current


@transaction.atomic
def say_attendance(session: WorkingGroupSession, *, comes: bool, by: Any) -> SessionAttendance:
    """Say for oneself whether one comes."""
    require(plans(by))
    seat = WorkingGroupSeat.objects.filter(user=by, until=None).first()
    if seat is None:
        raise ValidationError(_("U hebt geen zetel in de werkgroep."))
    state = AttendanceState.COMING if comes else AttendanceState.EXCUSED
    return SessionAttendance.objects.update_or_create(session=session, seat=seat, defaults={"state": state})[0]


@transaction.atomic
def mark_attendance(session: WorkingGroupSession, *, present: set[int], by: Any) -> WorkingGroupSession:
    """Write down who came, by key of the seat; the chair, the secretary and coordinators do."""
    require(keeps_minutes(by))
    if session.starts_at > timezone.now():
        raise ValidationError(_("De sessie is nog niet begonnen."))
    for attendance in session.attendance.select_for_update():
        came = attendance.seat_id in present
        if not came and attendance.state == AttendanceState.EXCUSED:
            continue  # who said so was not simply absent
        attendance.state = AttendanceState.PRESENT if came else AttendanceState.ABSENT
        attendance.save(update_fields=["state"])
    return session


def keeps_minutes(user: Any) -> bool:
    """Tell whether somebody chairs or is secretary of the working group, or coordinates the network."""
    if is_coordinator(user):
        return True
    keepers = WorkingGroupSeat.objects.filter(until=None, role__in=[SeatRole.CHAIR, SeatRole.SECRETARY])
    return plans(user) and keepers.filter(user=user.pk).exists()


@transaction.atomic
def agree_action(session: WorkingGroupSession, *, what: str, who: User, due_on: date, by: Any) -> ActionItem:
    """Write down who does what before when; a reminder comes two days before."""
    require(plans(by))
    item = ActionItem(session=session, what=what.strip(), who=who, due_on=due_on)
    item.full_clean(exclude=["session"])
    item.save()
    remind(
        kind=ACTION_ITEM,
        object_id=item.pk,
        stage="twee-dagen-ervoor",
        due_at=local_moment(due_on - BEFORE, MORNING),
        useful_until=local_moment(due_on + timedelta(days=1), time(0)),
    )
    return item


@transaction.atomic
def set_action_status(item: ActionItem, *, status: str, by: Any) -> ActionItem:
    """Say how far an action item is; the one who does it and the keepers of the minutes say so."""
    require(plans(by) and (item.who_id == by.pk or keeps_minutes(by)))
    current = ActionItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    current.status = ActivityStatus(status)
    current.done_on = timezone.localdate() if current.status == ActivityStatus.DONE else None
    current.save(update_fields=["status", "done_on"])
    if current.status not in OPEN:
        forget_reminders(kind=ACTION_ITEM, object_id=item.pk)
    return current
