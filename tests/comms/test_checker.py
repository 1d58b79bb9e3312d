"""The content checker as a whole: places, suggestions, the warm phase, order and endless texts."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from comms.checker import FIELDS, LONGEST_TEXT, MOST_FINDINGS, CheckedText, Level, apply_suggestion, check
from comms.checker.lists import read_list
from comms.checker.prose import Prose
from comms.checker.style import reading_ease
from comms.enums import PublicationKind, Tlp
from comms.sheet import Action, CoverSheet

BODY = """## Wat is er

Middels dit advies helpt het LDS u: *reeds* [klik hier](http://a.nl/b).

> Zij heten nog
> stelselpartners in dit stuk.

- Een punt
  over het LDS-overleg.

```
LDS en reeds
```

| Reeds | LDS |
|---|---|
| a | `LDS` |
"""


def a_text(body: str = BODY, **others) -> CheckedText:
    return CheckedText(title="Een titel", tlp=Tlp.CLEAR, body=body, **others)


def sentences(text: str) -> list[str]:
    prose = Prose("body", None, text, is_markdown=True)
    return [text[sentence.start : sentence.end].strip() for sentence in prose.sentences]


# --- places and suggestions --------------------------------------------------------------------------
def test_each_finding_points_at_what_it_speaks_of():
    offers = [(one.excerpt, one.suggestion) for one in check(a_text()) if one.suggestion]
    assert offers == [
        ("Middels", "Met"),
        ("LDS", "CWN"),
        ("reeds", "al"),
        ("http://a.nl/b", "https://a.nl/b"),
        ("stelselpartners", "netwerkpartners"),
        ("LDS-overleg", "CWN-overleg"),
        ("LDS", "CWN"),
    ]
    for finding in check(a_text()):
        assert BODY[finding.start : finding.end].startswith(finding.excerpt.rstrip("…"))


def test_applying_every_suggestion_leaves_none_and_touches_nothing_else():
    body = BODY
    while offers := [one for one in check(a_text(body)) if one.suggestion]:
        body = apply_suggestion(body, offers[0])
    assert "```\nLDS en reeds\n```" in body
    assert body == (
        BODY.replace("Middels dit advies helpt het LDS", "Met dit advies helpt het CWN")
        .replace("*reeds*", "*al*")
        .replace("http:", "https:")
        .replace("stelselpartners", "netwerkpartners")
        .replace("LDS-overleg", "CWN-overleg")
        .replace("| Reeds | LDS |", "| Al | CWN |")
    )


def test_a_suggestion_for_a_text_that_changed_is_refused():
    [finding] = check(CheckedText(title="Het LDS groeit", tlp=Tlp.CLEAR))
    assert apply_suggestion("Het LDS groeit", finding) == "Het CWN groeit"
    with pytest.raises(ValidationError, match="intussen veranderd"):
        apply_suggestion("En het LDS groeit", finding)


def test_without_a_suggestion_there_is_nothing_to_apply():
    [finding] = check(a_text("Ga [hier](/x/) heen."))
    with pytest.raises(ValidationError, match="Pas de tekst zelf aan"):
        apply_suggestion("Ga [hier](/x/) heen.", finding)


# --- levels and order --------------------------------------------------------------------------------
def test_in_the_warm_phase_nothing_keeps_a_text_from_being_published():
    cold, warm = check(a_text()), check(a_text(), warm=True)
    assert any(finding.is_error for finding in cold)
    assert [(one.rule, one.start) for one in cold] == [(one.rule, one.start) for one in warm]
    assert {finding.level for finding in warm} == {Level.WARNING}


def test_findings_come_in_the_order_of_reading_and_always_the_same():
    text = a_text(key_points=("Het LDS", "Middels ons"), actions=("Bel reeds",), image_alts=("",), summary="Het LDS")
    found = check(text)
    places = [(FIELDS.index(one.field), one.number or 0, one.start) for one in found]
    assert places == sorted(places)
    assert [one.field for one in found][:3] == ["summary", "key_points", "key_points"]
    assert check(text) == found


def test_a_rule_does_not_go_on_for_ever():
    found = check(a_text("Het LDS. " * 500))
    assert len([one for one in found if one.rule == "naam"]) == MOST_FINDINGS


def test_a_cover_sheet_is_checked_with_all_its_words():
    sheet = CoverSheet(
        title="LDS een", kind="Nieuws", tlp=Tlp.CLEAR, owner="Ons", published_on=date(2026, 3, 1), version=1, url="",
        language="nl", summary="LDS twee", body="LDS drie", urgency="", urgency_tone="", urgency_reason="LDS vier",
        audiences=(), reader_roles=(), audience_reason="LDS vijf", key_points=("LDS zes",), message="LDS zeven",
        channel_messages=(("Pers", "LDS acht"),), tone="", speaker="", actions=(Action("", "LDS negen", "", ""),),
        wider_developments="LDS tien", developments=(), functions=(),
    )  # fmt: skip
    text = CheckedText.of_sheet(sheet, kind=PublicationKind.NEWS, attachment_titles=("LDS elf",))
    found = [one.field for one in check(text) if one.rule == "naam"]
    assert found == [name for name in FIELDS if name != "image_alts"]


# --- reading -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eén zin. Nog een zin!", ["Eén zin.", "Nog een zin!"]),
        ("Bel bijv. het loket. Klaar.", ["Bel bijv. het loket.", "Klaar."]),
        ("Om 9.30 uur, d.w.z. morgen, belt dhr. Jansen.", ["Om 9.30 uur, d.w.z. morgen, belt dhr. Jansen."]),
        ("Zij zei: “Kom nu.” Wij kwamen.", ["Zij zei: “Kom nu.”", "Wij kwamen."]),
        ("Regel een\nloopt door.\n\nNieuwe alinea", ["Regel een\nloopt door.", "Nieuwe alinea"]),
        ("- een\n- twee", ["een", "twee"]),
        ("## Kop\n\nTekst.", ["Tekst."]),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


def test_plain_sentences_score_better_than_official_ones():
    plain = Prose("body", None, "De partner belt het loket. Wij helpen u snel. " * 12)
    official = Prose("body", None, "Organisatieverantwoordelijkheden behoeven interdepartementale afstemming. " * 30)
    assert reading_ease(official.sentences) < 20 < 70 < reading_ease(plain.sentences)
    assert reading_ease(plain.sentences[:3]) is None


def test_the_lists_are_large_lower_case_and_do_not_suggest_what_they_forbid():
    jargon = read_list("jargon")
    words = [word for table in jargon.values() for word in table]
    assert len(words) >= 300
    assert len(set(words)) == len(words)
    assert [word for word in words if word != word.lower()] == []
    assert [answer for answer in jargon["replace"].values() if answer in jargon["replace"]] == []


# --- endless and strange texts (security.md B19) -----------------------------------------------------
@pytest.mark.parametrize(
    "sign", ["(", "<", " ", "[", "a.", "a-", '"', "`", "@", "a@", "1", "[](", "LDS ", "- a\n", "é"]
)
def test_a_megabyte_ends(sign):
    """Nothing explodes: a text that is too long is told so, one just short enough is read to its end."""
    endless = check(a_text(sign * 1_000_000, message=sign * 1_000_000))
    assert [(one.rule, one.field, one.is_error) for one in endless] == [
        ("te-lang", "message", True),
        ("te-lang", "body", True),
    ]
    assert isinstance(check(a_text((sign * LONGEST_TEXT)[:LONGEST_TEXT])), list)


@given(st.text(st.sampled_from('aAu. \n#>-*`[]()|"“”:/@0126\\<LDS\t'), max_size=80))
def test_any_text_gets_findings_with_places_inside_it(words):
    for finding in check(a_text(words, message=words, image_alts=(words,))):
        assert 0 <= finding.start <= finding.end <= len(words)
        assert finding.message
        if finding.suggestion:
            assert apply_suggestion(words, finding) != words
