"""Correcting what was issued: readers keep the old text until the new one is done, then the same people hear of it.

A correction is written beside the publication and becomes its next version in one step (R76).
"""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.drafting import content_of
from comms.actions.issuing import may_issue, text_problems
from comms.actions.notifying import queue_notices
from comms.actions.review import may_approve
from comms.actions.steps import (
    demand_reason,
    is_editor,
    locked,
    merged,
    require,
    require_status,
    take_step,
)
from comms.enums import PublicationStatus
from comms.models import Correction, NoticeKind, Publication
from comms.models.guards import CONTENT
from comms.recipients import earlier_recipients_of
from cwn.core.history import event_model


def open_correction(publication: Publication) -> Correction | None:
    """Return the correction that is being written, if there is one."""
    return publication.corrections.filter(published_at=None, dropped_at=None).first()  # type: ignore[attr-defined]


def with_content(publication: Publication, content: Mapping[str, Any]) -> Publication:
    """Return a copy of a publication that says something else, to show or to bind a form to; never to save."""
    other = copy(publication)
    other._state = copy(publication._state)
    for name in CONTENT:
        if name in content:
            setattr(other, name, content[name])
    return other


@transaction.atomic
def start_correction(publication: Publication, *, by: Any) -> Correction:
    """Begin a correction with the text as it stands, or go on with the one that is open."""
    current = locked(publication)
    require(is_editor(current, by))
    require_status(current, PublicationStatus.PUBLISHED, PublicationStatus.EXPIRED)
    return open_correction(current) or Correction.objects.create(
        publication=current, content=content_of(current), author=by
    )


@transaction.atomic
def save_correction(correction: Correction, *, values: Mapping[str, Any], edit_version: int, by: Any) -> Correction:
    """Save what an editor wrote in a correction; an approval that was given no longer counts.

    As with a draft, edits of different fields by two people are both kept; `StaleEditError` when they clash.
    """
    current = _locked(correction)
    require(is_editor(current.publication, by))
    changes = {name: value for name, value in values.items() if name in CONTENT}
    if edit_version != current.edit_version:
        base = _content_at(current, edit_version)
        changes = merged(changes, base=base, stands=current.content, edit_version=current.edit_version)
    with_content(current.publication, changes).clean_fields(
        exclude=[field.name for field in Publication._meta.fields if field.name not in changes]
    )
    if "note" in values:
        current.note = str(values["note"])[:1000]
    current.content = current.content | changes
    current.edit_version += 1
    current.approved_by = None
    current.save()
    return current


def _locked(correction: Correction) -> Correction:
    """Return an open correction, held; a finished one is refused."""
    current = Correction.objects.select_for_update(of=("self",)).select_related("publication").get(pk=correction.pk)
    if current.published_at or current.dropped_at:
        raise ValidationError(_("Deze correctie is al klaar."))
    return current


def _content_at(correction: Correction, edit_version: int) -> dict[str, Any]:
    """Return what a correction said when it had an edit version; empty when that never was."""
    events: Any = event_model(Correction)
    event = events.objects.filter(pgh_obj_id=correction.pk, edit_version=edit_version).order_by("-pgh_id").first()
    return event.content if event else {}


@transaction.atomic
def approve_correction(correction: Correction, *, by: Any) -> Correction:
    """Agree with the new text; never the one who wrote it."""
    current = _locked(correction)
    require(may_approve(current.publication, by) and by.pk != current.author_id)
    current.approved_by = by
    current.save(update_fields=["approved_by"])
    return current


@transaction.atomic
def publish_correction(correction: Correction, *, note: str, by: Any) -> Publication:
    """Make the new text the next version and tell exactly those who got an earlier one.

    `note` says what changed and why; readers see it. Raises `ValidationError` as `publish` does.
    """
    current = _locked(correction)
    publication = locked(current.publication)
    require(may_issue(publication, by))
    require_status(publication, PublicationStatus.PUBLISHED, PublicationStatus.EXPIRED)
    note = demand_reason(note, "note")
    if current.content == content_of(publication):
        raise ValidationError(_("Er is nog niets veranderd."))
    if publication.label.needs_second_person and current.approved_by is None:
        raise ValidationError(_("Een tweede persoon moet akkoord geven. Dat is nooit de auteur."))
    if problems := text_problems(with_content(publication, current.content)):
        raise ValidationError(problems)
    now = timezone.now()
    told = earlier_recipients_of(publication)
    take_step(
        publication,
        "correct",
        by=by,
        reason=note,
        **{name: current.content[name] for name in CONTENT},
        version=publication.version + 1,
        correction_note=note,
        corrected_at=now,
        edit_version=publication.edit_version + 1,
    )
    current.note, current.published_at = note, now
    current.save(update_fields=["note", "published_at"])
    queue_notices(publication, kind=NoticeKind.CORRECTED, recipients=told)
    return publication


@transaction.atomic
def drop_correction(correction: Correction, *, by: Any) -> Correction:
    """Throw a correction away; the publication stays as it is."""
    current = _locked(correction)
    require(is_editor(current.publication, by))
    current.dropped_at = timezone.now()
    current.save(update_fields=["dropped_at"])
    return current
