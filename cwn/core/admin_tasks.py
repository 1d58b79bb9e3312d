"""What waits for a person: each app names its tasks, the first page of the admin counts them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class AdminTask:
    """A pile of work: what it is, how many, and where to do it."""

    label: Any
    count: int
    url: str


_counters: list[tuple[int, str, Callable[[Any], AdminTask]]] = []


def admin_task(permission: str, *, order: int) -> Callable[[Callable[[Any], AdminTask]], Callable[[Any], AdminTask]]:
    """Register a function that counts a pile of work for a user who has a permission."""

    def register(counter: Callable[[Any], AdminTask]) -> Callable[[Any], AdminTask]:
        _counters.append((order, permission, counter))
        return counter

    return register


def tasks_for(user: Any) -> Iterator[AdminTask]:
    """Yield the piles of work of a user in their order, empty ones included."""
    for _order, permission, counter in sorted(_counters, key=lambda entry: entry[0]):
        if user.has_perm(permission):
            yield counter(user)
