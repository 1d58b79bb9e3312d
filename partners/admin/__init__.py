"""The registry in the admin, one file per subject; importing a file registers what it holds."""

from partners.admin import domains, initiatives, intake, organisations, people, tasks

__all__ = ["domains", "initiatives", "intake", "organisations", "people", "tasks"]
