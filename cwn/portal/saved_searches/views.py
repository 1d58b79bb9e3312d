"""`/mijn/zoekvragen/`: the searches that somebody keeps (R12). For others than their owner they do not exist.

Requests that search run outside a transaction, as the list pages do: the index follows what was committed.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cwn.portal.models import SavedSearch
from cwn.portal.saved_searches.actions import change_search, mark_looked, remove_search, save_search
from cwn.portal.saved_searches.forms import ChangeSearchForm, SaveSearchForm
from cwn.portal.saved_searches.questions import in_words, labels_of_filters, read_address
from cwn.portal.saved_searches.results import may_get_alerts, new_things


@dataclass(frozen=True, slots=True)
class SearchCard:
    """A saved search as a page shows it."""

    search: SavedSearch
    question: str
    new: int


def search_cards(user: Any) -> list[SearchCard]:
    """Return the searches of somebody with what they ask, in words, and how much is new."""
    searches = list(SavedSearch.objects.visible_to(user))
    labels, new = labels_of_filters(), new_things(searches, user=user)
    return [SearchCard(search, in_words(search, labels), len(new[search.pk])) for search in searches]


@login_required
@require_safe
@transaction.non_atomic_requests
def saved_search_list(request: HttpRequest) -> HttpResponse:
    """List the own searches; the mails lead here."""
    context = {"cards": search_cards(request.user), "gets_mail": may_get_alerts(request.user)}
    return render(request, "portal/saved_search_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.non_atomic_requests
def save(request: HttpRequest) -> HttpResponse:
    """Keep the question of a list page, whose address stands in `van`."""
    address = (request.POST if request.method == "POST" else request.GET).get("van", "")
    try:
        question = read_address(address)
    except ValidationError as refusal:
        page = "portal/saved_search_refused.html"
        return render(request, page, {"refusal": refusal.messages[0]}, status=400 if address else 200)
    words = in_words(question, labels_of_filters())
    form = SaveSearchForm(request.POST if request.method == "POST" else None, initial={"name": words[:80]})
    if request.method == "POST" and form.is_valid():
        try:
            save_search(question=question, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("De zoekvraag is bewaard."))
            return redirect("saved_search_list")
    context = {"form": form, "address": address, "question": words, "gets_mail": may_get_alerts(request.user)}
    return render(request, "portal/saved_search_new.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.non_atomic_requests
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a search, pause it, or choose how often to hear of it."""
    search = _own(request, pk)
    form = ChangeSearchForm(request.POST if request.method == "POST" else None, instance=search)
    if request.method == "POST" and form.is_valid():
        change_search(search, **form.cleaned_data, by=request.user)
        messages.success(request, _("De zoekvraag is aangepast."))
        return redirect("saved_search_list")
    context = {"form": form, "search": search, "question": in_words(search, labels_of_filters())}
    return render(request, "portal/saved_search_form.html", context)


@login_required
@require_POST
@transaction.non_atomic_requests
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the list; from now on what stands there is no longer new."""
    search = mark_looked(_own(request, pk), by=request.user)
    return redirect(search.address)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a search may go, and remove it on a yes."""
    search = _own(request, pk)
    if request.method != "POST":
        return render(request, "portal/saved_search_remove.html", {"search": search})
    remove_search(search, by=request.user)
    messages.success(request, _("De zoekvraag is verwijderd."))
    return redirect("saved_search_list")


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
