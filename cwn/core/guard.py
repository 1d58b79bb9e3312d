"""Row-level security: a second guard below `visible_to`, in PostgreSQL (docs/adr/0011-row-level-security.md).

While a request is answered, every transaction runs as the role `cwn_web` and says for whom. That role is not the
owner of the tables, so their policies hold for it: a query that forgot `visible_to` finds only what this reader may
see. Both settings are local to the transaction: a connection that goes back carries nothing along. Commands, the
worker and migrations run as the owner, whom the policies let through.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection as default_connection
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from cwn.core.visibility import principals_of

WEB_ROLE = "cwn_web"
#: Our own backend knows `guard` and `unguard` (cwn/core/postgresql/base.py).
connection: Any = default_connection
#: Whom this thread or task answers; nobody for commands and the worker.
_reader: ContextVar[Any] = ContextVar("reader", default=None)


def guard_rows(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Run every transaction of a request with the rights of the reader; goes after authentication."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _reader.set(request)
        try:
            return get_response(request)
        finally:
            _reader.reset(token)
            connection.unguard()  # only a test is still in a transaction here

    return middleware


def reader_principals() -> str | None:
    """Return the principals of whom is answered, as PostgreSQL reads them; None outside a request."""
    request = _reader.get()
    if request is None:
        return None
    with _nobody():  # finding out who asks may itself read rows
        return " ".join(sorted(principals_of(request.user)))


@contextmanager
def as_the_portal() -> Iterator[None]:
    """Let a block see every row, for upkeep that a request happens to do: search documents, receipts, mail rows.

    Nothing read in it may be shown to the reader. An architecture test names the modules that use it.
    """
    guarded = connection.is_guarded
    try:
        with _nobody(), transaction.atomic():
            if guarded:
                connection.unguard()
            yield
    finally:
        if guarded and not connection.needs_rollback:
            connection.guard()


@contextmanager
def reading_as(user: Any) -> Iterator[None]:
    """Run a block with the rows that somebody may see: a report (A29), or a page as another reader would get it."""
    token = _reader.set(_Asker(user))
    try:
        with transaction.atomic():
            connection.guard(anew=True)
            yield
    finally:
        _reader.reset(token)
        connection.unguard()
        if connection.in_atomic_block and not connection.needs_rollback:
            connection.guard()


class _Asker:
    """Stands in for a request where there is none."""

    def __init__(self, user: Any) -> None:
        self.user = user


@contextmanager
def _nobody() -> Iterator[None]:
    token = _reader.set(None)
    try:
        yield
    finally:
        _reader.reset(token)
