"""Calendar addresses: making one, taking it back, finding whose it is; and ideas from a file (R86, A04)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.planning.enums import EntryStatus, FeedScope
from comms.planning.feeds.reading import FoundEvent
from comms.planning.models import CalendarEntry, CalendarFeed, Campaign, plans
from cwn.accounts.models import User
from cwn.core.guard import as_the_portal
from cwn.core.visibility import MEMBERS, principals_of
from partners.models import Organisation
from partners.models.organisations import organisations_of, represented_organisations_of

#: Addresses that one person can have at once.
MOST_FEEDS = 20
#: An item that this portal wrote into a file.
_OWN = re.compile(r"^entry-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@cwn$")


@transaction.atomic
def create_feed(
    *,
    scope: str,
    organisation: Organisation | None = None,
    function: str = "",
    campaign: Campaign | None = None,
    name: str = "",
    by: Any,
) -> tuple[CalendarFeed, str]:
    """Make an address for a calendar program; the second value is its secret, shown once and kept nowhere."""
    if CalendarFeed.objects.filter(user=by, revoked_at=None).count() >= MOST_FEEDS:
        raise ValidationError(_("U hebt al %(number)d adressen. Trek er eerst een in.") % {"number": MOST_FEEDS})
    secret = token_urlsafe(32)
    feed = CalendarFeed(
        digest=_digest(secret), user=by, scope=scope, organisation=organisation, function=function, campaign=campaign,
        name=name.strip(),
    )  # fmt: skip
    if not _still_allowed(feed, by):
        raise PermissionDenied
    feed.full_clean(exclude=["user"])
    feed.save()
    return feed, secret


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: Any) -> CalendarFeed:
    """Make an address useless from the next request on."""
    if feed.user_id != by.pk:
        raise PermissionDenied
    CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=timezone.now())
    feed.refresh_from_db()
    return feed


def reader_of_secret(secret: str) -> tuple[CalendarFeed, User] | None:
    """Return the address with this secret and its owner as he or she is now; nothing when either has ended (A04).

    Whoever asks has no session, so the row is looked up with the rights of the portal. The day of the last use is
    kept, not the moment: enough to find addresses that nobody needs.
    """
    with as_the_portal():
        feed = CalendarFeed.objects.filter(digest=_digest(secret), revoked_at=None).first()
        if feed is None:
            return None
        user: User = User.objects.with_access_facts().get(pk=feed.user_id)
        if not _still_allowed(feed, user):
            return None
        if feed.last_used_on != timezone.localdate():
            CalendarFeed.objects.filter(pk=feed.pk).update(last_used_on=timezone.localdate())
    return feed, user


def _still_allowed(feed: CalendarFeed, user: Any) -> bool:
    """Tell whether somebody is still more than a visitor, and still belongs to what the address shows."""
    principals = principals_of(user)
    if not (MEMBERS in principals or any(principal.startswith("role:") for principal in principals)):
        return False
    if feed.scope == FeedScope.ORGANISATION:
        return feed.organisation_id in organisations_of(user)
    if feed.scope == FeedScope.CAMPAIGN:
        return Campaign.objects.visible_to(user).filter(pk=feed.campaign_id or 0).exists()
    return True


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ImportLine:
    """What would happen with one event of a file."""

    event: FoundEvent
    uid: UUID
    state: str
    """"new", "same", "changed", or "kept" when somebody works on the item already."""
    entry: CalendarEntry | None = None


def importable_owners(user: Any) -> list[int]:
    """Return the organisations for which somebody may bring ideas: the desk for its own, representatives theirs."""
    return organisations_of(user) if plans(user) else represented_organisations_of(user)


def plan_import(events: Iterable[FoundEvent], *, owner: Organisation, by: Any) -> list[ImportLine]:
    """Say what bringing these events in would do; changes nothing."""
    good = [event for event in events if not event.problem]
    uids = _uids_of(good, owner, by)
    present = {entry.uid: entry for entry in CalendarEntry.objects.visible_to(by).filter(uid__in=uids.values())}
    editable = set(CalendarEntry.objects.editable_by(by).filter(uid__in=uids.values()).values_list("uid", flat=True))
    lines = []
    for event in good:
        entry = present.get(uids[event.uid])
        state = "new" if entry is None else _state(event, entry, may_edit=entry.uid in editable)
        lines.append(ImportLine(event, uids[event.uid], state, entry))
    return lines


@transaction.atomic
def import_ideas(events: Iterable[FoundEvent], *, owner: Organisation, tlp: str, by: Any) -> list[CalendarEntry]:
    """Bring events of a file in as ideas; the same file twice changes nothing, and finished work is left alone."""
    if owner.pk not in importable_owners(by):
        raise PermissionDenied
    written = []
    for line in plan_import(events, owner=owner, by=by):
        values = _values(line.event)
        if line.state == "new":
            if CalendarEntry.objects.filter(uid=line.uid).exists():  # taken away, and it stays away
                continue
            entry = CalendarEntry(uid=line.uid, owner=owner, tlp=tlp, created_by=by, **values)
        elif line.state == "changed" and line.entry is not None:
            entry = CalendarEntry.objects.select_for_update(of=("self",)).get(pk=line.entry.pk)
            for name, value in values.items():
                setattr(entry, name, value)
            entry.sequence, entry.edit_version = entry.sequence + 1, entry.edit_version + 1
        else:
            continue
        entry.full_clean(exclude=["owner", "created_by", "publication", "campaign", "person"])
        entry.save()
        written.append(entry)
    return written


def _uids_of(events: Sequence[FoundEvent], owner: Organisation, by: Any) -> dict[str, UUID]:
    """Return the key of each event: our own where this reader knows the item, else one that aims at nobody else's."""
    own = {event.uid: UUID(found[1]) for event in events if (found := _OWN.match(event.uid))}
    known = set(CalendarEntry.objects.visible_to(by).filter(uid__in=own.values()).values_list("uid", flat=True))
    return {
        event.uid: own[event.uid] if own.get(event.uid) in known
        else uuid5(NAMESPACE_URL, f"calendar:{owner.pk}:{event.uid}")
        for event in events
    }  # fmt: skip


def _state(event: FoundEvent, entry: CalendarEntry, *, may_edit: bool) -> str:
    """Say what a known event brings; a file that this portal wrote tells less than it knows, so it changes nothing."""
    if _OWN.match(event.uid) or all(getattr(entry, name) == value for name, value in _values(event).items()):
        return "same"
    return "changed" if may_edit and entry.status == EntryStatus.IDEA else "kept"


def _values(event: FoundEvent) -> dict[str, Any]:
    """Return the fields of an item; in UTC, because a time that comes twice equals nothing in another zone."""
    return {
        "title": event.title,
        "starts_at": event.starts and event.starts.astimezone(UTC),
        "ends_at": event.ends and event.ends.astimezone(UTC),
        "is_all_day": event.is_all_day,
        "time_zone": event.zone,
        "content": event.description,
    }
