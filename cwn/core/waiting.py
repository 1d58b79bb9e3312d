"""What waits for a person's answer: each app names it, the personal page shows it (`/mijn/`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """Something that somebody is asked to do."""

    text: str
    url: str
    about: str = ""
    """For which organisation it is, or of whom it comes."""
    until: date | None = None
    """The day before which it is asked, if there is one."""


WaitingProvider = Callable[[Any], Iterable[WaitingItem]]
_providers: list[tuple[int, WaitingProvider]] = []


def waiting_provider(order: int) -> Callable[[WaitingProvider], WaitingProvider]:
    """Register a function that names what waits for an authenticated reader; `order` is its place on the page."""

    def register(provider: WaitingProvider) -> WaitingProvider:
        _providers.append((order, provider))
        return provider

    return register


def waiting_items(user: Any) -> list[WaitingItem]:
    """Return what every app has waiting for somebody, in the order of the page."""
    return [item for _order, provider in sorted(_providers, key=lambda entry: entry[0]) for item in provider(user)]
