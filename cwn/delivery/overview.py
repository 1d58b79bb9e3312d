"""What a coordinator sees of the outbox: numbers, states, and masked addresses where a decision is asked."""

from dataclasses import dataclass

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from cwn.core.guard import as_the_portal
from cwn.delivery.addresses import masked
from cwn.delivery.compiling import message_id_of
from cwn.delivery.enums import DeliveryState, MailingState
from cwn.delivery.kinds import all_kinds
from cwn.delivery.models import Delivery, Mailing
from cwn.delivery.progress import Progress, progress_of_all

#: Rows on one page.
MOST = 50
ASKING = (DeliveryState.UNKNOWN, DeliveryState.PARKED)


@dataclass(frozen=True, slots=True)
class MailingLine:
    """A mailing with its numbers."""

    mailing: Mailing
    kind: str
    state: MailingState
    progress: Progress


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A mail about which a person decides."""

    key: int
    address: str
    state: DeliveryState
    reason: str
    message_id: str


def mailing_lines() -> list[MailingLine]:
    """Return the mailings that ask for a decision, then those under way, then the newest that ended."""
    with as_the_portal():
        return lines_of(_most_urgent_first()[:MOST])


def lines_of(mailings: QuerySet[Mailing] | list[Mailing]) -> list[MailingLine]:
    """Return mailings with their numbers, in one query for all of them."""
    found = list(mailings)
    kinds = {kind.slug: str(kind.label) for kind in all_kinds()}
    progress = progress_of_all(found)
    return [MailingLine(one, kinds.get(one.kind, one.kind), MailingState(one.state), progress[one.pk]) for one in found]


def asking_lines(mailing: Mailing) -> list[DeliveryLine]:
    """Return the mails of a mailing that ask for a decision, with masked addresses; the first of them."""
    with as_the_portal():
        rows = list(mailing.deliveries.filter(state__in=ASKING).order_by("state", "pk")[:MOST])
    return [
        DeliveryLine(row.pk, masked(row.address), DeliveryState(row.state), row.reason, message_id_of(row.token))
        for row in rows
    ]


def asking_delivery(mailing: Mailing, key: int) -> Delivery | None:
    """Return a mail in doubt of this mailing, and of no other (security.md A16)."""
    with as_the_portal():
        return (
            Delivery.objects.select_related("mailing")
            .filter(mailing=mailing, pk=key, state=DeliveryState.UNKNOWN)
            .first()
        )


def _most_urgent_first() -> QuerySet[Mailing]:
    asks = Delivery.objects.filter(mailing=OuterRef("pk"), state__in=ASKING)
    urgency = Case(
        When(state=MailingState.PAUSED, then=Value(0)),
        When(Exists(asks), then=Value(0)),
        When(state=MailingState.SENDING, then=Value(1)),
        When(state=MailingState.WAITING, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return Mailing.objects.annotate(urgency=urgency).order_by("urgency", "-created_at", "-pk")
