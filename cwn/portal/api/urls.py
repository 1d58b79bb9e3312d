"""Addresses of the API, without a slash at the end (NL API Design Rules, API-48)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _

from cwn.core.throttle import allowed, network_address
from cwn.portal.api.application import VERSION, api
from cwn.portal.api.problems import problem

#: Requests per minute, for one person or one network without a key.
MOST_REQUESTS = 300
View = Callable[..., HttpResponse]


def counted(view: View) -> View:
    """Answer as the API does, whatever happens: with its version, as a problem when refused, and not too often."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        who = f"user:{request.user.pk}" if request.user.is_authenticated else network_address(request)
        if not allowed("api", who, times=MOST_REQUESTS, seconds=60):
            answer = problem(429, _("U vraagt te vaak. Wacht een minuut."))
            answer["Retry-After"] = "60"
        else:
            if request.method == "HEAD":  # the web server leaves the body out
                request.method = "GET"
            answer = view(request, *args, **kwargs)
        if answer.status_code == 405:
            methods = answer.get("Allow", "GET")
            answer = problem(405, _("Deze API is alleen om te lezen."))
            answer["Allow"] = methods
        answer["API-Version"] = VERSION
        if not request.user.is_authenticated:
            answer["Access-Control-Allow-Origin"] = "*"  # what visitors read, any page may show
        return answer

    return answered


def document(request: HttpRequest) -> HttpResponse:
    """Describe the API as OpenAPI 3.1, for everybody (API-51)."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix="api/v1/")
    schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    schema["security"] = [{}, {"token": []}]
    return JsonResponse(schema, json_dumps_params={"ensure_ascii": False})


def absent(request: HttpRequest) -> HttpResponse:
    """Tell that an address of the API does not exist, as the API tells it."""
    return problem(404, _("Dit adres bestaat niet in deze API."))


resources = [
    path(str(resource.pattern), counted(resource.callback), name=f"api_{resource.name}")
    for resource in api.urls[0]
    if isinstance(resource, URLPattern) and resource.callback is not None and resource.name != "api-root"
]
urlpatterns = [
    path("openapi.json", counted(document), name="api_document"),
    *resources,
    re_path(r"^.*$", counted(absent), name="api_absent"),
]
