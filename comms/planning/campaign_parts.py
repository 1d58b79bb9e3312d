"""What other apps show on the page of a campaign: events, co-branded material, newsletters.

They stand above this app, so they bring their part themselves: `@campaign_part(order=20)` on a function that gets the
campaign and the reader, asks `visible_to(reader)`, and returns a part, or None where there is nothing to show. The app
imports the module in its `ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from comms.planning.models import Campaign


@dataclass(frozen=True, slots=True)
class CampaignPart:
    """A section of the page: a heading and a template with what it shows."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


CampaignPartSource = Callable[[Campaign, Any], CampaignPart | None]
_sources: list[tuple[int, CampaignPartSource]] = []


def campaign_part(order: int) -> Callable[[CampaignPartSource], CampaignPartSource]:
    """Register a section; `order` is its place below what planning itself shows."""

    def register(source: CampaignPartSource) -> CampaignPartSource:
        _sources.append((order, source))
        return source

    return register


def parts_of(campaign: Campaign, user: Any) -> list[CampaignPart]:
    """Return the sections that have something for this reader."""
    found = [source(campaign, user) for _order, source in sorted(_sources, key=lambda entry: entry[0])]
    return [part for part in found if part is not None]
