"""The cover sheet as plain text, for the text part of a mail and for a terminal.

Lines are wrapped at 72 characters, but for actions and ready messages: those are copied, so they stay as they
were written.
"""

import textwrap
from collections.abc import Iterable

from django.utils.translation import gettext, override

from comms.renderings.outline import cleaned, facts, headings
from comms.sheet import Action, CoverSheet

WIDTH = 72


def as_text(sheet: CoverSheet) -> str:
    """Return a sheet as text of which the first and the last line are its label."""
    sheet = cleaned(sheet)
    with override(sheet.language):
        label = str(sheet.tlp.label)
        parts = [label, _wrapped(str(sheet.tlp.meaning)), *_opening(sheet), *_elements(sheet), *_closing(sheet), label]
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def _opening(sheet: CoverSheet) -> Iterable[str]:
    """Say what it is, from whom, and what is the matter with it."""
    title = _wrapped(sheet.title)
    yield f"{title}\n{'=' * max(map(len, title.splitlines()), default=0)}"
    yield _wrapped(sheet.status_note)
    yield "\n".join(_wrapped(f"{label}: {words}") for label, words in facts(sheet))
    if sheet.correction:
        yield _wrapped(f"{gettext('Correctie')}: {sheet.correction}")
    yield _wrapped(sheet.summary)


def _elements(sheet: CoverSheet) -> Iterable[str]:
    """Give the six elements, each under its number, name and question."""
    contents = {
        "urgency": [_wrapped(sheet.urgency), _wrapped(sheet.urgency_reason)],
        "audience": [
            _listed(sheet.audiences),
            _named_list(gettext("In de organisatie"), sheet.reader_roles),
            _wrapped(sheet.audience_reason),
        ],
        "key_points": [_listed(sheet.key_points)],
        "communication_message": list(_message(sheet)),
        "action_perspective": [_action(number, action) for number, action in enumerate(sheet.actions, start=1)],
        "wider_developments": [
            _wrapped(sheet.wider_developments),
            _named_list(gettext("Ontwikkelingen"), sheet.developments),
            _named_list(gettext("Functies"), sheet.functions),
        ],
    }
    for number, (key, (name, question)) in enumerate(headings().items(), start=1):
        heading = f"{number}. {name} – {question}"
        yield f"{heading}\n{'-' * len(heading)}"
        yield from contents[key]


def _message(sheet: CoverSheet) -> Iterable[str]:
    yield sheet.message
    for channel, text in sheet.channel_messages:
        yield f"[{channel}]\n{text}"
    yield _wrapped(f"{gettext('Toon')}: {sheet.tone}") + "\n" + _wrapped(f"{gettext('Woordvoerder')}: {sheet.speaker}")


def _action(number: int, action: Action) -> str:
    return (
        f"{number}) {action.text}\n"
        + _wrapped(f"{gettext('Voor')}: {action.audience}", indent="   ")
        + f"\n   {gettext('Termijn')}: {action.deadline}\n   {gettext('Inspanning')}: {action.effort}"
    )


def _closing(sheet: CoverSheet) -> Iterable[str]:
    yield f"{gettext('Lees alles op')}:\n{sheet.url}" if sheet.url else ""


def _listed(items: Iterable[str]) -> str:
    return "\n".join(_wrapped(f"- {item}", hanging="  ") for item in items)


def _named_list(name: str, items: tuple[str, ...]) -> str:
    return f"{name}:\n{_listed(items)}" if items else ""


def _wrapped(text: str, *, indent: str = "", hanging: str | None = None) -> str:
    """Wrap each line of a text; words and addresses are never broken."""
    return "\n".join(
        textwrap.fill(
            line,
            WIDTH,
            initial_indent=indent,
            subsequent_indent=indent if hanging is None else hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.splitlines()
    )
