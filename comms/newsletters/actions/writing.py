"""Writing an issue: its subject and introduction, for whom it is, and when it leaves."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.steps import merged, require
from comms.newsletters.enums import UNFINISHED, IssueStatus
from comms.newsletters.models import ISSUE_TEXT, Issue, IssueItem
from comms.newsletters.segments import checked_segment
from comms.planning.models import plans
from comms.subscriptions.models import Newsletter
from cwn.core.history import event_model


@transaction.atomic
def create_issue(*, newsletter: Newsletter, subject: str, own_tlp: str, language: str = "nl", by: Any) -> Issue:
    """Begin the next issue of a newsletter; a list for everybody takes no other label than CLEAR."""
    require(plans(by))
    require_ceiling(newsletter, own_tlp)
    Newsletter.objects.select_for_update().get(pk=newsletter.pk)  # two who begin at once get two numbers
    last = Issue.objects.filter(newsletter=newsletter).aggregate(last=Max("number"))["last"] or 0
    issue = Issue(
        newsletter=newsletter,
        number=last + 1,
        subject=subject.strip(),
        own_tlp=own_tlp,
        tlp=own_tlp,
        language=language,
        created_by=by,
        last_edited_by=by,
    )
    issue.full_clean()
    issue.save()
    return issue


def locked(issue: Issue) -> Issue:
    """Return the row as it is now, held until the transaction ends."""
    return Issue.objects.select_for_update(of=("self",)).select_related("newsletter").get(pk=issue.pk)


def held_by_editor(issue: Issue, by: Any) -> Issue:
    """Return the row, held, for somebody who may change it; after the approval nobody may."""
    current = locked(issue)
    require(plans(by))
    if current.status not in UNFINISHED:
        raise ValidationError(_("Deze editie kunt u niet meer veranderen. Haal haar eerst terug."))
    return current


def require_ceiling(newsletter: Newsletter, label: str) -> None:
    """Refuse a label that the newsletter does not carry (security.md chapter 3)."""
    if newsletter.label_ceiling == "clear" and label != "clear":
        raise ValidationError({
            "own_tlp": _("In %(newsletter)s staat alleen TLP:CLEAR.") % {"newsletter": newsletter.label}
        })  # fmt: skip


@transaction.atomic
def save_issue(issue: Issue, *, values: Mapping[str, Any], edit_version: int, by: Any) -> Issue:
    """Save what an editor wrote, by hand or by itself while writing.

    What two editors changed in different boxes is kept from both; where both changed the same box nothing is written
    and `StaleEditError` lets the merge page ask.
    """
    current = held_by_editor(issue, by)
    columns = {name: value for name, value in values.items() if name in ISSUE_TEXT}
    if edit_version != current.edit_version:
        base = text_at(current, edit_version)
        stands = {name: getattr(current, name) for name in columns}
        columns = merged(columns, base=base, stands=stands, edit_version=current.edit_version)
    require_ceiling(current.newsletter, columns.get("own_tlp", current.own_tlp))
    for name, value in columns.items():
        setattr(current, name, value)
    current.edit_version += 1
    current.last_edited_by = by
    current.clean_fields(exclude=["campaign"])
    current.save(update_fields=[*columns, "edit_version", "last_edited_by", "updated_at"])
    current.refresh_from_db(fields=["tlp"])
    return current


def text_at(row: Any, edit_version: int) -> dict[str, Any]:
    """Return what an issue said when it had an edit version; empty when that never was."""
    events: Any = event_model(type(row))
    event = events.objects.filter(pgh_obj_id=row.pk, edit_version=edit_version).order_by("-pgh_id").first()
    return {name: getattr(event, name) for name in ISSUE_TEXT} if event else {}


@transaction.atomic
def choose_segment(issue: Issue, *, segment: Any, by: Any) -> Issue:
    """Say for whom an issue is."""
    current = held_by_editor(issue, by)
    current.segment = checked_segment(segment)
    return touched(current, by, "segment")


@transaction.atomic
def choose_moment(issue: Issue, *, at: datetime | None, by: Any) -> Issue:
    """Say when an issue leaves; nothing means as soon as it is approved and nobody took it back."""
    current = held_by_editor(issue, by)
    if at is not None and at <= timezone.now():
        raise ValidationError({"send_at": _("Dit moment is al voorbij.")})
    current.send_at = at
    return touched(current, by, "send_at")


def touched(issue: Issue, by: Any, *columns: str) -> Issue:
    """Save columns and remember who was the last to change something: that person cannot approve."""
    issue.last_edited_by = by
    issue.save(update_fields=[*columns, "last_edited_by", "updated_at"])
    issue.refresh_from_db(fields=["tlp"])
    return issue


@transaction.atomic
def discard_issue(issue: Issue, *, by: Any) -> None:
    """Throw away what was never approved; the history keeps it."""
    current = held_by_editor(issue, by)
    if current.run > 1:
        current.status = IssueStatus.CANCELLED
        touched(current, by, "status")
        return
    forget_pictures(current.items.all())  # type: ignore[attr-defined]
    current.delete()


def forget_pictures(items: Iterable[IssueItem]) -> None:
    """Delete the files of pictures once their rows are gone for sure."""
    for item in items:
        if item.picture:
            transaction.on_commit(partial(item.picture.storage.delete, str(item.picture.name)))
