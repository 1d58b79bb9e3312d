"""Becoming a subscriber: asked by a stranger and confirmed by mail, or by a member with one click (R94)."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.subscriptions.enums import ConsentSource, StepKind, SubscriptionState
from comms.subscriptions.mails import mail_already_subscribed, mail_confirmation
from comms.subscriptions.models import (
    ConsentText,
    Newsletter,
    Subscription,
    SubscriptionRequest,
    SubscriptionStep,
    Topic,
)
from comms.subscriptions.waking import wake_after_commit
from cwn.accounts.addresses import normal_address
from cwn.core.guard import as_the_portal
from cwn.delivery.actions.bouncing import release
from cwn.delivery.addresses import digests_of
from cwn.delivery.enums import Stream, SuppressionReason
from cwn.delivery.models import Suppression

#: A confirmation from the mailbox itself takes these back; a complaint and a decision of a person stay.
TAKEN_BACK = (SuppressionReason.LEFT, SuppressionReason.BOUNCED)


@transaction.atomic
def ask_subscription(
    *, email: str, newsletters: Iterable[Newsletter], topics: Iterable[Topic] = (), language: str
) -> SubscriptionRequest:
    """Write down what a stranger asks and return it; a worker answers by mail (security.md D04, D05).

    Whether the address is known is not looked up here, so the answer to the browser cannot tell.
    """
    texts = {one.slug: ConsentText.objects.current(one, language) for one in newsletters}
    choices = {
        "newsletters": {slug: text.pk for slug, text in texts.items() if text is not None},
        "topics": [topic.slug for topic in topics],
        "language": language,
    }
    request = SubscriptionRequest(email=normal_address(email), choices=choices)
    request.save(force_insert=True)
    wake_after_commit()
    return request


@transaction.atomic
def answer_request(request: SubscriptionRequest) -> list[Subscription]:
    """Mail the owner of an address what follows from a request, and return what waits for a confirmation.

    New lists: a link to confirm. Nothing new: a link to the preferences. Who complained about our mail gets none.
    """
    email = request.email
    pending = [] if _wants_no_mail(email) else _pending(request)
    if pending:
        mail_confirmation(pending)
    elif not _wants_no_mail(email):
        known = Subscription.objects.filter(email=email).running().select_related("newsletter").first()
        if known is not None:
            mail_already_subscribed(known)
    request.delete()
    return pending


def _pending(request: SubscriptionRequest) -> list[Subscription]:
    """Return the asked subscriptions of which the address must still be confirmed; new ones are made."""
    texts = request.choices["newsletters"]
    wanted = Newsletter.objects.filter(slug__in=texts, is_active=True, is_public=True)
    own = Subscription.objects.filter(email=request.email)
    known = {row.newsletter_id: row for row in own.select_related("newsletter")}
    subscriber = next((row.subscriber for row in known.values()), None) or uuid.uuid4()
    topics = list(Topic.objects.filter(slug__in=request.choices["topics"]))
    pending = []
    for newsletter in wanted:
        row = known.get(newsletter.pk) or Subscription(
            newsletter=newsletter, email=request.email, subscriber=subscriber
        )
        if row.state == SubscriptionState.UNCONFIRMED:
            row.consent_text_id = texts[newsletter.slug]
            row.language = request.choices["language"]
            row.consented_at = row.created_at = request.created_at
            row.save()
            row.topics.set(topic for topic in topics if newsletter in topic.newsletters.all())
            note(row, StepKind.ASKED, consent_text_id=row.consent_text_id)
            pending.append(row)
    return pending


def _wants_no_mail(email: str) -> bool:
    reasons = [reason for reason in SuppressionReason if reason not in TAKEN_BACK]
    blocked = Suppression.objects.filter(digest__in=digests_of(email), stream=Stream.NEWS, reason__in=reasons)
    return blocked.exists()


@transaction.atomic
def confirm_subscriptions(subscriptions: QuerySet[Subscription]) -> list[Subscription]:
    """Make what was asked real, because the owner of the mailbox says so; saying it again changes nothing.

    An address that left earlier, or that did not work, gets mail again (docs/adr/0020).
    """
    waiting = subscriptions.filter(state=SubscriptionState.UNCONFIRMED)
    rows = list(waiting.select_related("newsletter").order_by("newsletter__order", "pk"))
    for row in rows:
        row.state, row.confirmed_at = SubscriptionState.ACTIVE, timezone.now()
        row.save(update_fields=["state", "confirmed_at"])
        note(row, StepKind.CONFIRMED, consent_text_id=row.consent_text_id)
    with as_the_portal():
        for email in {row.email for row in rows}:
            release(email, stream=Stream.NEWS, reasons=TAKEN_BACK)
    return rows


@transaction.atomic
def subscribe_member(newsletter: Newsletter, *, by: Any) -> Subscription:
    """Subscribe somebody who logged in, at the address of the account, and return the subscription.

    The address was confirmed when the account was made. Raises ValidationError for a list that this person may not
    have, and when it has no consent text yet.
    """
    if not Newsletter.objects.visible_to(by).filter(pk=newsletter.pk, is_active=True).exists():
        raise ValidationError(_("Deze nieuwsbrief is er niet voor u."))
    text = ConsentText.objects.current(newsletter, by.language)
    if text is None:
        raise ValidationError(_("U kunt zich nog niet aanmelden voor deze nieuwsbrief."))
    with as_the_portal():  # the address may stand there from before the account
        row = _own_row(newsletter, by)
        if row.state == SubscriptionState.UNCONFIRMED:
            row.consent_text, row.consent_source = text, ConsentSource.ACCOUNT
            row.consented_at = row.confirmed_at = timezone.now()
            row.state = SubscriptionState.ACTIVE
        is_new = row.user_id != by.pk
        row.user, row.name = by, row.name or by.name
        row.save()
        if is_new:
            note(row, StepKind.CONFIRMED, consent_text_id=row.consent_text_id)
        release(row.email, stream=Stream.NEWS, reasons=TAKEN_BACK)
    return row


def _own_row(newsletter: Newsletter, by: Any) -> Subscription:
    """Return the subscription of an account to a list, unsaved when there is none yet."""
    email = normal_address(by.email)
    own = {row.newsletter_id: row for row in Subscription.objects.filter(email=email).select_for_update()}
    subscriber = next((row.subscriber for row in own.values()), None) or uuid.uuid4()
    return own.get(newsletter.pk) or Subscription(
        newsletter=newsletter, email=email, subscriber=subscriber, language=by.language
    )


def note(
    subscription: Subscription, kind: StepKind, details: str = "", *, consent_text_id: int | None = None
) -> SubscriptionStep:
    """Write down what happened, for its owner to read back, and return it."""
    return SubscriptionStep.objects.create(
        subscription=subscription, kind=kind, details=details[:400], consent_text_id=consent_text_id
    )


def note_all(subscriptions: Sequence[Subscription], kind: StepKind, details: str = "") -> None:
    """Write the same down for several subscriptions at once."""
    now = timezone.now()
    SubscriptionStep.objects.bulk_create(
        SubscriptionStep(subscription=row, kind=kind, details=details[:400], at=now) for row in subscriptions
    )
