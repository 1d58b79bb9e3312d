"""How far a version of a publication came, as owners and coordinators see it: organisations, never persons.

Reach is a range (R107): what partners confirmed, what it would be if the constituencies of all who got it were
reached, and how many we know nothing of.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Sum

from comms.enums import RESTRICTED, Answer, ReceiptChannel
from comms.models import Acknowledgement, Publication, Receipt
from comms.recipients import reading_organisations
from partners.models import Constituency, Organisation


@dataclass(slots=True)
class ReachRow:
    """What one organisation got and did."""

    organisation: Organisation
    channels: list[str] = field(default_factory=list)
    opened: bool = False
    acknowledgement: Acknowledgement | None = None
    constituency: int | None = None
    """How many organisations its constituencies count, where it says so."""

    @property
    def received(self) -> bool:
        """Tell whether it certainly got it."""
        return bool(self.channels) or self.acknowledgement is not None

    @property
    def is_passed_on(self) -> bool:
        """Tell whether it passed it on."""
        return self.acknowledgement is not None and self.acknowledgement.answer == Answer.PASSED_ON

    @property
    def confirmed(self) -> int:
        """How many organisations it says it reached."""
        return (self.acknowledgement.reach or 0) if self.is_passed_on and self.acknowledgement else 0

    @property
    def estimated(self) -> int:
        """How many it may reach: what it says, else its constituency; nothing when it was not relevant there."""
        if self.acknowledgement is None:
            return self.constituency or 0
        if not self.is_passed_on:
            return 0
        return self.confirmed or self.constituency or 0


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one version came."""

    version: int
    rows: list[ReachRow]
    counts_readers: bool
    """Whether it is known who opened the page: only of AMBER and stricter."""

    @property
    def received(self) -> int:
        """How many organisations got it."""
        return sum(row.received for row in self.rows)

    @property
    def opened(self) -> int:
        """How many opened the page."""
        return sum(row.opened for row in self.rows)

    @property
    def answered(self) -> int:
        """How many said what they did."""
        return sum(row.acknowledgement is not None for row in self.rows)

    @property
    def passed_on(self) -> int:
        """How many passed it on."""
        return sum(row.is_passed_on for row in self.rows)

    @property
    def confirmed(self) -> int:
        """How many organisations were reached, as partners say."""
        return sum(row.confirmed for row in self.rows)

    @property
    def estimated(self) -> int:
        """How many may be reached by all who got it; never less than what is confirmed."""
        return sum(row.estimated for row in self.rows if row.received)

    @property
    def unknown(self) -> int:
        """How many that got it did not say what they did."""
        return sum(row.received and row.acknowledgement is None for row in self.rows)

    @property
    def confirmed_share(self) -> int:
        """Per cent of the estimate that is confirmed, for the drawing."""
        return round(100 * self.confirmed / self.estimated) if self.estimated else 0


def reach_of(publication: Publication, version: int, user: Any) -> Reach:
    """Return what every organisation got and did with a version, as far as this reader may see the answers.

    Of AMBER and stricter all addressed organisations are there, also those that got nothing yet; of CLEAR and GREEN,
    which are for everybody, those that got or answered it. Costs the same queries for any number of organisations.
    """
    rows = {one.pk: ReachRow(one) for one in _addressed(publication)}
    receipts = Receipt.objects.filter(publication=publication, version=version).select_related("organisation")
    for receipt in receipts.order_by("organisation__name", "channel"):
        row = rows.setdefault(receipt.organisation_id, ReachRow(receipt.organisation))
        row.channels.append(receipt.get_channel_display())
        row.opened |= receipt.channel == ReceiptChannel.PAGE
    answers = Acknowledgement.objects.visible_to(user).filter(publication=publication, version=version)
    for answer in answers.select_related("organisation").order_by("organisation__name"):
        rows.setdefault(answer.organisation_id, ReachRow(answer.organisation)).acknowledgement = answer
    for key, size in _constituencies(list(rows)):
        rows[key].constituency = size
    ordered = sorted(rows.values(), key=lambda row: row.organisation.name.casefold())
    return Reach(version, ordered, counts_readers=publication.tlp in RESTRICTED)


def _addressed(publication: Publication) -> Any:
    if publication.tlp not in RESTRICTED:
        return Organisation.objects.none()
    return reading_organisations(publication).exclude(pk=publication.owner_id)


def _constituencies(organisations: list[int]) -> Any:
    sizes = Constituency.objects.filter(organisation__in=organisations, size__isnull=False)
    return sizes.values_list("organisation").annotate(total=Sum("size")).order_by()
