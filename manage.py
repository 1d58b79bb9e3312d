#!/usr/bin/env python
"""The command line of the portal."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cwn.settings")
    if sys.argv[1:2] == ["up"]:
        from cwn.core.up.environment import prepare

        prepare()  # the settings need a secret and servers, and this command makes its own
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
