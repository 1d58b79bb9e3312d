"""A second pair of eyes: required for AMBER and stricter, welcome for everything else (security.md chapter 3)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comms.actions.notifying import queue_notices
from comms.actions.steps import (
    demand_reason,
    is_coordinator,
    is_editor,
    locked,
    represents_owner,
    require,
    require_status,
    take_step,
)
from comms.enums import PublicationStatus, Tlp
from comms.models import NoticeKind, Publication
from cwn.core.visibility import MEMBERS, principals_of


@transaction.atomic
def ask_review(publication: Publication, *, reviewer: Any, by: Any) -> Publication:
    """Ask somebody in the network to look at a draft; he or she can read it from now on.

    Of RED the author so names the one person who may see it before it is issued.
    """
    current = locked(publication)
    require(is_editor(current, by))
    require_status(current, PublicationStatus.DRAFT, PublicationStatus.IN_REVIEW)
    if reviewer.pk == current.author_id:
        raise ValidationError({"reviewer": _("Kies iemand anders. De auteur kan niet zelf beoordelen.")})
    if MEMBERS not in principals_of(reviewer) and not is_coordinator(reviewer):
        raise ValidationError({"reviewer": _("Deze persoon heeft nu geen toegang tot het netwerk.")})
    take_step(current, "ask_review", by=by, status=PublicationStatus.IN_REVIEW, reviewer=reviewer, approved_by=None)
    queue_notices(
        current,
        kind=NoticeKind.REVIEW_ASKED,
        recipients=[(reviewer.pk, None)],
        occasion=f"{current.edit_version}",
    )
    return current


def may_approve(publication: Publication, user: Any) -> bool:
    """Tell whether somebody's approval counts: the one who was asked, a representative, or a coordinator.

    Never the author. Of RED only the one who was asked.
    """
    if user.pk == publication.author_id:
        return False
    if user.pk == publication.reviewer_id:
        return Publication.objects.worked_on_by(user).filter(pk=publication.pk).exists()
    return publication.tlp != Tlp.RED and (is_coordinator(user) or represents_owner(publication, user))


@transaction.atomic
def approve(publication: Publication, *, by: Any) -> Publication:
    """Agree with this text; a change of the text afterwards takes the approval away (R76)."""
    current = locked(publication)
    require(may_approve(current, by))
    require_status(current, PublicationStatus.IN_REVIEW)
    return take_step(current, "approve", by=by, approved_by=by)


@transaction.atomic
def return_to_author(publication: Publication, *, reason: str, by: Any) -> Publication:
    """Ask for another version, and say why."""
    current = locked(publication)
    require(may_approve(current, by) or is_editor(current, by))
    require_status(current, PublicationStatus.IN_REVIEW)
    reason = demand_reason(reason)
    return take_step(
        current, "return_to_author", by=by, reason=reason, status=PublicationStatus.DRAFT, approved_by=None
    )
