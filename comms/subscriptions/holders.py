"""Who holds a signed link: a reader without an account, who sees the own subscriptions and nothing else.

Security.md chapter 3 calls this principal "sub". Its principals go to PostgreSQL like those of any reader, so the
policies of row-level security leave a view behind a link no other row, whatever it asks (docs/adr/0020).
"""

import uuid
from collections.abc import Sequence

from cwn.core.visibility import PUBLIC


class LinkHolder:
    """The reader of a page behind a signed link."""

    is_trusted = True
    """The signature was checked; see `cwn.core.visibility.principals_of`."""
    pk = None

    def __init__(self, *, subscriber: uuid.UUID | None = None, keys: Sequence[uuid.UUID] = ()) -> None:
        self.subscriber = subscriber
        self.keys = tuple(keys)
        own = {f"subscriber:{subscriber}"} if subscriber else set()
        self._principals = frozenset({PUBLIC, *own, *(f"subscription:{key}" for key in keys)})
