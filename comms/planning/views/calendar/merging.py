"""Two people changed the same part of an item: the page that asks, and what is saved then."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from comms.actions.steps import StaleEditError
from comms.planning.forms.entries import EntryForm
from comms.planning.models import CalendarEntry
from comms.planning.views.calendar.words import clashes_of
from comms.views.merging import OTHER, THEIRS, choice_of, merge_context, other_of
from cwn.accounts.http import AccountRequest


def merge_page(request: AccountRequest, entry: CalendarEntry, form: EntryForm, stale: StaleEditError) -> HttpResponse:
    """Show what both wrote."""
    context = merge_context(request, clashes_of(form.values(), stale, entry, request.user), stale)
    return render(request, "planning/entry_merge.html", {"entry": entry, **context}, status=409)


def chosen(
    sent: Any, form: EntryForm, stale: StaleEditError, entry: CalendarEntry, user: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is to be saved, and what it may write over: what the writer saw of the other.

    Raises `ValidationError` for a third text that its box would refuse.
    """
    values, base = form.values(), form.base()
    for clash in clashes_of(values, stale, entry, user):
        base[clash.name] = stale.current[clash.name]
        choice = choice_of(sent, clash)
        if choice == THEIRS:
            values[clash.name] = base[clash.name]
        elif choice == OTHER and clash.is_text:
            values[clash.name] = form.fields[clash.name].clean(other_of(sent, clash))
    return values, base
