"""Showing again who one is, before something that cannot be undone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from cwn.accounts.http import AccountRequest

View = Callable[..., HttpResponse]


def recently_authenticated(view: View) -> View:
    """Run a view only for somebody who logged in or showed again who they are in the last 15 minutes.

    Whatever the method, the content type or the headers (security.md C11): otherwise the question comes
    first, and afterwards what was asked goes on. Also for admin views, inside `admin_site.admin_view`.
    """

    @wraps(view)
    def asks_first(request: AccountRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_reauthentication_required(request, app=""):
            return view(request, *args, **kwargs)
        methods = get_adapter().get_reauthentication_methods(request.user)
        if request.htmx and methods:
            query = urlencode({"next": request.htmx.current_url_abs_path or reverse("account_home")})
            return HttpResponseClientRedirect(f"{methods[0]['url']}?{query}")
        raise ReauthenticationRequired  # allauth keeps what was posted and asks

    return asks_first
