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


def may_compare(publication: Publication, user: Any) -> bool:
    """Tell whether a reader of the present version could read the one before it, under its strictest label."""
    rows = _rows_before(publication).values_list("tlp", "public_from")
    if not rows:
        return False
    label = max((Tlp(tlp) for tlp, _public_from in rows), key=lambda one: one.strictness)
    if label == Tlp.CLEAR and _became_public(publication, list(rows)[-1][1]):
        return True
    if label in (Tlp.CLEAR, Tlp.GREEN):
        return bool(principals_of(user).intersection(NETWORK))
    return _got_it(publication, user)


def compared_versions(publication: Publication) -> list[Difference]:
    """Return what the present version changed; for who `may_compare`."""
    old = _rows_before(publication).last()
    return differences(_content(old), _content(publication)) if old else []


def _rows_before(publication: Publication) -> Any:
    """Return everything the history knows of the issued version before this one, oldest first."""
    events: Any = event_model(Publication)
    before = publication.version - 1
    return events.objects.filter(pgh_obj_id=publication.pk, version=before, version__gte=1).order_by("pgh_id")


def _got_it(publication: Publication, user: Any) -> bool:
    """Tell whether somebody works on it, or the version before it reached the person or the organisation."""
    if Publication.objects.worked_on_by(user).filter(pk=publication.pk).exists():
        return True
    before = {"publication": publication, "version": publication.version - 1}
    return (
        Receipt.objects.filter(organisation__in=organisations_of(user), **before).exists()
        or Notice.objects.filter(user=user.pk, state=NoticeState.SENT, **before).exists()
    )


def _became_public(publication: Publication, public_from: Any) -> bool:
    """Tell whether a version for partners first was opened to everybody before it was corrected."""
    corrected_at = publication.corrected_at
    return public_from is None or corrected_at is None or public_from <= corrected_at


def _content(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CONTENT}
