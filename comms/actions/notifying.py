"""Telling people about a publication: first rows in the outbox, sent by `comms.tasks` (security.md chapter 5)."""

from collections.abc import Iterable

from django.db import transaction

from comms.models import Notice, NoticeKind, Publication


@transaction.atomic
def queue_notices(
    publication: Publication,
    *,
    kind: NoticeKind,
    recipients: Iterable[tuple[int, int | None]],
    occasion: str = "",
) -> int:
    """Put one mail per person in the outbox and return how many people that are.

    `recipients` are pairs of a user and the organisation for which he or she gets it. Asking twice does no harm: one
    person gets one mail per kind, version and occasion.
    """
    rows = [
        Notice(
            publication=publication,
            kind=kind,
            version=publication.version,
            occasion=occasion,
            user_id=user_id,
            organisation_id=organisation_id,
        )
        for user_id, organisation_id in dict(recipients).items()
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
