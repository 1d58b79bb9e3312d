"""Two people changed the same part of a plan or of minutes: both texts side by side, and nothing is lost."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import localize
from django.utils.text import capfirst

from comms.actions.steps import StaleEditError
from comms.differences import compared

MINE, THEIRS = "mijn", "hun"


def clashes_of(row: models.Model, values: Mapping[str, Any], stale: StaleEditError) -> list[dict[str, Any]]:
    """Return the parts that both changed, in words."""
    return [
        _clash(row, name, stale.base.get(name), stale.current[name], mine)
        for name, mine in values.items()
        if name in stale.current
        and mine != stale.base.get(name)
        and stale.current[name] not in (stale.base.get(name), mine)
    ]


def _clash(row: models.Model, name: str, base: Any, theirs: Any, mine: Any) -> dict[str, Any]:
    field: Any = row._meta.get_field(name)
    words = {key: _in_words(field, value) for key, value in (("base", base), ("theirs", theirs), ("mine", mine))}
    pieces = compared(words["theirs"], words["mine"])
    return {"name": name, "label": capfirst(field.verbose_name), "pieces": pieces, **words}


def _in_words(field: Any, value: Any) -> str:
    if isinstance(value, list):
        labels = dict(field.base_field.flatchoices)
        return "\n".join(str(labels.get(one, one)) for one in value)
    if value is None:
        return ""
    return str(dict(field.flatchoices).get(value, localize(value)))


def merge_page(
    request: HttpRequest, row: models.Model, values: Mapping[str, Any], stale: StaleEditError, *, back: str
) -> HttpResponse:
    """Ask for each part which text stays; all that was sent travels along in hidden boxes."""
    sent = [
        (name, value)
        for name, many in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "seen") and not name.startswith("keuze-")
        for value in many
    ]
    clashes = clashes_of(row, values, stale)
    for clash in clashes:
        clash["choice"] = request.POST.get(f"keuze-{clash['name']}", MINE)
    context = {"title": str(row), "clashes": clashes, "sent": sent, "seen": stale.edit_version, "back": back}
    return render(request, "planning/campaign_merge.html", context, status=409)


def chosen(request: HttpRequest, row: models.Model, values: Mapping[str, Any], stale: StaleEditError) -> dict[str, Any]:
    """Return my own changes, but for the parts where I chose the text of the other."""
    mine = {name: value for name, value in values.items() if name not in stale.base or value != stale.base[name]}
    for clash in clashes_of(row, values, stale):
        if request.POST.get(f"keuze-{clash['name']}", MINE) == THEIRS:
            del mine[clash["name"]]
    return mine
