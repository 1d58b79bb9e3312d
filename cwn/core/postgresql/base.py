"""Django's backend for PostgreSQL; only how it finds out that a kept connection is dead differs."""

from select import POLLIN, poll

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that was closed by the server is noticed before a request uses it, without a query."""

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
