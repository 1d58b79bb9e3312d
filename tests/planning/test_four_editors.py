"""Four editors, each five hundred random edits of the same items at the same time: nothing is lost (issue, R86)."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection

from comms.actions.steps import StaleEditError
from comms.planning.actions.entries import save_entry, values_of
from comms.planning.models import CalendarEntry
from cwn.core.history import event_model
from cwn.core.visibility import principals_of
from tests.cast import make_cast
from tests.factories.planning import AudienceFactory, EntryFactory

EDITORS, EDITS, ITEMS = 4, 500, 3
TEXTS = ("title", "content", "message")
NOON = datetime(2026, 6, 1, 10, tzinfo=UTC)


def wish_of(random: Random, name: str, word: str, audiences: list[int]) -> Any:
    """Return a value that nobody else writes, where the field allows that."""
    if name in TEXTS:
        return word
    if name == "starts_at":
        return NOON + timedelta(minutes=random.randrange(1_000_000))
    return sorted(random.sample(audiences, random.randrange(len(audiences) + 1)))


def edit_many(number: int, entries: list[CalendarEntry], audiences: list[int], by: Any) -> tuple[list, list]:
    """Open an item, think, and save one or two fields; return what was accepted and what was refused."""
    random, accepted, refused = Random(number), [], []
    pages: dict[int, dict[str, Any]] = {}
    try:
        for turn in range(EDITS):
            entry = random.choice(entries)
            if entry.pk not in pages or random.random() < 0.5:
                pages[entry.pk] = values_of(CalendarEntry.objects.get(pk=entry.pk))  # else an old page
            base = pages[entry.pk]
            names = random.sample((*TEXTS, "starts_at", "audiences"), random.choice((1, 2)))
            mine = {name: wish_of(random, name, f"{number}-{turn}-{name}", audiences) for name in names}
            try:
                saved = save_entry(entry, values=base | mine, base=base, by=by)
            except StaleEditError as stale:
                refused.append((base, mine, stale))
                pages[entry.pk] = stale.current
            else:
                accepted.append((saved.edit_version, entry.pk, mine, base))
                pages[entry.pk] = base | mine
    finally:
        connection.close()
    return accepted, refused


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost():
    cast = make_cast()
    audiences = [AudienceFactory(slug=f"doelgroep-{number}").pk for number in range(4)]
    entries = [EntryFactory(title=f"Begin {number}", starts_at=NOON) for number in range(ITEMS)]
    editors = [cast[principal] for principal in ("wg", "coord", "wg", "coord")]
    for editor in editors:
        principals_of(editor)
    with ThreadPoolExecutor(EDITORS) as pool:
        runs = list(pool.map(lambda number: edit_many(number, entries, audiences, editors[number]), range(EDITORS)))
    accepted = sorted((one for run in runs for one in run[0]), key=lambda one: (one[1], one[0]))
    refused = [one for run in runs for one in run[1]]
    assert len(accepted) + len(refused) == EDITORS * EDITS
    assert len(refused) > 50  # they did get in each other's way
    assert len(accepted) > 500

    # every field holds what was accepted last
    last: dict[int, dict[str, Any]] = defaultdict(dict)
    for _version, key, mine, base in accepted:
        last[key].update({name: value for name, value in mine.items() if value != base[name]})
    for key, fields in last.items():
        stands = values_of(CalendarEntry.objects.get(pk=key))
        assert {name: stands[name] for name in fields} == fields

    # every accepted text is in the history, in the order in which it was accepted
    for entry in entries:
        events = event_model(CalendarEntry).objects.filter(pgh_obj_id=entry.pk).order_by("pgh_id")
        for name in TEXTS:
            written = [getattr(event, name) for event in events]
            places = [
                written.index(mine[name]) for _version, key, mine, _base in accepted if key == entry.pk and name in mine
            ]
            assert places == sorted(places)

    # and every refusal shows both: what stands there and what the editor began with, of the field that clashed
    for base, mine, stale in refused:
        clashing = [name for name, value in mine.items() if stale.current[name] not in (base[name], value)]
        assert clashing
        assert all(stale.base[name] == base[name] for name in clashing)
