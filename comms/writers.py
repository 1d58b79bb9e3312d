"""Who has something to do at the desk of the writers."""

from typing import Any

from comms.actions.steps import is_coordinator
from cwn.core.visibility import MEMBERS, principals_of


def works_here(user: Any) -> bool:
    """Tell whether somebody writes or looks along: members of partners and coordinators do."""
    return MEMBERS in principals_of(user) or is_coordinator(user)
