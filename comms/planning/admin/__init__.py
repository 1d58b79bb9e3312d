"""The admin of planning together, one module per subject."""

from comms.planning.admin import campaigns, entries, working_group

__all__ = ["campaigns", "entries", "working_group"]
