"""Errors of the API as RFC 9457 problems: one shape, no detail about what is inside."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from cwn.search.queries import InvalidPageError

PROBLEM = "application/problem+json"


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """Return an error as the API tells it."""
    body = {"status": status, "title": HTTPStatus(status).phrase, "detail": detail, **more}
    return JsonResponse(body, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})


def tell_problems(api: NinjaAPI) -> None:
    """Let an API answer each kind of error as a problem."""

    @api.exception_handler(Http404)
    def absent(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, _("Dit bestaat niet, of u mag het niet zien."))

    @api.exception_handler(InvalidPageError)
    def no_such_page(request: HttpRequest, error: InvalidPageError) -> HttpResponse:
        return problem(404, _("Deze pagina van de lijst bestaat niet."))

    @api.exception_handler(ValidationError)
    def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
        wrong = sorted({str(one["loc"][-1]) for one in error.errors})
        return problem(400, _("Deze vraag kunnen wij niet lezen."), parameters=wrong)

    @api.exception_handler(HttpError)
    def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error))
