"""Reaching a milestone and celebrating it: a draft, a line for the timeline and an idea in the calendar (R88, R89)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.drafting import create_draft, discard_draft
from comms.enums import PublicationKind, PublicationStatus, Tlp
from comms.models import Publication
from comms.planning.enums import CelebrationState, EntryReaders, EntryStatus, MilestoneStatus
from comms.planning.models import CalendarEntry, Celebration, Milestone, plans
from partners.models import Organisation

#: Days after reaching it that the celebration is proposed for.
DAYS_AFTER = 7


@transaction.atomic
def reach_milestone(milestone: Milestone, *, on: date, owner: Organisation | None, by: Any) -> Celebration:
    """Say that a milestone was reached, and propose how to celebrate it.

    `owner` is the organisation of whoever does it: the draft and the idea are its. Somebody without one, such as a
    coordinator, proposes the line for the timeline only. Raises `ValidationError` for a day that is still to come and
    for a milestone that was reached or dropped already.
    """
    current = _locked(milestone, by)
    if current.status != MilestoneStatus.AHEAD:
        raise ValidationError(_("Deze mijlpaal is al bereikt of vervallen."))
    if on > timezone.localdate():
        raise ValidationError({"on": _("Deze dag moet nog komen.")})
    current.status, current.reached_on = MilestoneStatus.REACHED, on
    publication = None
    if owner is not None:
        publication = _draft(current, owner, by)
        if current.celebration_entry_id is None:
            current.celebration_entry = _idea(current, publication, owner, by)
    current.sequence += 1
    current.save()
    return Celebration.objects.create(
        milestone=current, publication=publication, timeline_text=_("Bereikt: %(title)s") % {"title": current.title}
    )


@transaction.atomic
def accept_celebration(celebration: Celebration, *, timeline_text: str, by: Any) -> Celebration:
    """Take the proposal over: from now on the timeline has the line; the draft is finished at the desk."""
    current = _proposed(celebration, by)
    current.timeline_text = timeline_text.strip()
    return _decide(current, CelebrationState.ACCEPTED, by)


@transaction.atomic
def decline_celebration(celebration: Celebration, *, reason: str, by: Any) -> Celebration:
    """Do not celebrate, and say why; a draft and an idea that nobody worked on go away."""
    current = _proposed(celebration, by)
    current.reason = reason.strip()
    # Somebody of another organisation may not see the draft; then it is for its author to throw away.
    drafts = Publication.objects.editable_by(by).filter(pk=current.publication_id or 0)
    draft = drafts.filter(status=PublicationStatus.DRAFT, edit_version=1).first()
    if draft is not None:
        current.publication = None
        current.save(update_fields=["publication"])
        discard_draft(draft, by=by)
    ideas = CalendarEntry.objects.editable_by(by).filter(status=EntryStatus.IDEA, edit_version=1)
    ideas.filter(pk=current.milestone.celebration_entry_id or 0).update(removed_at=timezone.now())
    return _decide(current, CelebrationState.DECLINED, by)


def _locked(milestone: Milestone, by: Any) -> Milestone:
    if not plans(by):
        raise PermissionDenied
    return Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)


def _proposed(celebration: Celebration, by: Any) -> Celebration:
    if not plans(by):
        raise PermissionDenied
    current = Celebration.objects.select_for_update(of=("self",)).get(pk=celebration.pk)
    if current.state != CelebrationState.PROPOSED:
        raise ValidationError(_("Over deze viering is al besloten."))
    return current


def _decide(celebration: Celebration, state: CelebrationState, by: Any) -> Celebration:
    celebration.state, celebration.decided_by = state, by
    celebration.full_clean(exclude=["milestone", "publication", "decided_by"])
    celebration.save()
    return celebration


def _label(milestone: Milestone) -> Tlp:
    return Tlp.CLEAR if milestone.readers == EntryReaders.PUBLIC else Tlp.GREEN


def _draft(milestone: Milestone, owner: Organisation, by: Any) -> Publication:
    title = _("Mijlpaal bereikt: %(title)s") % {"title": milestone.title}
    return create_draft(owner=owner, kind=PublicationKind.NEWS, title=title[:200], tlp=_label(milestone), by=by)


def _idea(milestone: Milestone, publication: Publication, owner: Organisation, by: Any) -> CalendarEntry:
    day = (milestone.reached_on or milestone.due_on) + timedelta(days=DAYS_AFTER)
    title = _("Vier: %(title)s") % {"title": milestone.title}
    return CalendarEntry.objects.create(
        title=title[:200],
        starts_at=timezone.make_aware(datetime.combine(day, time(10))),
        content=milestone.description,
        tlp=_label(milestone),
        owner=owner,
        person=by,
        functions=[milestone.function],
        publication=publication,
        created_by=by,
    )
