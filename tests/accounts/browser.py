"""A browser for tests of log-in, and what people type into it."""

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import reverse

from cwn.accounts.models import User
from tests.factories.accounts import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PERIOD = 30  # seconds


class Browser(Client):
    """A browser of which every request commits, as outside of a test's transaction: its mails leave."""

    def request(self, **request: Any) -> HttpResponse:
        """Do one request and what was to happen after its commit."""
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)

    def log_in(self, email: str, password: str = PASSWORD, **extra: Any) -> HttpResponse:
        """Fill in the log-in form."""
        return self.post(reverse("account_login"), {"login": email, "password": password}, **extra)

    def show_code(self, code: str) -> HttpResponse:
        """Fill in the second factor."""
        return self.post(reverse("mfa_authenticate"), {"code": code})

    @property
    def user(self) -> User | None:
        """The person that the portal takes this browser for."""
        account = self.get(reverse("account_home"))
        return account.wsgi_request.user if account.wsgi_request.user.is_authenticated else None


def code_of(secret: str = SECRET, periods: int = 0) -> str:
    """Return what a code app shows now, or some periods later or earlier."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + periods))
