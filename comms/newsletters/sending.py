"""What the outbox asks about newsletters: who may still get one, and what happens once it left (A04, A20)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from comms.enums import PublicationStatus, Tlp
from comms.events.models import Event
from comms.newsletters.contents import label_of_item
from comms.newsletters.counting.journal import note_sent
from comms.newsletters.enums import IssueStatus
from comms.newsletters.mails.issue_mail import COUNTED, COUNTING
from comms.newsletters.models import Issue
from comms.newsletters.segments import recipients_of
from comms.subscriptions.models import Subscription
from cwn.delivery.actions.controlling import pause
from cwn.delivery.models import Delivery


def recheck(deliveries: Iterable[Delivery]) -> Mapping[int, str | None]:
    """Say which mails may not leave any more, in one statement for all of them.

    The subscriber left, rests, chose another rhythm, is no member any more, or falls outside the segment by now. When
    something in the issue itself is not allowed any more, the whole mailing is paused: a person must look.
    """
    deliveries = list(deliveries)
    if not deliveries:
        return {}
    mailing = deliveries[0].mailing
    issue = Issue.objects.select_related("newsletter").filter(pk=mailing.object_id or 0).first()
    if issue is None:
        gone = _("De editie bestaat niet meer.")
        return {delivery.pk: gone for delivery in deliveries}
    if problem := problem_of(issue):
        pause(mailing, reason=problem)
        return dict.fromkeys((delivery.pk for delivery in deliveries), None)
    keys = {delivery.pk: int(delivery.recipient.partition(":")[2]) for delivery in deliveries}
    rows = recipients_of(issue).filter(pk__in=keys.values()).values_list("pk", "email", "tracks_me")
    allowed = {key: (email, counts) for key, email, counts in rows}
    reasons = {delivery.pk: reason_for(delivery, allowed.get(keys[delivery.pk])) for delivery in deliveries}
    return {key: reason for key, reason in reasons.items() if reason}


def reason_for(delivery: Delivery, now: tuple[str, bool] | None) -> str:
    """Say why a mail may not leave, if so; `now` is the address and the consent to counting of this moment."""
    if now is None:
        return _("Krijgt deze nieuwsbrief niet meer: afgemeld, gepauzeerd, ander ritme of geen lid meer.")
    address, counts = now
    if address != delivery.address.lower():
        return _("Het adres is intussen veranderd.")
    if COUNTED in delivery.values and not counts:
        leave_uncounted(delivery)
    return ""


def leave_uncounted(delivery: Delivery) -> None:
    """Give somebody who withdrew the consent to counting the mail without counted links (D08)."""
    delivery.language = delivery.language.removesuffix(COUNTING)
    del delivery.values[COUNTED]
    Delivery.objects.filter(pk=delivery.pk).update(language=delivery.language, values=delivery.values)


def problem_of(issue: Issue) -> str:
    """Say why an issue may not leave as it is: something in it was taken back or got a stricter label (A20)."""
    for item in issue.items.select_related("publication", "event"):  # type: ignore[attr-defined]
        label = label_of_item(item)
        if label is None:
            continue
        if label.strictness > Tlp(item.tlp).strictness:
            return _("Het label van onderdeel %(number)d is intussen strenger.") % {"number": item.position}
        if item.publication and item.publication.status != PublicationStatus.PUBLISHED:
            return _("Onderdeel %(number)d is intussen ingetrokken of verlopen.") % {"number": item.position}
        if item.event and not Event.objects.listed().filter(pk=item.event.pk).exists():
            return _("De bijeenkomst in onderdeel %(number)d gaat niet door.") % {"number": item.position}
    return ""


def after_sending(deliveries: Iterable[Delivery]) -> None:
    """Put the issue in the archive with its first mail, and note when counted mails left; may come twice."""
    deliveries = list(deliveries)
    if not deliveries:
        return
    key = deliveries[0].mailing.object_id or 0
    issue = Issue.objects.filter(pk=key, sent_at__isnull=True)
    if issue.update(sent_at=Now(), status=IssueStatus.SENT):
        from comms.newsletters.digests import plan_digests

        plan_digests(Issue.objects.select_related("newsletter").get(pk=key))
    note_sent(delivery.values[COUNTED] for delivery in deliveries if COUNTED in delivery.values)


def nobody_is_asked(deliveries: Iterable[Delivery]) -> Mapping[int, str]:
    """Let a test mail leave: the desk asked for it a moment ago."""
    return {}


def recheck_digest(deliveries: Iterable[Delivery]) -> Mapping[int, str]:
    """Say which digests may not leave any more: same subscription, same rhythm, still awake."""
    deliveries = list(deliveries)
    keys = {delivery.pk: int(delivery.recipient.partition(":")[2]) for delivery in deliveries}
    rows = {row.pk: row for row in Subscription.objects.filter(pk__in=keys.values()).select_related("newsletter")}
    allowed: dict[int, Any] = {}
    for newsletter in {row.newsletter for row in rows.values()}:
        receiving = Subscription.objects.receiving(newsletter).filter(pk__in=rows)
        allowed |= {key: (email, True) for key, email in receiving.values_list("pk", "email")}
    reasons = {delivery.pk: reason_for(delivery, allowed.get(keys[delivery.pk])) for delivery in deliveries}
    return {key: reason for key, reason in reasons.items() if reason}
