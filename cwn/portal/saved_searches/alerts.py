"""The queue of mails about new results: a row first, then sent, so that a crash loses nothing (R12).

Things count as seen when the mail server took the mail. Until then they are still new; a second mail about them is
not queued while the first is under way. A mail of which nobody knows whether it left goes again under the same
Message-ID (security.md chapter 5: alerts at least once).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from cwn.accounts.models import User
from cwn.portal.models import AlertMail, SavedSearch
from cwn.portal.models.saved_searches import MOST_TRIES, period_of
from cwn.portal.saved_searches.results import may_get_alerts, things_to_tell
from cwn.portal.saved_searches.things import ThingSet
from cwn.search.results import Thing

#: Time between two tries of one mail; the first is longer than any conversation with a mail server.
WAITS = (timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
#: How long nothing is queued for somebody whose mail was given up.
REFUSAL_PAUSE = timedelta(days=1)


def people_to_alert(now: datetime) -> Iterator[int]:
    """Yield the keys of people with a search that is due, unless a mail is under way or was given up today."""
    mails = AlertMail.objects.filter(user=OuterRef("user"))
    waits = mails.unfinished() | mails.filter(given_up_at__gt=now - REFUSAL_PAUSE)
    due = SavedSearch.objects.due(now).filter(~Exists(waits))
    yield from due.order_by("user_id").values_list("user_id", flat=True).distinct()


def queue_alert(*, user_id: int, now: datetime) -> AlertMail | None:
    """Queue one mail about all due searches of a person; nothing when nothing is new.

    Whoever comes second, a moment later or at the same time, finds nothing due; and the database holds one mail of
    a person per period whatever the code does (H06).
    """
    user = User.objects.with_access_facts().get(pk=user_id)
    due = SavedSearch.objects.visible_to(user).due(now)
    new = things_to_tell(list(due), user=user) if may_get_alerts(user) else {}
    found = {str(key): ThingSet().add(things).stored() for key, things in new.items() if things}
    period = period_of(now)
    with transaction.atomic():
        asked = [search.pk for search in due.select_for_update(of=("self",)).order_by("pk")]  # a second worker waits
        mails = AlertMail.objects.filter(user=user)
        if not asked or mails.unfinished().exists() or mails.filter(period=period).exists():
            return None
        SavedSearch.objects.filter(pk__in=asked).update(checked_at=now)
        return AlertMail.objects.create(user=user, period=period, found=found, next_at=now) if found else None


@transaction.atomic
def claim_mail(*, now: datetime) -> AlertMail | None:
    """Take the mail that waits longest, for one try; whoever dies with it leaves it for the next try."""
    while True:
        mail = AlertMail.objects.pending(now).select_for_update(skip_locked=True).order_by("next_at", "pk").first()
        if mail is None:
            return None
        if mail.tries < MOST_TRIES:
            mail.next_at = now + WAITS[mail.tries]
            mail.tries += 1
            mail.save(update_fields=["next_at", "tries"])
            return mail
        give_up(mail)


@transaction.atomic
def mark_sent(mail: AlertMail, *, told: Iterable[Thing]) -> None:
    """Keep that the mail server took a mail; what it told is no longer new in any search of this person."""
    told = list(told)
    AlertMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())
    for search in SavedSearch.objects.filter(user=mail.user_id).select_for_update().order_by("pk"):
        search.seen = ThingSet(search.seen).add(told).stored()
        search.save(update_fields=["seen"])


def give_up(mail: AlertMail) -> None:
    """Keep that a mail does not arrive; what it would tell is still new, and goes along with a later mail."""
    AlertMail.objects.filter(pk=mail.pk).update(given_up_at=timezone.now())


def drop_mail(mail: AlertMail) -> None:
    """Forget a mail in which nothing is left to tell."""
    mail.delete()


def forget_old_mails(*, now: datetime) -> int:
    """Remove mails of more than thirty days ago and return how many."""
    return AlertMail.objects.outdated(now).delete()[0]
