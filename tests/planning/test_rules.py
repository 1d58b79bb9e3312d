"""The rules find every planted and every accidental conflict, and nothing else (R87)."""

from datetime import date

import pytest

from comms.planning.reference.year import FOLDER
from comms.planning.rules import RULES
from comms.planning.rules.asks import ask_of
from comms.planning.rules.crowding import audience_hit_too_often
from comms.planning.rules.silence import quarter_of
from comms.planning.rules.world import Threshold, World
from cwn.core.reference import read_rows
from tests.planning.oracle import expected, plant, random_calendar, world_of

CALENDARS = 200
LIMITS = {row["code"]: (row.get("most", 0), row.get("days", 0)) for row in read_rows(FOLDER, "rules", "rule")}


def found_in(world: World) -> set[tuple[str, str, frozenset[str]]]:
    """Return every finding as (rule, place, keys)."""
    found = set()
    for code, rule in RULES.items():
        for finding in rule(world, Threshold(*LIMITS[code])):
            place = finding.words.get("kanaal", "")
            if code == "doelgroep-te-vaak":
                place = finding.words["doelgroep"]
            if code == "functie-zonder-mijlpaal":
                place = finding.key.partition("|")[0]
            key = (code, place, frozenset(subject.key for subject in finding.subjects))
            assert key not in found, f"told twice: {key}"
            found.add(key)
    return found


def test_precision_and_recall_are_one():
    """200 calendars against an oracle: nothing missed, nothing invented, every planted conflict seen."""
    total = right = planted_total = 0
    kinds: dict[str, int] = {}
    for seed in range(CALENDARS):
        calendar = random_calendar(seed)
        planted = plant(calendar, seed)
        found, wanted = found_in(world_of(calendar, seed)), expected(calendar, LIMITS)
        assert found - wanted == set(), f"invented in calendar {seed}"
        assert wanted - found == set(), f"missed in calendar {seed}"
        assert planted <= found, f"planted but missed in calendar {seed}"
        total, right, planted_total = total + len(wanted), right + len(found & wanted), planted_total + len(planted)
        for code, _place, _keys in found:
            kinds[code] = kinds.get(code, 0) + 1
    assert total == right
    assert planted_total == CALENDARS * 6
    assert set(kinds) == set(RULES), "a rule of which the calendars have no conflict"


def test_every_row_has_a_function_and_the_other_way_round():
    assert set(LIMITS) == set(RULES)


def test_the_words_of_a_request_are_compared_and_not_their_order():
    assert ask_of("Installeer de update.") == ask_of("De update installeer wel!")
    refused = ask_of("Installeer geen update")
    assert refused is not None
    assert refused.is_not
    assert refused.words == {"installeer", "update"}
    assert ask_of("niet nooit") is None


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2028, 12, 31), date(2028, 10, 1), date(2028, 12, 31)),
    ],
)
def test_quarters(day, first, last):
    assert quarter_of(day) == (first, last)


def test_no_calendar_no_crowd():
    assert list(audience_hit_too_often(World(today=date(2026, 1, 1)), Threshold(0, 7))) == []
