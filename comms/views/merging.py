"""Two people changed the same part: what both wrote stands side by side, and nothing is lost (R86, "two editors").

One shape for every page that asks it: the pages say which parts clash in words, `merge_context` does the rest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from comms.actions.steps import StaleEditError

MINE, THEIRS, OTHER = "mijn", "hun", "anders"
#: Of the merge page itself; everything else that was sent travels along.
OWN = frozenset({"csrfmiddlewaretoken", "doe", "seen"})
CHOICES = ("keuze-", "anders-")


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that two people changed, in words."""

    name: str
    label: str
    base: str
    theirs: str
    mine: str
    pieces: list[tuple[str, str]]
    """From theirs to mine."""
    is_text: bool
    """Whether a third wording can be typed."""


def changed_by_both(values: Mapping[str, Any], stale: StaleEditError) -> list[str]:
    """Return the names of what both changed into something different."""
    return [
        name
        for name, mine in values.items()
        if name in stale.current
        and mine != stale.base.get(name)
        and stale.current[name] not in (stale.base.get(name), mine)
    ]


def merge_context(request: HttpRequest, clashes: Iterable[Clash], stale: StaleEditError) -> dict[str, Any]:
    """Return what `comms/_merge_form.html` shows: all that was sent in hidden boxes; a choice made before stays."""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OWN and not name.startswith(CHOICES)
        for value in values
    ]
    asked = [(clash, choice_of(request.POST, clash), other_of(request.POST, clash)) for clash in clashes]
    return {"clashes": asked, "sent": sent, "seen": stale.edit_version}


def choice_of(sent: Any, clash: Clash) -> str:
    """Return which wording was chosen; without a choice one's own."""
    return str(sent.get(f"keuze-{clash.name}", MINE))


def other_of(sent: Any, clash: Clash) -> str:
    """Return the third wording that was typed; before that one's own."""
    return str(sent.get(f"anders-{clash.name}", clash.mine))


def changes_after_choice(
    sent: Any, form: Any, values: Mapping[str, Any], stale: StaleEditError, clashes: Iterable[Clash]
) -> dict[str, Any]:
    """Return what is to be saved: one's own changes, but for the parts where theirs or a third wording was chosen.

    Raises `ValidationError` for a third text that its box would refuse.
    """
    mine = {name: value for name, value in values.items() if name not in stale.base or value != stale.base[name]}
    for clash in clashes:
        choice = choice_of(sent, clash)
        if choice == THEIRS:
            del mine[clash.name]
        elif choice == OTHER and clash.is_text:
            mine[clash.name] = form.fields[clash.name].clean(other_of(sent, clash))
    return mine
