"""What an issued publication said before it was corrected, and who may see the difference.

Comparing two versions shows the older one. That may have been for fewer readers, and a correction may have taken
away what should never have been there; so only those who could read the older version see what changed (A10).
"""

from typing import Any

from comms.differences import Difference, differences
from comms.enums import Tlp
from comms.models import Notice, NoticeState, Publication, Receipt
from comms.models.guards import CONTENT
from comms.models.visibility import NETWORK
from cwn.core.history import event_model
from cwn.core.visibility import principals_of
from partners.models.organisations import organisations_of


def compared_versions(publication: Publication, user: Any) -> list[Difference]:
    """Return what the present version changed, for a reader who could read the one before it; else nothing."""
    rows = _rows_of_version(publication, publication.version - 1)
    if not rows or not _could_read(publication, rows, user):
        return []
    return differences(_content(rows[-1]), _content(publication))


def _rows_of_version(publication: Publication, version: int) -> list[Any]:
    """Return everything the history knows of an issued version, oldest first."""
    if version < 1:
        return []
    events: Any = event_model(Publication)
    return list(events.objects.filter(pgh_obj_id=publication.pk, version=version).order_by("pgh_id"))


def _could_read(publication: Publication, rows: list[Any], user: Any) -> bool:
    """Tell whether somebody could read a version: under its strictest label, and before it made way."""
    label = max((Tlp(row.tlp) for row in rows), key=lambda one: one.strictness)
    if label == Tlp.CLEAR and _became_public(publication, rows[-1]):
        return True
    if label in (Tlp.CLEAR, Tlp.GREEN):
        return bool(principals_of(user).intersection(NETWORK))
    if Publication.objects.worked_on_by(user).filter(pk=publication.pk).exists():
        return True
    version = {"publication": publication, "version": rows[-1].version}
    return (
        Receipt.objects.filter(organisation__in=organisations_of(user), **version).exists()
        or Notice.objects.filter(user=user.pk, state=NoticeState.SENT, **version).exists()
    )


def _became_public(publication: Publication, last: Any) -> bool:
    """Tell whether a version for partners first was opened to everybody before it was corrected."""
    corrected_at = publication.corrected_at
    return last.public_from is None or corrected_at is None or last.public_from <= corrected_at


def _content(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CONTENT}
