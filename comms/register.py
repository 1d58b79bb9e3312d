"""What somebody may know of a publication that he or she may not read (security.md chapter 3).

Coordinators know that RED exists, and no more. The policy owner knows title, label and date of AMBER in the sharing
groups that allow it.
"""

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


@dataclass(frozen=True, slots=True)
class AmberLine:
    """What the policy owner may know of a publication for a sharing group."""

    title: str
    label: Tlp
    published_at: datetime


def amber_register() -> list[AmberLine]:
    """Return a line for each AMBER publication in force for a group that shows the policy owner its titles.

    AMBER+STRICT is for the addressed organisations only, so it is not among them.
    """
    with as_the_portal():
        shown = Publication.objects.listed().filter(tlp=Tlp.AMBER, addressed_groups__shows_policy_owner=True)
        rows = list(shown.distinct().order_by("-published_at", "-pk").values_list("title", "published_at"))
    return [AmberLine(title, Tlp.AMBER, moment) for title, moment in rows if moment]


def red_register() -> list[RegisterLine]:
    """Return a line for each RED publication, newest first: owner, status and dates."""
    columns = ("owner__name", "status", "created_at", "published_at", "review_on")
    with as_the_portal():
        rows = list(Publication.objects.filter(tlp=Tlp.RED).order_by("-created_at", "-pk").values_list(*columns))
    return [RegisterLine(owner, PublicationStatus(status), *rest) for owner, status, *rest in rows]
