"""Two people changed the same part of an item: both side by side, and nothing is lost."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from comms.actions.steps import StaleEditError
from comms.planning.forms.entries import EntryForm
from comms.planning.models import CalendarEntry
from comms.planning.views.calendar.words import clashes_of
from comms.views.desk.merging import MINE, OTHER, THEIRS
from cwn.accounts.http import AccountRequest

#: Of the merge page itself; everything else that was sent travels along.
OWN = frozenset({"csrfmiddlewaretoken", "seen"})


def merge_page(request: AccountRequest, entry: CalendarEntry, form: EntryForm, stale: StaleEditError) -> HttpResponse:
    """Show what both wrote; a choice that was made before stays."""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OWN and not name.startswith(("keuze-", "anders-"))
        for value in values
    ]
    clashes = [
        {
            "clash": clash,
            "choice": request.POST.get(f"keuze-{clash.name}", MINE),
            "other": request.POST.get(f"anders-{clash.name}", clash.mine),
        }
        for clash in clashes_of(form.values(), stale, entry, request.user)
    ]
    context = {"entry": entry, "clashes": clashes, "sent": sent, "seen": stale.edit_version}
    return render(request, "planning/entry_merge.html", context, status=409)


def chosen(
    sent: Any, form: EntryForm, stale: StaleEditError, entry: CalendarEntry, user: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is to be saved, and what it may write over: what the writer saw of the other.

    Raises `ValidationError` for a third text that its box would refuse.
    """
    values, base = form.values(), form.base()
    for clash in clashes_of(values, stale, entry, user):
        base[clash.name] = stale.current[clash.name]
        choice = sent.get(f"keuze-{clash.name}", MINE)
        if choice == THEIRS:
            values[clash.name] = base[clash.name]
        elif choice == OTHER and clash.is_text:
            values[clash.name] = form.fields[clash.name].clean(sent.get(f"anders-{clash.name}", ""))
    return values, base
