"""The English texts: complete for what visitors read, and compiled without GNU gettext (adr 0007)."""

import re
from pathlib import Path
from string import Formatter

import polib
import pytest
from django.conf import settings
from django.utils.translation import trans_real

from cwn.core.management.commands.translations import FOLDERS
from cwn.core.translations import (
    Marked,
    collect,
    compile_catalogue,
    marked_in_python,
    marked_in_template,
    marked_strings,
)

CATALOGUE = settings.BASE_DIR / "cwn/locale/en/LC_MESSAGES/django.po"
#: What visitors never see: the admin, what only editors read, and names of fields in the database.
NOT_PUBLIC = re.compile(
    r"(^|/)(admin|management|demo)(/|_|\.)|/models(/|\.py)|/apps\.py|import|transfer|sheets|history|fragments"
)
HEAD = r"""msgid ""
msgstr ""
"Language: en\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""


@pytest.fixture(scope="module")
def strings() -> dict[Marked, list[str]]:
    return marked_strings(settings.BASE_DIR, FOLDERS)


@pytest.fixture(scope="module")
def entries() -> dict[Marked, polib.POEntry]:
    return {Marked(entry.msgid, entry.msgid_plural, entry.msgctxt or ""): entry for entry in polib.pofile(CATALOGUE)}


def translations_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_text_that_visitors_read_has_english(strings, entries):
    missing = [
        f"{files[0]}: {marked.text}"
        for marked, files in strings.items()
        if any(not NOT_PUBLIC.search(name) for name in files)
        and not (marked in entries and all(translations_of(entries[marked])))
    ]
    assert missing == []


def test_a_translation_fills_in_the_same_names(entries):
    def names(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)", text)) | {name for _, name, _, _ in Formatter().parse(text) if name}

    for marked, entry in entries.items():
        for translation in filter(None, translations_of(entry)):
            assert names(translation) <= names(f"{marked.text} {marked.plural}"), marked.text
            if not marked.plural:
                assert names(translation) == names(marked.text), marked.text


def test_strings_are_found_in_python():
    source = (
        'x = _("een")\ny = gettext_lazy("twee " "delen")\nz = ngettext("stuk", "stukken", n)\nq = pgettext("menu", "a")'
    )
    assert set(marked_in_python(source)) == {
        Marked("een"),
        Marked("twee delen"),
        Marked("stuk", "stukken"),
        Marked("a", context="menu"),
    }


def test_strings_are_found_in_templates():
    source = """{% translate "een" %}{% translate 'twee' context "menu" %}{{ _("drie") }}
    {% blocktranslate with a=b %}vier {{ a }}{% endblocktranslate %}
    {% blocktranslate count n=x %}stuk{% plural %}{{ n }} stukken{% endblocktranslate %}"""
    assert set(marked_in_template(source)) >= {
        Marked("een"),
        Marked("twee", context="menu"),
        Marked("vier %(a)s"),
        Marked("stuk", "%(n)s stukken"),
    }


def test_collecting_keeps_what_was_translated_and_drops_what_is_gone(tmp_path):
    catalogue = tmp_path / "django.po"
    catalogue.write_text(HEAD + '\nmsgid "blijft"\nmsgstr "stays"\n\nmsgid "weg"\nmsgstr "gone"\n')
    assert collect(catalogue, {Marked("blijft"): ["a.py"], Marked("nieuw"): ["b.py"]}) == (1, 1)
    assert {entry.msgid: entry.msgstr for entry in polib.pofile(catalogue)} == {"blijft": "stays", "nieuw": ""}


def test_a_compiled_catalogue_is_one_that_django_reads(tmp_path):
    catalogue = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        HEAD + '\nmsgid "%(n)s stuk"\nmsgid_plural "%(n)s stuks"\nmsgstr[0] "%(n)s piece"\nmsgstr[1] "%(n)s pieces"\n'
    )
    assert compile_catalogue(catalogue) is True
    assert compile_catalogue(catalogue) is False, "it is up to date"
    found = trans_real.gettext_module.translation("django", str(tmp_path), ["en"])
    assert found.ngettext("%(n)s stuk", "%(n)s stuks", 2) == "%(n)s pieces"
    assert [path.suffix for path in Path(catalogue.parent).iterdir()].count(".part") == 0
