"""The admin of planning together, one module per subject."""

from comms.planning.admin import campaigns, working_group

__all__ = ["campaigns", "working_group"]
