"""That TLP:RED exists, and no more: what coordinators may know of it (security.md chapter 3, "item RED")."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comms.enums import PublicationStatus, Tlp
from comms.models import Publication
from cwn.core.guard import as_the_portal


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A publication without its words, its address and its readers."""

    owner: str
    status: PublicationStatus
    created_at: datetime
    published_at: datetime | None
    review_on: Any


def red_register() -> list[RegisterLine]:
    """Return a line for each RED publication, newest first: owner, status and dates."""
    columns = ("owner__name", "status", "created_at", "published_at", "review_on")
    with as_the_portal():
        rows = list(Publication.objects.filter(tlp=Tlp.RED).order_by("-created_at", "-pk").values_list(*columns))
    return [RegisterLine(owner, PublicationStatus(status), *rest) for owner, status, *rest in rows]
