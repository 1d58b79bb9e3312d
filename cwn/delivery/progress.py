"""How far mailings are: always counted from the deliveries, never kept beside them (security.md chapter 5, step 7)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q
from django.db.models.functions import Now

from cwn.core.guard import as_the_portal
from cwn.delivery.enums import DeliveryState
from cwn.delivery.models import Delivery, Mailing

#: Over how long the pace is measured.
PACE = timedelta(minutes=1)


@dataclass(slots=True)
class Progress:
    """The deliveries of one mailing, by state; they add up to the total (security.md G22)."""

    queued: int = 0
    claimed: int = 0
    sent: int = 0
    skipped: int = 0
    bounced: int = 0
    unknown: int = 0
    parked: int = 0
    per_minute: int = 0
    """Mails that the mail server took in the last minute."""
    reasons: dict[str, int] = field(default_factory=dict)
    """Why mails did not leave, the most frequent reason first."""

    @property
    def total(self) -> int:
        """Return how many recipients there are."""
        return self.sent + self.left + self.skipped + self.bounced + self.unknown + self.parked

    @property
    def left(self) -> int:
        """Return how many still have to leave."""
        return self.queued + self.claimed

    @property
    def percentage(self) -> int:
        """Return how much is behind us, 0–100; 100 only when nothing is left."""
        return 100 * (self.total - self.left) // self.total if self.total else 0

    @property
    def seconds_left(self) -> int | None:
        """Return how long the rest takes at this pace; None when nothing moved in the last minute."""
        return 60 * self.left // self.per_minute if self.per_minute else None


def progress_of(mailing: Mailing) -> Progress:
    """Count the deliveries of a mailing, in one query."""
    return progress_of_all([mailing])[mailing.pk]


def progress_of_all(mailings: Iterable[Mailing]) -> dict[int, Progress]:
    """Count the deliveries of mailings, in one query for all of them; by key of the mailing."""
    found = {mailing.pk: Progress() for mailing in mailings}
    with as_the_portal():
        rows = list(
            Delivery.objects.filter(mailing__in=found)
            .values("mailing_id", "state", "reason")
            .annotate(number=Count("pk"), recent=Count("pk", filter=Q(sent_at__gt=Now() - PACE)))
            .order_by("-number", "reason")
        )
    for row in rows:
        progress, name = found[row["mailing_id"]], DeliveryState(row["state"]).name.lower()
        setattr(progress, name, getattr(progress, name) + row["number"])
        progress.per_minute += row["recent"]
        if row["reason"]:
            progress.reasons[row["reason"]] = progress.reasons.get(row["reason"], 0) + row["number"]
    return found
