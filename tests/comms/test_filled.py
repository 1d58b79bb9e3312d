"""What counts as filled is said once, in PostgreSQL; what people write passes and what fills a box does not (R77)."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comms.actions.issuing import missing_elements
from tests.comms.fillings import ACTION, SAYS_NOTHING, typed_gaps
from tests.comms.ways import Desk
from tests.factories.comms import FILLED

COLUMNS = sorted({column for _element, column, _value in typed_gaps()})
pytestmark = pytest.mark.django_db
on_many = settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def desk(cast):
    """A desk that can make rows."""
    return Desk(cast)


def _values_of(column: str) -> st.SearchStrategy[Any]:
    return st.just(FILLED[column]) | st.sampled_from(
        [value for _element, name, value in typed_gaps() if name == column]
    )


@given(sheet=st.fixed_dictionaries({column: _values_of(column) for column in COLUMNS}))
@on_many
def test_the_form_and_the_table_judge_alike(desk, sheet):
    """What the page says is missing is what PostgreSQL refuses: none more, none less."""
    try:
        desk.row(sheet).clean_fields()
    except ValidationError as refusal:  # the form keeps these out before anybody judges
        sheet |= {column: FILLED[column] for column in set(refusal.message_dict) & set(sheet)}
    row = desk.row(sheet)
    missing, refused = missing_elements(row), ""
    try:
        with transaction.atomic():
            row.save()
            transaction.set_rollback(True)
    except DatabaseError as refusal:
        refused = str(refusal)
    assert bool(missing) == bool(refused)
    assert not missing or any(f"issued_with_{element}" in refused for element in missing)


def judged(*texts: str | None) -> list[str | None]:
    """Return the texts that PostgreSQL calls filled."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM unnest(%s::text[]) AS text WHERE comms_is_filled(text)", [list(texts)])
        return [text for (text,) in cursor.fetchall()]


SAYS_SOMETHING = (
    "Patch nu", "Let op: update vandaag", "Bel ons.", "CVE-2026-12345", "Niet openen!", "Test uw back-up",
    "Zie de bijlage met indicatoren", "De NIS2 geldt nu", "Ja, direct.", "7-Zip bijwerken",
    "Nee, nog niet nodig", "Onbekende afzender: niet klikken", "Geen haast, wel doen", "Überprüfen",
    "Αναβαθμίστε", "更新してください", "إصلاح الآن", "🔥 Patch vandaag 🔥", "e\u0301e\u0301n update",
)  # fmt: skip
FILLERS = (
    None, "n/a", "N.A.", "nvt nvt", "n.v.t. – n.v.t.", "niet van toepassing", "zie bijlage", "Zie onder",
    "idem", "Idem.", "geen", "onbekend", "volgt", "p.m.", "TBD", "todo", "T.B.C.", "test", "TEST TEST", "null",
    "none", "aaaaaaa", "x x x x", "------", "_____", "***", "?", "!!!", "0", "00000", "1. 2. 3.", "   .   ",
    "\u3000\u3000", "\u200d\u200c", "\u2800\u2800", "\u115f\u1160", "\ufe0f\ufe0f", "\U000e0041\U000e0042",
    "\u0301\u0301\u0301", "ﾠﾠ", "ｎｖｔ", "Ｎ．Ｖ．Ｔ．", "🙂", "👍🏽👍🏽", "§§§", "€€€", "lorem ipsum", "asdf",
    "<>", "•", "– – –", "\u007f", "zie hierboven, zie hieronder", "n.v.t", "nvt.",
)  # fmt: skip


def test_ordinary_short_texts_are_filled():
    assert judged(*SAYS_SOMETHING) == list(SAYS_SOMETHING)


def test_fillers_are_not():
    assert judged(*FILLERS, *SAYS_NOTHING) == []


#: Signs as they stand on keyboards and in what people paste: blanks, dashes, marks, arrows, emoji.
SIGNS = st.one_of(
    st.characters(categories=("Zs", "Cf", "Mn", "Pd", "Po", "Ps", "Pe", "Sc", "Sk", "Sm", "So"), max_codepoint=0x36F),
    st.characters(min_codepoint=0x2000, max_codepoint=0x2BFF),
    st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF),
)


@given(text=st.text(SIGNS, max_size=30))
@on_many
def test_nothing_but_signs_and_blanks_is_never_filled(db, text):
    assert judged(text) == []


def test_a_complete_action_is_enough(desk):
    row = desk.row(FILLED | {"action_perspective": [ACTION]})
    row.save()
    assert row.pk
