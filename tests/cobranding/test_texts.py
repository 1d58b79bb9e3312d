"""The small language of templates: variables from a list, filled in once, and nothing that can be run."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from comms.cobranding.texts import (
    VARIABLES,
    blocks_of,
    check_own_line,
    check_template_text,
    filled,
    safe_text,
)


@pytest.mark.parametrize("name", VARIABLES)
def test_every_variable_of_the_list_may_be_used(name):
    check_template_text(f"Tekst\n\n{{{{{name}}}}}\n")


@pytest.mark.parametrize(
    "text",
    [
        "{{ naam }}", "{{naam_partner|safe}}", "{{naam_partner.password}}", "{{ 7*7 }}", "{{", "}}", "{{}}",
        "{{naam_partner", "{{ settings.SECRET_KEY }}", "{{__class__}}", "{{NAAM_PARTNER}}", "{{{naam_partner}}}",
    ],
)  # fmt: skip
def test_what_is_not_in_the_list_is_refused_with_the_list(text):
    with pytest.raises(ValidationError, match="naam_partner"):
        check_template_text(text)


@pytest.mark.parametrize(
    "text", ["{% load x %}", "%(naam)s", "{0}", "{naam}", "${jndi:x}", "#{7*7}", "<%= x %>", "=1+1"]
)
def test_languages_that_are_not_ours_are_plain_words(text):
    check_template_text(text)
    assert filled(text, {"naam": "FOUT"}) == text


def test_a_value_is_never_looked_at_again():
    assert (
        filled("Aan {{naam_partner}}.", {"naam_partner": "{{tlp_label}}", "tlp_label": "FOUT"}) == "Aan {{tlp_label}}."
    )


def test_a_value_cannot_become_a_heading_or_a_list():
    blocks = blocks_of("{{naam_partner}}", {"naam_partner": "## Kop\n- punt\n\n{{handelingsperspectief}}"}, ())
    assert [block.kind for block in blocks] == ["paragraph", "actions"]


@pytest.mark.parametrize("text", ["Zie {{handelingsperspectief}} hier.", "- {{handelingsperspectief}}"])
def test_the_actions_stand_on_a_line_of_their_own(text):
    with pytest.raises(ValidationError, match="eigen regel"):
        check_template_text(text)


def test_the_actions_are_named_once():
    with pytest.raises(ValidationError, match="één keer"):
        check_template_text("{{handelingsperspectief}}\n\n{{handelingsperspectief}}")


@pytest.mark.parametrize(
    "text", ["", "Tekst", "## Kop", "{{handelingsperspectief}}", "{{handelingsperspectief}}\n" * 3]
)
def test_there_is_always_exactly_one_place_for_the_actions(text):
    assert [block.kind for block in blocks_of(text, {}, ())].count("actions") == 1


@pytest.mark.parametrize(
    "line",
    ["TLP:CLEAR", "Dit is tlp: green.", "TLP-RED", "T\u200bLP:RED", "\uff34LP:AMBER", "TLP WHITE", "TLP\u00ad:CLEAR"],
)
def test_nobody_types_a_label(line):
    for check in (check_own_line, check_template_text):
        with pytest.raises(ValidationError, match="TLP-label"):
            check(line)


def test_an_own_line_is_one_line_of_words():
    assert check_own_line("Beste leden,\r\nBcc: x@y.example\x00") == "Beste leden, Bcc: x@y.example"
    with pytest.raises(ValidationError, match="accolades"):
        check_own_line("{{tlp_label}}")


@given(st.text(max_size=300))
def test_any_text_gives_blocks_that_every_form_can_hold(text):
    for block in blocks_of(text, {"naam_partner": text}, (text,)):
        for line in block.lines:
            assert line == " ".join(line.split())
            assert line
            assert safe_text(line) == line
            assert all(sign >= " " and sign not in "\ufffe\uffff" for sign in line)
