"""Changing what somebody gets: topics, how often, domains, a pause, measuring; each change is written down."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.text import capfirst

from comms.subscriptions.actions.subscribing import note, note_all
from comms.subscriptions.enums import StepKind, SubscriptionState
from comms.subscriptions.models import Subscription

#: What somebody chooses once, for all the own newsletters.
SHARED = ("language", "name", "reader_role", "organisation_kind", "functions", "regions", "sectors", "branches")


@transaction.atomic
def change_preferences(
    subscriptions: Sequence[Subscription], *, shared: Mapping[str, Any], per_list: Mapping[int, Mapping[str, Any]]
) -> list[Subscription]:
    """Write the choices of a subscriber and return the subscriptions.

    `shared` holds what counts for all of them: SHARED, `tracks_me` and `paused_until` (a day, or None to get mail
    again). `per_list` holds per key of a subscription `frequency` and `topics`.
    """
    for row in subscriptions:
        changed = _write(row, {name: shared[name] for name in SHARED})
        own = per_list.get(row.pk)
        if own is not None:
            changed += _write(row, {"frequency": own["frequency"]}) + _set_topics(row, own["topics"])
        if changed:
            note(row, StepKind.CHANGED, ", ".join(changed))
    _pause(subscriptions, shared["paused_until"])
    _measure(subscriptions, tracks_me=shared["tracks_me"])
    for row in subscriptions:
        row.save()
    return list(subscriptions)


def _write(row: Subscription, values: Mapping[str, Any]) -> list[str]:
    """Set what differs and return the names of those fields in words."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return [capfirst(str(Subscription._meta.get_field(name).verbose_name)) for name in changed]  # type: ignore[union-attr]


def _set_topics(row: Subscription, topics: Sequence[Any]) -> list[str]:
    if {topic.pk for topic in topics} == {topic.pk for topic in row.topics.all()}:
        return []
    row.topics.set(topics)
    return [capfirst(str(Subscription._meta.get_field("topics").verbose_name))]  # type: ignore[union-attr]


def _pause(subscriptions: Sequence[Subscription], until: Any) -> None:
    running = [row for row in subscriptions if row.state in (SubscriptionState.ACTIVE, SubscriptionState.PAUSED)]
    changed = [row for row in running if row.paused_until != until]
    for row in changed:
        row.paused_until = until
        row.state = SubscriptionState.PAUSED if until else SubscriptionState.ACTIVE
    if until:
        note_all(changed, StepKind.PAUSED, date_format(until))
    else:
        note_all(changed, StepKind.RESUMED)


def _measure(subscriptions: Sequence[Subscription], *, tracks_me: bool) -> None:
    changed = [row for row in subscriptions if row.tracks_me != tracks_me]
    for row in changed:
        row.tracks_me = tracks_me
    note_all(changed, StepKind.TRACKING_ON if tracks_me else StepKind.TRACKING_OFF)
