"""The portal with an index that is never ready, so that one pass of SQL answers every page."""

import sys
from importlib import import_module

from cwn.core.up.web import serve


def without_index() -> None:
    """Let every process believe that its index is still being built."""
    import_module("cwn.wsgi")  # sets Django up
    journal = import_module("cwn.search.journal")
    journal.BUILD_INLINE = -1
    journal._build_beside = lambda: None


if __name__ == "__main__":
    without_index()
    serve(sys.argv[1], *(int(argument) for argument in sys.argv[2:]))
