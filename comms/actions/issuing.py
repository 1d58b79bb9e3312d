"""From draft to the readers and out again: publish, schedule, withdraw, supersede, expire (R77, R110)."""

from copy import copy
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CheckConstraint
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.drafting import new_slug
from comms.actions.notifying import queue_notices
from comms.actions.steps import (
    demand_reason,
    is_coordinator,
    locked,
    represents_owner,
    require,
    require_status,
    take_step,
)
from comms.checking import errors_of
from comms.enums import UNFINISHED, PublicationStatus, Tlp
from comms.models import OPAQUE_SLUG, NoticeKind, Publication
from comms.models.cover_sheet import ELEMENTS
from comms.models.visibility import addressed_organisations
from comms.recipients import earlier_recipients_of, recipients_of

#: Statuses in which a publication can be taken back.
WITHDRAWABLE = (PublicationStatus.PUBLISHED, PublicationStatus.EXPIRED, PublicationStatus.SUPERSEDED)


def missing_elements(publication: Publication) -> dict[str, str]:
    """Return the elements of the cover sheet that are not filled yet, each with its sentence.

    Asks PostgreSQL the conditions of the constraints themselves, so a form never judges otherwise than the table.
    """
    trial = copy(publication)
    trial.status = PublicationStatus.PUBLISHED
    missing = {}
    for constraint in Publication._meta.constraints:
        if isinstance(constraint, CheckConstraint) and constraint.violation_error_code in ELEMENTS:
            try:
                constraint.validate(Publication, trial)
            except ValidationError as refusal:
                missing[str(constraint.violation_error_code)] = refusal.messages[0]
    return missing


def may_issue(publication: Publication, user: Any) -> bool:
    """Tell whether somebody may publish: a representative of the owner or a coordinator; of RED only its author."""
    if publication.tlp == Tlp.RED:
        return Publication.objects.editable_by(user).filter(pk=publication.pk).exists()
    return represents_owner(publication, user) or is_coordinator(user)


@transaction.atomic
def publish(publication: Publication, *, by: Any) -> Publication:
    """Issue a publication: from this moment its readers see it, and those who must know get a mail.

    Raises `ValidationError` with one sentence per element of the cover sheet that is missing, without an addressee,
    without the second person that its label asks for, or with errors that the content checker found.
    """
    current = locked(publication)
    require(may_issue(current, by))
    require_status(current, *UNFINISHED)
    require_ready(current)
    return _issue(current, by=by)


@transaction.atomic
def schedule(publication: Publication, *, at: datetime, by: Any) -> Publication:
    """Publish at a moment that is still to come; until then nobody else sees it (A24)."""
    current = locked(publication)
    require(may_issue(current, by))
    require_status(current, *UNFINISHED)
    if at <= timezone.now():
        raise ValidationError({"publish_at": _("Kies een moment dat nog komt.")})
    require_ready(current)
    return take_step(current, "schedule", by=by, status=PublicationStatus.SCHEDULED, publish_at=at)


@transaction.atomic
def unschedule(publication: Publication, *, by: Any) -> Publication:
    """Make a scheduled publication a draft again."""
    current = locked(publication)
    require(may_issue(current, by))
    require_status(current, PublicationStatus.SCHEDULED)
    return take_step(current, "unschedule", by=by, status=PublicationStatus.DRAFT, publish_at=None, approved_by=None)


def publish_due(now: datetime) -> int:
    """Issue what was scheduled until now and return how many; the clock asks this every minute.

    Each in its own transaction: one that fails does not hold the others back, and runs again the next minute.
    """
    issued = 0
    for key in Publication.objects.due(now).values_list("pk", flat=True):
        with transaction.atomic():
            current = (
                Publication.objects.select_for_update(of=("self",), skip_locked=True).due(now).filter(pk=key).first()
            )
            if current is not None:
                _issue(current, by=None)
                issued += 1
    return issued


def require_ready(publication: Publication) -> None:
    """Refuse what cannot be issued yet, with a sentence for each thing that is missing."""
    problems = text_problems(publication)
    if publication.tlp == Tlp.RED and not publication.named_readers.exists():
        problems["named_readers"] = [_("Noem minstens één persoon die dit mag lezen.")]
    if publication.tlp in (Tlp.AMBER, Tlp.AMBER_STRICT) and addressed_organisations(publication) == {
        publication.owner_id
    }:
        problems["addressed_organisations"] = [_("Kies voor welke organisaties of deelgroepen dit is.")]
    if problems:
        raise ValidationError(problems)


def text_problems(publication: Publication) -> dict[str, list[str]]:
    """Return what a text misses to be issued, by element of the sheet; what the checker found is under "checker"."""
    problems = {element: [sentence] for element, sentence in missing_elements(publication).items()}
    if errors := errors_of(publication):
        problems["checker"] = [finding.message for finding in errors]
    return problems


def _issue(publication: Publication, *, by: Any) -> Publication:
    """Issue it; what became restricted while it was written gets an address that tells nothing of the title."""
    tells_title = publication.tlp != Tlp.CLEAR and not publication.slug.startswith(OPAQUE_SLUG)
    take_step(
        publication,
        "publish",
        by=by,
        status=PublicationStatus.PUBLISHED,
        published_at=timezone.now(),
        version=publication.version + 1,
        slug=new_slug(publication) if tells_title else publication.slug,
    )
    queue_notices(publication, kind=NoticeKind.PUBLISHED, recipients=recipients_of(publication))
    return publication


@transaction.atomic
def withdraw(publication: Publication, *, reason: str, by: Any) -> Publication:
    """Take a publication back: its readers see that it is gone and why, and who got it is told."""
    current = locked(publication)
    require(may_issue(current, by))
    require_status(current, *WITHDRAWABLE)
    reason = demand_reason(reason, "withdrawal_reason")
    take_step(current, "withdraw", by=by, reason=reason, status=PublicationStatus.WITHDRAWN, withdrawal_reason=reason)
    queue_notices(current, kind=NoticeKind.WITHDRAWN, recipients=earlier_recipients_of(current))
    return current


@transaction.atomic
def supersede(publication: Publication, *, successor: Publication, reason: str, by: Any) -> Publication:
    """Point to a newer publication of the same organisation instead of this one."""
    current = locked(publication)
    require(may_issue(current, by))
    require_status(current, PublicationStatus.PUBLISHED, PublicationStatus.EXPIRED)
    if successor.owner_id != current.owner_id or successor.status != PublicationStatus.PUBLISHED:
        raise ValidationError({"successor": _("Kies een gepubliceerd bericht van dezelfde organisatie.")})
    reason = demand_reason(reason)
    return take_step(
        current,
        "supersede",
        by=by,
        reason=reason,
        status=PublicationStatus.SUPERSEDED,
        superseded_by=successor,
    )


def expire_overdue(today: date) -> int:
    """Let expire what was valid until yesterday and return how many; the clock asks this every night."""
    expired = 0
    for key in Publication.objects.overdue(today).values_list("pk", flat=True):
        with transaction.atomic():
            current = (
                Publication.objects.select_for_update(of=("self",), skip_locked=True)
                .overdue(today)
                .filter(pk=key)
                .first()
            )
            if current is not None:
                take_step(current, "expire", by=None, status=PublicationStatus.EXPIRED)
                expired += 1
    return expired


@transaction.atomic
def renew(publication: Publication, *, expires_on: date | None, reason: str, by: Any) -> Publication:
    """Say that an expired publication is valid again, or longer."""
    current = locked(publication)
    require(may_issue(current, by))
    require_status(current, PublicationStatus.EXPIRED, PublicationStatus.PUBLISHED)
    if expires_on is not None and expires_on <= timezone.localdate():
        raise ValidationError({"expires_on": _("Kies een dag die nog komt.")})
    reason = demand_reason(reason)
    return take_step(current, "renew", by=by, reason=reason, status=PublicationStatus.PUBLISHED, expires_on=expires_on)
