"""The log book of what must be accounted for: who read, got or changed what is restricted (security.md chapter 6).

Each line holds the digest of the line before it. The database makes the digest, numbers the lines without a gap and
lets one writer at a time do so until its transaction ends: record as the last thing that a request does.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection, models

from cwn.core.models import AuditEntry

#: One line as the database hashes it (core/migrations/0003_audit.py says the same); the order is fixed for ever.
LINE = """
    jsonb_build_array(previous, id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), verb, kind, object_id,
                      actor_id, organisation_id, detail)::text
"""


def record(
    verb: str,
    *,
    kind: str,
    object_id: int,
    by: Any,
    organisation_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add a line: what somebody did to which thing; `detail` holds keys and numbers, never text."""
    return AuditEntry.objects.create(
        verb=verb,
        kind=kind,
        object_id=object_id,
        actor_id=getattr(by, "pk", None),
        organisation_id=organisation_id,
        detail=dict(detail or {}),
    )


def head() -> str:
    """Return number and digest of the last line, to be kept elsewhere: it shows later that no line was cut off."""
    last = AuditEntry.objects.order_by("id").last()
    return f"{last.pk}:{last.digest}" if last else "0:"


def broken_lines(known_head: str = "") -> Iterator[str]:
    """Yield what is wrong with the chain, the first broken line first; nothing when it holds.

    The digests are computed here and not in the database, so whoever rewrites that must rewrite every line after it,
    and a head that was kept elsewhere tells even so. Raises `ValueError` for a head that cannot be read.
    """
    number, wanted = _parsed(known_head)
    expected, previous = 1, ""
    for row in _lines():
        if row.pk != expected:
            yield f"line {expected} is missing"
        if row.previous != previous:
            yield f"line {row.pk} does not follow the line before it"
        if row.digest != hashlib.sha256(row.line.encode()).hexdigest():
            yield f"line {row.pk} was changed"
        if row.pk == number and row.digest != wanted:
            yield f"line {row.pk} is not the line that was kept elsewhere"
        expected, previous = row.pk + 1, row.digest
    if number >= expected:
        yield f"the lines after {expected - 1} are missing"


def _lines() -> Iterator[Any]:
    text = models.expressions.RawSQL(LINE, (), output_field=models.TextField())  # noqa: S611  a constant
    return AuditEntry.objects.order_by("id").annotate(line=text).iterator(chunk_size=5_000)


def _parsed(head: str) -> tuple[int, str]:
    if not head:
        return 0, ""
    number, _colon, digest = head.partition(":")
    return int(number), digest


def is_chained() -> bool:
    """Tell whether the database still has the triggers on which the chain stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'core_auditentry'::regclass AND tgenabled = 'O' "
            "AND tgname IN ('audit_is_chained', 'audit_is_append_only', 'audit_is_not_emptied')"
        )
        return bool(cursor.fetchone()[0] == 3)
