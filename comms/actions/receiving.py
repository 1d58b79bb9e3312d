"""That a publication was read or fetched: what is kept of it, and of whom.

Downloads are counted per day. Per organisation is kept what must reach one. In the audit log stands who opened what
its label restricts; nobody is followed otherwise (D08).

All of it is upkeep beside the page: it is written with the rights of the portal, and when it fails the reader still
gets what he or she asked for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import structlog
from django.db import DatabaseError, connection
from django.utils import timezone

from comms.enums import RESTRICTED, ReceiptChannel
from comms.models import Publication, Receipt
from comms.models.visibility import addressed_organisations
from cwn.core.audit import record
from cwn.core.guard import as_the_portal
from cwn.core.models import AuditEntry
from partners.models.organisations import organisations_of

log = structlog.get_logger("cwn.comms")

#: Somebody who comes back to a page within this time still reads the same copy.
SAME_READING = timedelta(hours=1)
COUNT = """
    INSERT INTO comms_download (publication_id, what, day, count) VALUES (%s, %s, %s, 1)
    ON CONFLICT (publication_id, what, day) DO UPDATE SET count = comms_download.count + 1
"""


def note_reading(publication: Publication, *, by: Any) -> None:
    """Note that a page was opened: AMBER and stricter only, nothing is kept of who reads the rest."""
    if publication.tlp not in RESTRICTED:
        return
    with _beside_the_page():
        note_receipt(publication, channel=ReceiptChannel.PAGE, by=by)
        if not _is_reading(publication, by):
            record("read", kind="publication", object_id=publication.pk, by=by, detail={"version": publication.version})


def note_download(publication: Publication, *, what: str, channel: ReceiptChannel, by: Any) -> None:
    """Count a download and note the organisations that now have it; AMBER and stricter goes into the audit log.

    `what` is "oplegger", "doorstuurpakket", or "bijlage:<key>:<number>".
    """
    with _beside_the_page():
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [publication.pk, what, timezone.localdate()])
        note_receipt(publication, channel=channel, by=by)
        if publication.tlp in RESTRICTED:
            detail = {"version": publication.version, "what": what}
            record("download", kind="publication", object_id=publication.pk, by=by, detail=detail)


def note_receipt(publication: Publication, *, channel: ReceiptChannel, by: Any) -> None:
    """Note once per version and way that the organisations of a reader have it; a correction goes to them.

    The owner has it anyway. Of AMBER and stricter only addressed organisations count, and RED is for persons.
    """
    organisations = set(organisations_of(by)) - {publication.owner_id} if publication.is_issued else set()
    if organisations and publication.tlp in RESTRICTED:
        organisations &= addressed_organisations(publication)
    Receipt.objects.bulk_create(
        [
            Receipt(publication=publication, version=publication.version, organisation_id=key, channel=channel)
            for key in sorted(organisations)
        ],
        ignore_conflicts=True,
    )


def _is_reading(publication: Publication, by: Any) -> bool:
    """Tell whether the log book already says that this person is reading this version."""
    lines = AuditEntry.objects.filter(verb="read", kind="publication", object_id=publication.pk, actor_id=by.pk)
    since = timezone.now() - SAME_READING
    return lines.filter(at__gt=since, detail__version=publication.version).exists()


@contextmanager
def _beside_the_page() -> Iterator[None]:
    try:
        with as_the_portal():
            yield
    except DatabaseError as problem:
        log.error("reading_not_noted", problem=type(problem).__name__)
