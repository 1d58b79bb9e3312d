"""The functions in the admin: agreements, information flows, channels, sounding boards and phases."""

from functions.base.admin import agreements, flows, phases, tasks

__all__ = ["agreements", "flows", "phases", "tasks"]
