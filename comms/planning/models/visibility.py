"""Who plans and who reads along (security.md chapter 3: content calendar, campaigns)."""

from typing import Any

from cwn.accounts.roles import COORDINATOR, POLICY_OWNER, WORKING_GROUP
from cwn.core.visibility import MEMBERS, principals_of, role_principal

COORDINATES = role_principal(COORDINATOR.slug)
#: A member of the working group is one for a partner: who left the last partner plans no more, whatever the role says.
SITS_IN_WORKING_GROUP = frozenset({role_principal(WORKING_GROUP.slug), MEMBERS})
POLICY = role_principal(POLICY_OWNER.slug)


def plans(user: Any) -> bool:
    """Tell whether a reader works at the communication desk: working group and coordinators."""
    principals = principals_of(user)
    return COORDINATES in principals or principals >= SITS_IN_WORKING_GROUP


def reads_plans(user: Any) -> bool:
    """Tell whether a reader sees what is being planned: the desk, the policy owner and representatives."""
    principals = principals_of(user)
    return plans(user) or POLICY in principals or any(name.startswith("represents:") for name in principals)
