"""The demo network only: become anybody with one click, and read the mail that the portal sent.

`cwn.accounts.urls` imports this file in demo mode and at no other time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cwn.accounts.demo_people import DEMO_PEOPLE
from cwn.accounts.models import User


@never_cache
def log_in(request: HttpRequest) -> HttpResponse:
    """List one person per principal and become the chosen one, second factor included."""
    if request.method != "POST":
        return render(request, "accounts/demo_login.html", {"people": list(people())})
    person = next((person for person in DEMO_PEOPLE if person.principal == request.POST.get("persoon")), None)
    if person is None:
        raise Http404
    user = get_object_or_404(User, email=person.email, is_fictional=True)
    logout(request)
    record_authentication(request, user, method="password", email=user.email)
    if not person.has_second_factor:
        return perform_login(request, Login(user=user, email=user.email))
    record_authentication(request, user, method="mfa", type=Authenticator.Type.TOTP)
    get_adapter().login(request, user)
    request.user = user
    return redirect(get_adapter().get_login_redirect_url(request))


def people() -> Iterator[dict[str, Any]]:
    """Return who can be chosen, in the order of the principals."""
    known = User.objects.filter(email__in=[person.email for person in DEMO_PEOPLE], is_fictional=True)
    by_address = {user.email: user for user in known.prefetch_related("memberships__organisation")}
    for person in DEMO_PEOPLE:
        user = by_address.get(person.email)
        if user is not None:
            organisations = [membership.organisation.name for membership in user.memberships.all()]
            yield {"person": person, "user": user, "organisations": organisations}


@dataclass(frozen=True, slots=True)
class DemoMail:
    """A mail that went to a file instead of to somebody."""

    key: str
    subject: str
    to: str
    date: datetime
    body: str


@never_cache
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """List the mails that the portal sent, newest first."""
    return render(request, "accounts/demo_mail_list.html", {"mails": list(mails())})


@never_cache
@require_safe
def mail_detail(request: HttpRequest, key: str) -> HttpResponse:
    """Show the text of one mail."""
    mail = next((mail for mail in mails() if mail.key == key), None)
    if mail is None:
        raise Http404
    return render(request, "accounts/demo_mail_detail.html", {"mail": mail})


def mails() -> Iterator[DemoMail]:
    """Read the files that Django's file backend wrote, one per connection and several mails in each."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    files = Path(folder).glob("*.log") if folder else []
    for file in sorted(files, key=lambda file: file.stat().st_mtime_ns, reverse=True):
        parts = [part.strip(b"\n") for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")]
        for number, part in reversed(list(enumerate(filter(None, parts)))):
            yield _read(f"{file.stem}-{number}", part)


def _read(key: str, text: bytes) -> DemoMail:
    message = message_from_bytes(text, EmailMessage, policy=policy.default)
    body = message.get_body(("plain",))
    return DemoMail(
        key=key,
        subject=str(message["Subject"]),
        to=str(message["To"]),
        date=parsedate_to_datetime(str(message["Date"])),
        body=body.get_content() if body else "",
    )
