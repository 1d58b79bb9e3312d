"""Who plans and who reads along (security.md chapter 3: content calendar, campaigns)."""

from typing import Any

from cwn.accounts.roles import COORDINATOR, POLICY_OWNER, WORKING_GROUP
from cwn.core.visibility import principals_of, role_principal

#: Principals of the people at the desk.
DESK = frozenset({role_principal(WORKING_GROUP.slug), role_principal(COORDINATOR.slug)})
POLICY = role_principal(POLICY_OWNER.slug)


def plans(user: Any) -> bool:
    """Tell whether a reader works at the communication desk: working group and coordinators."""
    return bool(principals_of(user) & DESK)


def reads_plans(user: Any) -> bool:
    """Tell whether a reader sees what is being planned: the desk, the policy owner and representatives."""
    principals = principals_of(user)
    return bool(principals & DESK) or POLICY in principals or any(name.startswith("represents:") for name in principals)
