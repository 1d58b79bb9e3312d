"""Changing many items at once: seen before it is done, and undone where nobody worked on."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from comms.planning.actions.bulk import CAMPAIGN, MOVE, PERSON, REMOVE, STATUS, Wish, change_many, preview, undo_bulk
from comms.planning.actions.entries import save_entry, values_of
from comms.planning.enums import EntryStatus
from comms.planning.models import BulkChange, CalendarEntry
from tests.factories.planning import CampaignFactory, EntryFactory

pytestmark = pytest.mark.django_db


def state() -> list[tuple]:
    rows = CalendarEntry.objects.order_by("pk")
    return list(rows.values_list("starts_at", "ends_at", "status", "person", "campaign", "removed_at"))


@pytest.fixture
def entries():
    now = timezone.now().replace(microsecond=0)
    return [
        EntryFactory(starts_at=now + timedelta(days=day), ends_at=now + timedelta(days=day, hours=1))
        for day in range(4)
    ]


def wishes(cast) -> list[Wish]:
    return [
        Wish(MOVE, days=3),
        Wish(STATUS, status=EntryStatus.CONCEPT),
        Wish(PERSON, person=cast["wg"]),
        Wish(CAMPAIGN, campaign=CampaignFactory()),
        Wish(REMOVE),
    ]


def test_every_change_can_be_undone(cast, entries):
    before = state()
    for wish in wishes(cast):
        change = change_many(entries, wish=wish, by=cast["wg"])
        assert all(old != new for old, new in zip(before, state(), strict=True)), wish.what
        assert undo_bulk(change, by=cast["wg"]) == []
        assert state() == before, wish.what
        with pytest.raises(ValidationError):
            undo_bulk(change, by=cast["wg"])


def test_who_worked_on_keeps_that_work(cast, entries):
    change = change_many(entries, wish=Wish(MOVE, days=7), by=cast["wg"])
    moved = state()[0]
    save_entry(entries[0], values={"title": "Van Coby"}, base=values_of(entries[0]), by=cast["coord"])
    assert undo_bulk(change, by=cast["wg"]) == [entries[0]]
    assert state()[0] == moved
    assert CalendarEntry.objects.get(pk=entries[0].pk).title == "Van Coby"
    assert state()[1][0] == entries[1].starts_at


def test_the_preview_says_what_is_done_and_what_cannot(cast, entries):
    incomplete = entries[0]
    complete = EntryFactory(filled=True, status=EntryStatus.REVIEW)
    CalendarEntry.objects.filter(pk=incomplete.pk).update(status=EntryStatus.REVIEW)
    incomplete.refresh_from_db()
    wish = Wish(STATUS, status=EntryStatus.PLANNED)
    lines = {line.entry: line for line in preview([incomplete, complete, entries[1]], wish)}
    assert "Vul eerst in" in lines[incomplete].refusal
    assert "niet in één keer" in lines[entries[1]].refusal
    assert (lines[complete].old, lines[complete].new, lines[complete].refusal) == ("Ter beoordeling", "Gepland", "")
    change = change_many([incomplete, complete, entries[1]], wish=wish, by=cast["wg"])
    assert list(change.before) == [str(complete.pk)]


def test_what_changes_nothing_is_refused(cast, entries):
    with pytest.raises(ValidationError):
        change_many(entries, wish=Wish(CAMPAIGN), by=cast["wg"])
    assert not BulkChange.objects.exists()


def test_only_the_desk_changes_many_and_only_the_maker_undoes(cast, entries):
    for principal in ("rep", "nctv", "mem"):
        with pytest.raises(PermissionDenied):
            change_many(entries, wish=Wish(MOVE, days=1), by=cast[principal])
    change = change_many(entries, wish=Wish(MOVE, days=1), by=cast["wg"])
    with pytest.raises(PermissionDenied):
        undo_bulk(change, by=cast["coord"])


# --- the pages ---------------------------------------------------------------------------------------
def test_looking_changes_nothing_and_pressing_does_what_was_seen(cast, entries):
    client, address = cast.client("wg"), reverse("entry_bulk")
    chosen = {"item": [entry.pk for entry in entries], "what": MOVE, "days": "2"}
    before = state()
    response = client.get(address, chosen)
    assert "4 items veranderen. Er is nog niets gedaan." in response.content.decode()
    assert state() == before
    done = client.post(address, chosen | {"gezien": response.context["seal"]}, follow=True)
    assert "4 items zijn veranderd." in done.content.decode()
    assert [row[0] for row in state()] == [row[0] + timedelta(days=2) for row in before]
    change = BulkChange.objects.get()
    assert (
        "zijn weer zoals ze waren" in client.post(reverse("bulk_undo", args=[change.pk]), follow=True).content.decode()
    )
    assert state() == before
    assert cast.client("coord").get(reverse("bulk_detail", args=[change.pk])).status_code == 404


def test_what_changed_meanwhile_is_shown_again(cast, entries):
    client, address = cast.client("wg"), reverse("entry_bulk")
    chosen = {"item": [entry.pk for entry in entries], "what": MOVE, "days": "2"}
    seal = client.get(address, chosen).context["seal"]
    CalendarEntry.objects.filter(pk=entries[0].pk).update(starts_at=entries[0].starts_at - timedelta(days=1))
    before = state()
    response = client.post(address, chosen | {"gezien": seal})
    assert "Kijk nog een keer" in response.content.decode()
    assert state() == before


@pytest.mark.parametrize("query", [{"what": MOVE}, {"what": MOVE, "days": "veel"}, {"what": "x"}, {"what": STATUS}])
def test_half_a_wish_gets_a_sentence(cast, entries, query):
    response = cast.client("wg").get(reverse("entry_bulk"), {"item": entries[0].pk, **query})
    assert response.status_code == 400


def test_items_of_amber_of_others_cannot_be_chosen(cast):
    hidden = EntryFactory(tlp="amber", title="Kanarie")
    response = cast.client("wg").get(reverse("entry_bulk"), {"item": [hidden.pk, "x", "9" * 30]})
    assert "Kanarie" not in response.content.decode()
