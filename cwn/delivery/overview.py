"""What a coordinator sees of the outbox: numbers, states, and masked addresses where a decision is asked."""

from dataclasses import dataclass

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from cwn.core.guard import as_the_portal
from cwn.delivery.addresses import masked
from cwn.delivery.compiling import message_id_of
from cwn.delivery.enums import DeliveryState, MailingState
from cwn.delivery.kinds import all_kinds
from cwn.delivery.models import Delivery, Mailing
from cwn.delivery.progress import Progress, progress_of_all
from cwn.delivery.subjects import OPEN_LABELS, subjects_of

#: Rows on one page.
MOST = 50
ASKING = (DeliveryState.UNKNOWN, DeliveryState.PARKED)


@dataclass(frozen=True, slots=True)
class MailingLine:
    """A mailing with its numbers."""

    mailing: Mailing
    kind: str
    full_subject: str
    """What stood above the mail; empty where a coordinator may not know it."""
    state: MailingState
    progress: Progress

    @property
    def label(self) -> str:
        """Return its TLP label as it is written; empty for a mail without one."""
        return self.mailing.label.upper().replace("-", "+")

    @property
    def subject(self) -> str:
        """Return the subject without the label, which stands beside it."""
        return self.full_subject.removeprefix(f"[TLP:{self.label}] ")

    @property
    def hides_subject(self) -> bool:
        """Tell whether its subject is not for coordinators because of its label."""
        return self.mailing.label not in OPEN_LABELS


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
    """Return mailings with their subjects and numbers, in one query each for all of them."""
    found = list(mailings)
    kinds = {kind.slug: str(kind.label) for kind in all_kinds()}
    progress, subjects = progress_of_all(found), subjects_of(found)
    return [
        MailingLine(
            mailing=one,
            kind=kinds.get(one.kind, one.kind),
            full_subject=subjects.get(one.pk, ""),
            state=MailingState(one.state),
            progress=progress[one.pk],
        )
        for one in found
    ]


def number_asking() -> int:
    """Return how many mailings wait for a decision."""
    with as_the_portal():
        return Mailing.objects.filter(_asks()).count()


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
    urgency = Case(
        When(_asks(), then=Value(0)),
        When(state=MailingState.SENDING, then=Value(1)),
        When(state=MailingState.WAITING, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return Mailing.objects.annotate(urgency=urgency).order_by("urgency", "-created_at", "-pk")


def _asks() -> Q:
    doubted = Delivery.objects.filter(mailing=OuterRef("pk"), state__in=ASKING)
    return Q(state=MailingState.PAUSED) | Q(Exists(doubted))
