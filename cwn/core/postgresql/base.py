"""Django's backend for PostgreSQL, with two differences: how it notices a dead connection, and for whom it reads."""

from select import POLLIN, poll
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that says in each transaction of a request who is asking (see `cwn.core.guard`)."""

    is_guarded = False

    def is_usable(self) -> bool:
        """Tell whether the server left the connection open.

        Django asks `SELECT 1` before the first query of each request, which costs as much as a kept page. A
        server that stops or fails over closes its end, and a closed end can be read: nothing else may be
        waiting there between two requests.
        """
        if self.connection is None or self.connection.closed:
            return False
        waiting = poll()
        waiting.register(self.connection.fileno(), POLLIN)
        return not waiting.poll(0)

    def set_autocommit(self, autocommit: bool, *args: Any, **kwargs: Any) -> None:
        """Begin a transaction with the rights of the reader; after it they are gone by themselves."""
        principals = None if autocommit else self._principals()
        super().set_autocommit(autocommit, *args, **kwargs)
        self.is_guarded = False
        if principals is not None:
            self._set_rights(principals)

    def savepoint(self) -> str | None:
        """Begin a nested transaction; the first one of a request inside a test brings the rights of the reader."""
        name: str | None = super().savepoint()
        self.guard()
        return name

    def guard(self, *, anew: bool = False) -> None:
        """Read with the rights of the reader from here on, if there is one; `anew` when it is another than before."""
        if (anew or not self.is_guarded) and (principals := self._principals()) is not None:
            self._set_rights(principals)

    def unguard(self) -> None:
        """Read with the rights of the portal for the rest of the transaction."""
        if self.is_guarded and self.in_atomic_block and not self.needs_rollback:
            self._execute("SELECT set_config('role', 'none', true)")
        self.is_guarded = False

    def _principals(self) -> str | None:
        from cwn.core.guard import reader_principals  # needs the apps, which need this backend

        return reader_principals()

    def _set_rights(self, principals: str) -> None:
        from cwn.core.guard import WEB_ROLE

        self._execute(
            "SELECT set_config('role', %s, true), set_config('cwn.principals', %s, true)", (WEB_ROLE, principals)
        )
        self.is_guarded = True

    def _execute(self, sql: str, parameters: tuple[str, ...] = ()) -> None:
        """Ask the server directly: this belongs to the transaction itself, as BEGIN does."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, parameters)
