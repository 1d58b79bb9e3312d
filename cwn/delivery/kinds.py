"""Kinds of mail that the portal sends; each app registers its own, and says who may still get one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cwn.delivery.enums import AfterDoubt, Stream

if TYPE_CHECKING:
    from cwn.delivery.models import Delivery

#: Deliveries of one mailing that are about to leave → reason per key of those that may not (a Dutch sentence); None
#: for "not now", such as after the kind itself paused the mailing.
Recheck = Callable[[Iterable["Delivery"]], Mapping[int, str | None]]
#: Deliveries of one mailing that the mail server took.
AfterSending = Callable[[Iterable["Delivery"]], None]


@dataclass(frozen=True, slots=True)
class MailKind:
    """How mails of one kind are treated."""

    slug: str
    label: Any
    stream: Stream
    after_doubt: AfterDoubt
    recheck: Recheck
    """Asked at the moment of the claim: still subscribed, still a member, label still allows (security.md A04, A20)."""
    after_sending: AfterSending | None = None
    """Runs in the transaction that marks deliveries as sent; may come twice for the same delivery."""
    hours_late: float = 2
    """Planned mail that is later than this waits for a person: a restored backup sends nothing by itself."""


_kinds: dict[str, MailKind] = {}


def register_kind(kind: MailKind) -> MailKind:
    """Make a kind known; call it from `ready()` of the app that sends it. Raises ValueError for a slug twice."""
    if kind.slug in _kinds:
        raise ValueError(f"mail kind {kind.slug} is registered twice")
    _kinds[kind.slug] = kind
    return kind


def kind_of(slug: str) -> MailKind:
    """Return a kind; raises KeyError when no app knows it."""
    return _kinds[slug]


def all_kinds() -> list[MailKind]:
    """Return every kind, by slug."""
    return [_kinds[slug] for slug in sorted(_kinds)]
