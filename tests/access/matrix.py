"""Who gets which answer at which address: security.md chapter 3 as one table.

A row names an address of the site map, what stands in its place holders, and the status that each person
of the cast gets for a plain GET. An address without a row fails the suite.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.cast import Cast

OK, FOUND, REFUSED, ABSENT, WRONG = 200, 302, 403, 404, 405
OF_HAVENRING = ("mem", "rep")

Arguments = Callable[[Cast], dict[str, Any]]


def nothing(cast: Cast) -> dict[str, Any]:
    """An address without place holders."""
    return {}


@dataclass(frozen=True)
class Row:
    """An address and who gets what there."""

    name: str
    rest: int
    """The status of everybody who is not named below."""
    some: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Status to the people who get it."""
    arguments: Arguments = nothing
    query: str = ""
    without_second_factor: int = FOUND
    """What `nomfa` gets."""

    def expected(self, principal: str) -> int:
        """Return the status that a person gets."""
        if principal == "nomfa":
            return self.without_second_factor
        return next((status for status, people in self.some.items() if principal in people), self.rest)


def public(name: str, **options: Any) -> Row:
    """A page for everybody."""
    return Row(name, OK, **options)


def members(name: str, **options: Any) -> Row:
    """A page for which one must be logged in; a visitor is led to the log-in."""
    return Row(name, OK, {FOUND: ("anon",)}, **options)


def organisation(slug: str) -> Arguments:
    """The address of an organisation."""
    return lambda cast: {"slug": slug}
