"""The second factor, the length of a log-in, keys of programs and a closed door: what holds for every request."""

from collections.abc import Callable
from typing import Any

import structlog
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from redis.exceptions import RedisError

from cwn.accounts import sessions
from cwn.accounts.actions import user_of_token
from cwn.accounts.http import AccountRequest

log = structlog.get_logger("cwn.accounts")
GetResponse = Callable[[HttpRequest], HttpResponse]

API_PREFIX = "/api/"
#: Where somebody without the second factor that a role asks for may still be.
PAGES_WITHOUT_SECOND_FACTOR = frozenset({
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "account_logout",
    "account_reauthenticate", "account_inactive", "brand_stylesheet", "health_live", "health_ready", "health_mail",
    "security_txt",
})  # fmt: skip


def keep_sessions_short(get_response: GetResponse) -> Callable[[AccountRequest], HttpResponse]:
    """End a session that was idle, is old, or began before its owner had a second factor (security.md C10)."""

    def middleware(request: AccountRequest) -> HttpResponse:
        if request.user.is_authenticated:
            reason = sessions.reason_to_end(request)
            if reason is None:
                sessions.touch(request)
            else:
                logout(request)
                messages.info(request, reason)
        return get_response(request)

    return middleware


class SecondFactorRequired:
    """Send somebody whose role asks for a second factor, and who has none, to set one up.

    Whatever was asked for and however (a form, htmx, JSON, another method): the view does not run. For data
    such a person is a visitor anyway (`User.is_trusted`); this is the second lock on the same door.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; what is done here happens beside the view."""
        return self.get_response(request)

    def process_view(
        self, request: AccountRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let only the pages through that lead to a second factor or out."""
        user = request.user
        if not user.is_authenticated or user.has_second_factor or not user.needs_second_factor:
            return None
        if request.resolver_match is not None and request.resolver_match.url_name in PAGES_WITHOUT_SECOND_FACTOR:
            return None
        to = reverse("mfa_index")
        return HttpResponseClientRedirect(to) if request.htmx else HttpResponseRedirect(to)


class ClosedWithoutCounting:
    """Answer 503 when the shared cache is down: nobody logs in while attempts cannot be counted (C05, G02)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; what is done here happens beside the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Recognise a cache that does not answer; other errors are not for here."""
        if not isinstance(exception, RedisError):
            return None
        log.error("shared_cache_down", problem=type(exception).__name__, path=request.path)
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "30"
        return response


def know_tokens(get_response: GetResponse) -> Callable[[HttpRequest], HttpResponse]:
    """Let the API know its readers by a personal key and by nothing else: a session of a browser counts for nothing.

    Without a key a program is a visitor; with a wrong one it is refused. Goes after everything about sessions.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API_PREFIX):
            return get_response(request)
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        request.user = AnonymousUser()
        if scheme:
            user = user_of_token(secret.strip()) if scheme.lower() == "bearer" else None
            if user is None:
                return _refused()
            request.user = user
        return get_response(request)

    return middleware


def _refused() -> HttpResponse:
    problem = {"status": 401, "title": "Unauthorized", "detail": "Deze sleutel werkt niet of niet meer."}
    headers = {"WWW-Authenticate": 'Bearer realm="CWN"', "Cache-Control": "no-store"}
    return JsonResponse(problem, status=401, content_type="application/problem+json", headers=headers)
