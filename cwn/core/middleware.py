"""What happens to every request, whichever app answers it."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers

GetResponse = Callable[[HttpRequest], HttpResponse]

#: Bytes of an address; longer ones come from tools, not from people.
MAX_QUERY_LENGTH = 8_000
#: Control characters that nobody types, and half characters. PostgreSQL, XML or a header of a mail breaks on them.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
#: How forms arrive, with and without files.
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")

#: What browsers, feed readers and the read-only API ask with.
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


def refuse_other_methods(get_response: GetResponse) -> GetResponse:
    """Answer 405 to methods that nothing here uses, whichever view stands behind the address (A02)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return middleware


def refuse_unreadable_input(get_response: GetResponse) -> GetResponse:
    """Answer 400 to text that nothing here can hold: control characters, lone surrogates, endless queries."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY_LENGTH or not _readable(request.path) or not _readable_values(request.GET):
            return HttpResponseBadRequest("Dit adres kunnen wij niet lezen. / We cannot read this address.")
        if request.method == "POST" and request.content_type in FORM_TYPES and not _readable_values(request.POST):
            return HttpResponseBadRequest("Deze tekst kunnen wij niet lezen. / We cannot read this text.")
        return get_response(request)

    return middleware


def _readable(text: str) -> bool:
    return UNREADABLE.search(text) is None


def _readable_values(values) -> bool:
    return all(_readable(name) and all(map(_readable, items)) for name, items in values.lists())


def keep_private_pages_private(get_response: GetResponse) -> GetResponse:
    """Let no cache keep a page that was made for somebody who is logged in (security.md, TLP x channel)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return middleware
