"""How a session becomes a user."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from cwn.accounts.models import User
from cwn.core.prepared import Prepared

WITH_ACCESS_FACTS = Prepared(lambda user_id: User.objects.with_access_facts().filter(pk=user_id))


class PortalBackend(AuthenticationBackend):
    """Allauth's log-in by e-mail address; the user comes with the facts that each request asks."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Refuse, where there is no demo, the people of the demo: their passwords are known."""
        return super().user_can_authenticate(user) and (settings.CWN_DEMO or not user.is_fictional)

    def get_user(self, user_id: Any) -> User | None:
        """Return the active user of a session in one query, or nothing."""
        return next(filter(self.user_can_authenticate, WITH_ACCESS_FACTS.rows(user_id)), None)
