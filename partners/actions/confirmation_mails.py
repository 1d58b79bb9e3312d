"""The mails of the confirmation cycle: from a row of the week to the outbox, and what became of them (R19)."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cwn.core.mail import site_address
from cwn.delivery.actions.queueing import queue_mail
from cwn.delivery.enums import AfterDoubt, Stream
from cwn.delivery.kinds import MailKind, register_kind
from cwn.delivery.models import Delivery
from partners.actions.confirmation import NOTICES_BEFORE_SUSPENSION, monday_of, who_can_be_asked
from partners.models import ConfirmationNotice, Contact

KIND = "confirmation"
#: Mails in one run, so that a run ends well within the time limit of a task; the next run goes on.
MOST = 200


def queue_confirmation_mails(most: int = MOST) -> int:
    """Put pending requests in the outbox and return how many.

    What no longer applies by now is dropped: contacts confirmed in the meantime, a recipient who is no representative
    any more (security.md A04), a request that waited until the next week.
    """
    queued = 0
    while queued < most and (notice := _take()):
        queued += notice
    return queued


@transaction.atomic
def _take() -> int:
    """Take the oldest request that still applies; its mail and its mark are in one transaction."""
    pending = ConfirmationNotice.objects.pending().select_related("organisation", "recipient")
    while notice := pending.select_for_update(skip_locked=True, of=["self"]).order_by("pk").first():
        if _applies(notice):
            _queue(notice)
            notice.claimed_at = timezone.now()
            notice.save(update_fields=["claimed_at"])
            return 1
        notice.delete()
    return 0


def _queue(notice: ConfirmationNotice) -> None:
    earlier = notice.organisation.confirmation_notices.unanswered().filter(recipient=notice.recipient)
    contacts = Contact.objects.to_confirm().filter(organisation=notice.organisation).order_by("role", "name")
    queue_mail(
        key=f"confirmation:{notice.pk}",
        kind=KIND,
        template="email/partners/confirm_contacts",
        context={
            "notice": notice,
            "contacts": contacts,
            "is_last": earlier.count() + 1 >= NOTICES_BEFORE_SUSPENSION,
            "url": site_address("my_contacts", notice.organisation.slug),
        },
        to=notice.recipient.email,
        user=notice.recipient,
        language=notice.recipient.language,
        object_id=notice.pk,
    )


def _applies(notice: ConfirmationNotice) -> bool:
    return (
        notice.week == monday_of(timezone.localdate())
        and (notice.organisation_id, notice.recipient_id) in who_can_be_asked([notice.organisation_id])
        and Contact.objects.to_confirm().filter(organisation=notice.organisation_id).exists()
    )


def _notices(deliveries: Iterable[Delivery]) -> dict[int, ConfirmationNotice | None]:
    """Return the request of each delivery, by key of the delivery."""
    about = {delivery.pk: delivery.mailing.object_id or 0 for delivery in deliveries}
    notices = ConfirmationNotice.objects.in_bulk(about.values())
    return {pk: notices.get(notice) for pk, notice in about.items()}


def _recheck(deliveries: Iterable[Delivery]) -> Mapping[int, str]:
    notices = _notices(deliveries)
    return {pk: "al bevestigd, of niet meer aan u" for pk, row in notices.items() if row is None or not _applies(row)}


def _after_sending(deliveries: Iterable[Delivery]) -> None:
    """Keep when a request left: only what certainly left counts before somebody is suspended."""
    sent = [notice.pk for notice in _notices(deliveries).values() if notice]
    ConfirmationNotice.objects.filter(pk__in=sent, sent_at=None).update(sent_at=timezone.now())


register_kind(
    MailKind(
        KIND,
        _("Verzoek om contacten te bevestigen"),
        Stream.WARNING,
        AfterDoubt.ASK,
        _recheck,
        after_sending=_after_sending,
    )
)
