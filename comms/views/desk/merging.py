"""Two people changed the same part: both texts side by side, and nothing is lost (issue: "two editors")."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from comms.actions.steps import StaleEditError
from comms.differences import compared, in_words, label_of
from comms.forms.publication import PublicationForm
from comms.models import Publication
from comms.models.guards import CONTENT
from comms.views.desk.access import render_desk
from cwn.accounts.http import AccountRequest

MINE, THEIRS, OTHER = "mijn", "hun", "anders"


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that two people changed."""

    name: str
    label: str
    base: str
    theirs: str
    mine: str
    pieces: list[tuple[str, str]]
    """From theirs to mine."""
    is_text: bool
    """Whether a third wording can be typed."""


def clashes_of(values: dict[str, Any], stale: StaleEditError) -> list[Clash]:
    """Return the parts that both changed."""
    return [
        _clash(name, stale.base.get(name), stale.current[name], mine)
        for name, mine in values.items()
        if name in stale.current
        and mine != stale.base.get(name)
        and stale.current[name] not in (stale.base.get(name), mine)
    ]


def _clash(name: str, base: Any, theirs: Any, mine: Any) -> Clash:
    words = {key: in_words(name, value) for key, value in (("base", base), ("theirs", theirs), ("mine", mine))}
    is_text = name in CONTENT and Publication._meta.get_field(name).get_internal_type() == "TextField"
    return Clash(name, label_of(name), **words, pieces=compared(words["theirs"], words["mine"]), is_text=is_text)


def merge_page(
    request: AccountRequest, publication: Publication, form: PublicationForm, stale: StaleEditError
) -> HttpResponse:
    """Show what both wrote; all that was sent travels along in hidden boxes, and a choice made before stays."""
    own = {"csrfmiddlewaretoken", "doe", "seen"}
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in own and not name.startswith(("keuze-", "anders-"))
        for value in values
    ]
    clashes = [
        {
            "clash": clash,
            "choice": request.POST.get(f"keuze-{clash.name}", MINE),
            "other": request.POST.get(f"anders-{clash.name}", clash.mine),
        }
        for clash in clashes_of(form.values(), stale)
    ]
    return render_desk(
        request,
        "merge",
        publication,
        status=409,
        clashes=clashes,
        sent=sent,
        seen=stale.edit_version,
    )


def chosen(sent: Any, form: PublicationForm, stale: StaleEditError) -> dict[str, Any]:
    """Return what is to be saved: my own changes, but for the parts where I chose their text or a third one.

    Raises `ValidationError` for a third text that its box would refuse.
    """
    values = form.values()
    mine = {name: value for name, value in values.items() if name not in stale.base or value != stale.base[name]}
    for clash in clashes_of(values, stale):
        choice = sent.get(f"keuze-{clash.name}", MINE)
        if choice == THEIRS:
            del mine[clash.name]
        elif choice == OTHER and clash.is_text:
            mine[clash.name] = form.fields[clash.name].clean(sent.get(f"anders-{clash.name}", ""))
    return mine
