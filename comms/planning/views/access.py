"""Who comes in at the pages of planning; who may not learns nothing and gets 404 (security.md A16)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from comms.planning.models import plans, reads_plans
from cwn.core.visibility import MEMBERS, principals_of

View = Callable[..., HttpResponse]


def reads_along(user: Any) -> bool:
    """Tell whether somebody belongs to the network: members of partners, coordinators and the policy owner."""
    return MEMBERS in principals_of(user) or reads_plans(user)


def members_page(view: View) -> View:
    """Open a page for the network only."""
    return login_required(_for(view, reads_along))


def desk_page(view: View) -> View:
    """Open a page for the communication desk only: working group and coordinators."""
    return login_required(_for(view, plans))


def _for(view: View, may: Callable[[Any], bool]) -> View:
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user):
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as refusal:  # the second lock: what may not be known is not found
            raise Http404 from refusal

    return guarded


def asked_for(request: Any, *names: str) -> dict[str, str]:
    """Return the filters of an address; what is not there is empty."""
    return {name: request.GET.get(name, "").strip() for name in names}
