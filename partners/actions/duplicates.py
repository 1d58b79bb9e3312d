"""Organisations that may be in the registry twice: found by the database, decided by a coordinator (R19)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from partners.enums import DuplicateState
from partners.models import DuplicateCandidate, Organisation

#: From which trigram similarity (0 to 1) two names look like one.
NAME_SIMILARITY = 0.7
#: Pairs of names that are compared letter by letter at once: about a second of work. In a larger set only names
#: that are the same without their legal form count as similar.
MOST_NAME_PAIRS = 5_000_000
#: Number of the lock that lets one process at a time compare the whole registry.
REGISTRY_LOCK = 19_180_731
#: A value that more organisations share says nothing: a parent's mail domain, a hosting provider.
MOST_SHARED = 5
#: Mail domains of providers; half the small organisations have one.
PUBLIC_MAIL_DOMAINS = (
    "gmail.com", "hotmail.com", "outlook.com", "live.nl", "ziggo.nl", "kpnmail.nl", "planet.nl", "hetnet.nl",
    "xs4all.nl", "icloud.com", "yahoo.com", "proton.me",
)  # fmt: skip

#: What makes two organisations suspect: a reason, and the SQL of the value that they share.
_SHARED_VALUES = {
    "KvK-nummer": "nullif(kvk_number, '')",
    "maildomein": "nullif(CASE WHEN email_domain = ANY(%(public_mail)s) THEN '' ELSE lower(email_domain) END, '')",
    "website": r"lower(substring(website from '^https?://(?:www\.)?([^/:?#]+)'))",
    "naam": r"""nullif(regexp_replace(lower(name),
        '\m(stichting|vereniging|co[öo]peratie|b\.?v|n\.?v)\M|[[:space:][:punct:]]+', '', 'g'), '')""",
}
_SHARED = """
    SELECT least(one.id, other.id) AS first_id, greatest(one.id, other.id) AS second_id, '{reason}' AS reason
      FROM (SELECT unnest(ids) AS id, ids FROM (
               SELECT array_agg(id) AS ids FROM partners_organisation WHERE {value} IS NOT NULL
                GROUP BY {value} HAVING count(*) BETWEEN 2 AND %(most)s) same) one
      CROSS JOIN LATERAL unnest(one.ids) AS other (id)
     WHERE one.id < other.id AND (%(keys)s::bigint[] IS NULL OR one.id = ANY(%(keys)s) OR other.id = ANY(%(keys)s))
"""
_SIMILAR_NAMES = """
    SELECT least(id, other_id), greatest(id, other_id), 'naam'
      FROM (SELECT one.id, other.id AS other_id, count(*) OVER (PARTITION BY one.id) AS alike
              FROM partners_organisation one
              JOIN partners_organisation other ON other.name %% one.name AND one.id <> other.id
             WHERE one.id = ANY(%(keys)s)) near
     WHERE alike < %(most)s
"""


@transaction.atomic
def find_duplicates(*, among: Iterable[int] | None = None) -> int:
    """Propose pairs that may be one organisation and return how many are new.

    `among` holds primary keys, of an import or an application: only their pairs are sought. Without it
    the whole registry is compared with itself. A pair that a coordinator has judged stays judged, and
    organisations of the demo network are never taken for real ones.
    """
    total = Organisation.objects.count()
    keys = None if among is None else sorted(set(among))
    questions = [_SHARED.format(reason=reason, value=value) for reason, value in _SHARED_VALUES.items()]
    if (total if keys is None else len(keys)) * total <= MOST_NAME_PAIRS:
        questions.append(_SIMILAR_NAMES)
        keys = keys if keys is not None else list(Organisation.objects.values_list("pk", flat=True))
    values: dict[str, Any] = {
        "public_mail": list(PUBLIC_MAIL_DOMAINS),
        "most": MOST_SHARED,
        "open": DuplicateState.OPEN,
        "keys": keys,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, TRUE)", [str(NAME_SIMILARITY)])
        cursor.execute(
            f"""
            INSERT INTO partners_duplicatecandidate (first_id, second_id, reasons, state, found_at)
            SELECT first_id, second_id, array_agg(DISTINCT reason ORDER BY reason), %(open)s, now()
              FROM ({" UNION ALL ".join(questions)}) pair
              JOIN partners_organisation one ON one.id = first_id
              JOIN partners_organisation other ON other.id = second_id AND one.is_fictional = other.is_fictional
             GROUP BY first_id, second_id
            ON CONFLICT (first_id, second_id) DO NOTHING
            """,  # noqa: S608  the statement is ours, every value is a parameter
            values,
        )
        return cursor.rowcount


@transaction.atomic
def compare_registry() -> int:
    """Compare the whole registry with itself and return how many pairs are new; nothing while another process does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [REGISTRY_LOCK])
        is_alone = cursor.fetchone()[0]
    return find_duplicates() if is_alone else 0


@transaction.atomic
def dismiss_duplicate(candidate: DuplicateCandidate, *, by: Any) -> DuplicateCandidate:
    """Decide that two organisations are different; the pair is not proposed again."""
    if not Organisation.objects.editable_by(by).filter(pk=candidate.first_id).exists():
        raise PermissionDenied
    candidate = DuplicateCandidate.objects.select_for_update().get(pk=candidate.pk)
    if candidate.state == DuplicateState.OPEN:
        candidate.state = DuplicateState.DISMISSED
        candidate.save(update_fields=["state"])
    return candidate
