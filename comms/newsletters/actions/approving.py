"""Approval by a second person, which puts the mailing in the outbox (security.md chapter 5, D11)."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.steps import require
from comms.newsletters.actions.composing import relabel_items
from comms.newsletters.actions.writing import held_by_editor, locked, touched
from comms.newsletters.checking import errors_of
from comms.newsletters.contents import Block, blocks_of
from comms.newsletters.enums import IssueStatus
from comms.newsletters.mails.issue_mail import (
    COUNTED,
    COUNTING,
    GREETING,
    PREFERENCES,
    UNSUBSCRIBE,
    compiled_mails,
    content_hash,
    greeting_of,
)
from comms.newsletters.models import Issue, LinkTarget
from comms.newsletters.segments import recipients_of
from comms.planning.models import plans
from comms.subscriptions.links import one_click_address, preferences_address
from comms.subscriptions.models import Subscription
from cwn.core.guard import as_the_portal
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.models import Delivery

#: The kind of mail, as registered in `comms.newsletters.sending`.
KIND = "nieuwsbrief"
#: So long anybody at the desk can take it back before the first mail leaves.
UNDO_WINDOW = timedelta(minutes=10)


@transaction.atomic
def ask_approval(issue: Issue, *, by: Any) -> Issue:
    """Let a second person look; errors must be mended first."""
    relabel_items(issue, by=by)
    current = held_by_editor(issue, by)
    refuse_errors(current, by)
    current.status = IssueStatus.IN_REVIEW
    return touched(current, by, "status")


@transaction.atomic
def back_to_draft(issue: Issue, *, by: Any) -> Issue:
    """Go on writing."""
    current = held_by_editor(issue, by)
    current.status = IssueStatus.DRAFT
    current.save(update_fields=["status", "updated_at"])
    return current


def may_approve(issue: Issue, user: Any) -> bool:
    """Tell whether somebody is the second person that an issue waits for."""
    return (
        issue.status == IssueStatus.IN_REVIEW
        and plans(user)
        and user.pk not in (issue.created_by_id, issue.last_edited_by_id)
    )


def seen_content(issue: Issue, user: Any) -> str:
    """Return the fingerprint of what somebody sees now, to approve exactly that."""
    return content_hash(issue, blocks_of(issue, user))


@transaction.atomic
def approve(issue: Issue, *, seen: str, by: Any) -> Issue:
    """Agree with what was seen, and put the mails in the outbox; a second time changes nothing.

    All recipients are expanded in this one transaction. Nothing leaves within ten minutes or before the planned moment.
    """
    require(plans(by))
    current = locked(issue)
    if current.status in (IssueStatus.SCHEDULED, IssueStatus.SENT):
        return current  # a double click, a second approver, a repeated request
    if current.status != IssueStatus.IN_REVIEW:
        raise ValidationError(_("Over deze editie is nog geen akkoord gevraagd."))
    if by.pk in (current.created_by_id, current.last_edited_by_id):
        raise ValidationError(_("Een tweede persoon geeft akkoord. Dat is nooit wie dit schreef."))
    refuse_errors(current, by)
    blocks = blocks_of(current, by)
    if content_hash(current, blocks) != seen:
        raise ValidationError(_("De editie is intussen veranderd. Bekijk haar opnieuw en geef dan akkoord."))
    sends_at = max(timezone.now() + UNDO_WINDOW, current.send_at or timezone.now())
    if not _queue(current, blocks, seen, sends_at, by):
        raise ValidationError(_("Niemand krijgt deze editie. Kijk voor wie zij is."))
    current.status, current.approved_by = IssueStatus.SCHEDULED, by
    current.save(update_fields=["status", "approved_by", "updated_at"])
    return current


def _queue(issue: Issue, blocks: list[Block], seen: str, sends_at: Any, by: Any) -> bool:
    """Put the mails in the outbox and tell whether anybody gets one."""
    targets = _targets_of(issue, blocks) if issue.may_be_counted else {}
    mails = compiled_mails(issue, blocks, targets)
    with as_the_portal():
        mailing = queue_mailing(
            key=issue.mailing_key,
            kind=KIND,
            mails=mails,
            recipients=expanded(recipients_of(issue).select_related("user").iterator(2_000), counts=bool(targets)),
            object_id=issue.pk,
            label=issue.tlp,
            content_hash=seen,
            sends_at=sends_at,
            by=by,
        )
        return Delivery.objects.filter(mailing=mailing).exists()


def _targets_of(issue: Issue, blocks: Iterable[Block]) -> dict[str, int]:
    """Store every address of an issue once and return its key: a counted link names that, never an address (D06)."""
    addresses = dict.fromkeys(block.url for block in blocks if block.url)
    LinkTarget.objects.bulk_create(
        (LinkTarget(issue=issue, url=address, position=place) for place, address in enumerate(addresses, 1)),
        ignore_conflicts=True,
    )
    return dict(LinkTarget.objects.filter(issue=issue, url__in=addresses).values_list("url", "pk"))


def expanded(subscriptions: Iterable[Subscription], *, counts: bool) -> Iterator[Recipient]:
    """Yield who gets a mail and what fills it; only who agreed gets links that are counted (D08)."""
    for subscription in subscriptions:
        is_counted = counts and subscription.tracks_me
        name = subscription.name or (subscription.user.name if subscription.user else "")
        values = {
            GREETING: greeting_of(name, subscription.language),
            PREFERENCES: preferences_address(subscription),
            UNSUBSCRIBE: one_click_address(subscription),
        }
        if is_counted:
            values[COUNTED] = token_urlsafe(9)
        yield Recipient(
            key=f"subscription:{subscription.pk}",
            address=subscription.email,
            language=subscription.language + (COUNTING if is_counted else ""),
            user_id=subscription.user_id,
            values=values,
        )


def refuse_errors(issue: Issue, by: Any) -> None:
    """Stop at what the checker calls an error (D12)."""
    if errors := errors_of(issue, by):
        raise ValidationError([error.message for error in errors])
