"""Where counted links and the picture of an issue lead; the page is never slower for being counted (H1)."""

import re
import time

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comms.newsletters.counting.addresses import issue_of, target_of
from comms.newsletters.counting.agents import class_of_agent
from comms.newsletters.counting.classifying import Event
from comms.newsletters.counting.journal import note
from comms.newsletters.enums import TOLD_IN_FULL
from comms.newsletters.models import LinkTarget
from cwn.core.guard import as_the_portal

#: One transparent point.
POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364600000000600023081d02f"
    "0000000049454e44ae426082"
)
MARK = re.compile(r"[A-Za-z0-9_-]{6,40}\Z")


@require_safe
@never_cache
def issue_click(request: HttpRequest, signed: str, mark: str) -> HttpResponse:
    """Lead a reader to an address of an issue: only to one that we stored, by a key that we signed (D06)."""
    key = target_of(signed)
    with as_the_portal():
        target = LinkTarget.objects.filter(pk=key or 0, issue__tlp__in=TOLD_IN_FULL).first()
    if target is None:
        raise Http404
    if MARK.match(mark):
        note(_event(request, target.issue_id, mark, target.pk))
    return HttpResponseRedirect(target.url, headers={"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"})


@require_safe
@never_cache
def issue_open(request: HttpRequest, signed: str, mark: str) -> HttpResponse:
    """Answer with one transparent point; whether the issue exists is not told."""
    issue = issue_of(signed)
    if issue is None:
        raise Http404
    if MARK.match(mark):
        note(_event(request, issue, mark, 0))
    return HttpResponse(POINT, content_type="image/png")


def _event(request: HttpRequest, issue: int, mark: str, target: int) -> Event:
    agent = class_of_agent(str(request.method), request.headers.get("User-Agent", ""))
    return Event(issue, mark, time.time(), agent, target)
