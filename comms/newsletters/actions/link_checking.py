"""Asking for a look at links outside the portal, and looking: the page asks, the worker looks."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from comms.newsletters.link_checks import look
from comms.newsletters.models import LinkCheck

#: A look holds this long, and so many are taken in one go.
HOLDS, MOST_AT_ONCE = timedelta(days=1), 20
LONGEST = 1_000


def ask_for_checks(addresses: Iterable[str]) -> None:
    """Put addresses on the list of the worker; those that were looked at a day ago once more."""
    addresses = [address for address in addresses if len(address) <= LONGEST]
    LinkCheck.objects.bulk_create((LinkCheck(url=address) for address in addresses), ignore_conflicts=True)
    old = LinkCheck.objects.filter(url__in=addresses, checked_at__lt=timezone.now() - HOLDS)
    old.update(checked_at=None, asked_at=timezone.now())


def check_links() -> int:
    """Look at addresses that wait and return how many that were; two workers may look twice, that harms nobody."""
    waiting = list(LinkCheck.objects.filter(Q(checked_at=None)).order_by("asked_at")[:MOST_AT_ONCE])
    for check in waiting:
        check.is_broken, check.explanation = look(check.url)
        check.explanation = check.explanation[:200]
        check.checked_at = timezone.now()
        check.save(update_fields=["is_broken", "explanation", "checked_at"])
    return len(waiting)
