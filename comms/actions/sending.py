"""From the outbox to the mail server: each mail is claimed, looked at again, sent, and marked (security.md chapter 5).

A claim has an end. When a worker dies, or a mail server breaks off so that nobody knows whether it took the mail, the
row is queued again after that and the mail goes out with the same Message-ID: a warning may come twice, never not at
all.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from comms.enums import TOMBSTONES, ReceiptChannel, Tlp
from comms.models import Notice, NoticeKind, NoticeState, Publication, Receipt
from cwn.core.visibility import MEMBERS, principals_of

#: How long a worker has for one mail; more than all time limits of a mail server together.
LEASE = timedelta(minutes=5)
#: When a mail is tried again after each attempt; after the last one a person has to look.
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
MOST_TRIES = len(PAUSES) + 1
#: Kinds with which an organisation gets the publication itself.
DELIVERING = (NoticeKind.PUBLISHED, NoticeKind.CORRECTED)


@dataclass(frozen=True, slots=True)
class Claim:
    """A notice that this worker sends, with the publication as its reader may see it now."""

    notice: Notice
    publication: Publication
    is_readable: bool
    """False where somebody had it and lost it: he or she hears of the stricter label, and nothing else."""


def release_expired() -> int:
    """Queue again what was claimed by a worker that did not come back; park what keeps failing."""
    stuck = Notice.objects.filter(state=NoticeState.CLAIMED, lease_until__lt=timezone.now())
    stuck.filter(tries__gte=MOST_TRIES).update(state=NoticeState.PARKED, reason="geen antwoord van de mailserver")
    return stuck.update(state=NoticeState.QUEUED, next_at=timezone.now(), lease_until=None)


def claim_notice() -> Claim | None:
    """Take the oldest mail that is due, or nothing when there is none.

    What may not be sent any more is skipped with the reason: access lost, publication taken back (A04, A20).
    """
    while notice := _claimed():
        claim, reason = _looked_at_again(notice)
        if claim is not None:
            return claim
        settle(notice, NoticeState.SKIPPED, reason=reason)
    return None


@transaction.atomic
def _claimed() -> Notice | None:
    due = Notice.objects.filter(state=NoticeState.QUEUED, next_at__lte=timezone.now())
    notice = due.select_for_update(skip_locked=True, of=("self",)).order_by("next_at", "pk").first()
    if notice is None:
        return None
    notice.state, notice.tries = NoticeState.CLAIMED, notice.tries + 1
    notice.lease_until = timezone.now() + LEASE
    notice.save(update_fields=["state", "tries", "lease_until"])
    return Notice.objects.select_related("user").get(pk=notice.pk)


def _looked_at_again(notice: Notice) -> tuple[Claim | None, str]:
    """Return the claim when its reader may know of the publication at this moment, else why not."""
    user = notice.user
    if not user.is_trusted:
        return None, "account gesloten of zonder tweede factor"
    readable = Publication.objects.visible_to(user).select_related("owner").filter(pk=notice.publication_id).first()
    if readable is None:
        return _of_what_was_lost(notice, user)
    if readable.status in TOMBSTONES and notice.kind != NoticeKind.WITHDRAWN:
        return None, "publicatie is ingetrokken of vervangen"
    if notice.kind == NoticeKind.REVIEW_ASKED and readable.reviewer_id != user.pk:
        return None, "een ander beoordeelt"
    return Claim(notice, readable, is_readable=True), ""


def _of_what_was_lost(notice: Notice, user: Any) -> tuple[Claim | None, str]:
    """Let people who had it hear of a stricter label that shuts them out, as long as they are in the network."""
    if notice.kind != NoticeKind.RELABELLED or MEMBERS not in principals_of(user):
        return None, "geen toegang meer"
    publication = Publication.objects.select_related("owner").get(pk=notice.publication_id)
    return Claim(notice, publication, is_readable=False), ""


def settle(notice: Notice, state: NoticeState, *, reason: str = "") -> None:
    """Write down how a mail ended, unless the claim ran out meanwhile."""
    sent_at = timezone.now() if state == NoticeState.SENT else None
    ours = Notice.objects.filter(pk=notice.pk, state=NoticeState.CLAIMED, tries=notice.tries)
    ours.update(state=state, reason=reason, sent_at=sent_at, lease_until=None)


@transaction.atomic
def mark_sent(claim: Claim) -> None:
    """Keep that the mail server took it; the organisation has this version now.

    The mail said what the publication says now, which may be newer than the notice.
    """
    notice, publication = claim.notice, claim.publication
    settle(notice, NoticeState.SENT)
    if notice.kind in DELIVERING and notice.organisation_id and publication.tlp != Tlp.RED:
        receipt = Receipt(
            publication=publication,
            version=publication.version,
            organisation_id=notice.organisation_id,
            channel=ReceiptChannel.MAIL,
        )
        Receipt.objects.bulk_create([receipt], ignore_conflicts=True)


def try_later(notice: Notice, *, reason: str) -> None:
    """Queue a mail again after a pause that grows, or park it when it was tried often enough."""
    if notice.tries >= MOST_TRIES:
        settle(notice, NoticeState.PARKED, reason=reason)
        return
    ours = Notice.objects.filter(pk=notice.pk, state=NoticeState.CLAIMED, tries=notice.tries)
    ours.update(state=NoticeState.QUEUED, reason=reason, lease_until=None, next_at=_next_moment(notice.tries))


def _next_moment(tries: int) -> datetime:
    pause = PAUSES[min(tries, len(PAUSES)) - 1]
    return timezone.now() + pause * random.uniform(1, 1.2)  # noqa: S311  only so that not all come back at once
