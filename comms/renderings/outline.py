"""What all forms of the cover sheet share: the headings, the facts around it, and text without control codes."""

from dataclasses import fields, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comms.sheet import Action, CoverSheet

#: The six elements in the order of the source: key in data, name, and the question that it answers.
ELEMENTS: dict[str, tuple[Promise, Promise]] = {
    "urgency": (_("Urgentie"), _("Waarom is dit belangrijk?")),
    "audience": (_("Doelgroep"), _("Voor wie is dit belangrijk?")),
    "key_points": (_("Kernpunten"), _("Wat zijn de belangrijkste take-aways?")),
    "communication_message": (_("Communicatieboodschap"), _("Hoe communiceren we hierover?")),
    "action_perspective": (_("Handelingsperspectief"), _("Wat moeten de doelgroepen doen?")),
    "wider_developments": (_("Bredere ontwikkelingen en functies"), _("Waarmee hangt dit samen?")),
}
#: Codes that are no text: they steer a terminal, or turn the order of letters around. Line ends become one sort.
_NO_TEXT = (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000))
_CONTROLS = dict.fromkeys(_NO_TEXT) | {
    ord("\n"): "\n",
    ord("\t"): " ",
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
}


def headings() -> dict[str, tuple[str, str]]:
    """Return the name and the question of each element in the language of now."""
    return {key: (str(name), str(question)) for key, (name, question) in ELEMENTS.items()}


def facts(sheet: CoverSheet) -> list[tuple[str, str]]:
    """Return what stands around the six elements, as label and words; what is unknown is left out."""
    known = [
        (gettext("Soort"), sheet.kind),
        (gettext("Eigenaar"), sheet.owner),
        (gettext("Datum"), written_date(sheet)),
        (gettext("Versie"), str(sheet.version)),
        (gettext("Fase"), sheet.phase),
        (gettext("Bron"), sheet.source),
        (gettext("Licentie"), sheet.licence),
    ]
    return [(label, words) for label, words in known if words]


def written_date(sheet: CoverSheet) -> str:
    """Return the day of publication in words, or that there is none yet."""
    return date_format(sheet.published_on, "j F Y") if sheet.published_on else gettext("nog niet gepubliceerd")


def cleaned(sheet: CoverSheet) -> CoverSheet:
    """Return a sheet without control codes in its texts; every visible character stays."""
    return replace(sheet, **{field.name: _cleaned_value(getattr(sheet, field.name)) for field in fields(sheet)})


def cleaned_text(text: str) -> str:
    """Return a text without the codes that would act instead of be read, in a terminal or on the order of letters.

    Hebrew and Arabic need none of them.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)


def _cleaned_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_cleaned_value(item) for item in value)
    if isinstance(value, Action):
        return replace(value, **{field.name: _cleaned_value(getattr(value, field.name)) for field in fields(value)})
    # A label of TLP is a `str` too; it stays what it is.
    return cleaned_text(value) if type(value) is str else value
