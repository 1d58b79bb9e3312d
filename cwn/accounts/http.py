"""What a request is once middleware has seen it, for the type checker."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from cwn.accounts.models import User


class AccountRequest(HttpRequest):
    """A request of somebody who is logged in, as `login_required` or a check in the view sees to."""

    user: User
    htmx: HtmxDetails
