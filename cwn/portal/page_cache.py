"""Pages for visitors, kept in this process until anything in the index changes.

Only for a reader without a session, so a private page never enters; the key holds the version of the
index, which `journal.synchronise` brings up to date first, so no page is ever old. Django's own page
cache is not used anywhere (docs/adr/0003-search-index.md).
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language

from cwn.search import journal

#: Bytes of page that one process keeps at most.
MAX_BYTES = 32 * 1024 * 1024
View = Callable[..., HttpResponse]


@dataclass(slots=True)
class KeptPage:
    """A rendered page; its compressed form is made at the second reader."""

    body: bytes
    content_type: str
    etag: str
    zipped: bytes = b""


_pages: OrderedDict[tuple[Any, ...], KeptPage] = OrderedDict()
_lock = Lock()
_size = 0


def kept_for_visitors(view: View) -> View:
    """Answer a visitor's repeated request from memory as long as nothing changed."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return view(request, *args, **kwargs)
        version = journal.synchronise().version
        request.index_version = version  # type: ignore[attr-defined]  # the view need not look again
        key = (version, get_language(), request.get_full_path(), asks_for_fragment(request))
        page = _pages.get(key)
        if page is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            page = _keep(key, response)
        elif not page.zipped:
            page.zipped = gzip.compress(page.body, compresslevel=6)
        return _answer(request, page)

    return wrapped


def asks_for_fragment(request: HttpRequest) -> bool:
    """Tell whether htmx wants only the part of the page that changes; after "back" it wants all of it."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request


def _keep(key: tuple[Any, ...], response: HttpResponse) -> KeptPage:
    """Keep a page; the oldest ones make room, and those of an older version go first by being older."""
    global _size
    body = response.content
    etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
    page = KeptPage(body, response["Content-Type"], etag)
    with _lock:
        if key not in _pages:  # two readers may have made the same page at once
            _pages[key] = page
            _size += len(body)
        while _pages and _size > MAX_BYTES:
            _size -= len(_pages.popitem(last=False)[1].body)
    return page


def _answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    if request.headers.get("If-None-Match") == page.etag:
        response: HttpResponse = HttpResponseNotModified()
    elif page.zipped and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(page.zipped, content_type=page.content_type)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(page.body, content_type=page.content_type)
    response["ETag"] = page.etag
    response["Cache-Control"] = "no-cache"
    response["Vary"] = "Accept-Encoding, Cookie"
    return response


def forget_pages() -> None:
    """Drop every kept page, as between tests."""
    global _size
    with _lock:
        _pages.clear()
        _size = 0
