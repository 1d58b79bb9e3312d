"""Two people changed the same part of a publication: the page that asks, and what is saved then."""

from typing import Any

from django.http import HttpResponse

from comms.actions.steps import StaleEditError
from comms.differences import compared, in_words, label_of
from comms.forms.publication import PublicationForm
from comms.models import Publication
from comms.models.guards import CONTENT
from comms.views.desk.access import render_desk
from comms.views.merging import Clash, changed_by_both, changes_after_choice, merge_context
from cwn.accounts.http import AccountRequest


def clashes_of(values: dict[str, Any], stale: StaleEditError) -> list[Clash]:
    """Return the parts that both changed."""
    return [_clash(name, stale, values[name]) for name in changed_by_both(values, stale)]


def _clash(name: str, stale: StaleEditError, mine: Any) -> Clash:
    base, theirs, own = (in_words(name, value) for value in (stale.base.get(name), stale.current[name], mine))
    is_text = name in CONTENT and Publication._meta.get_field(name).get_internal_type() == "TextField"
    return Clash(name, label_of(name), base, theirs, own, pieces=compared(theirs, own), is_text=is_text)


def merge_page(
    request: AccountRequest, publication: Publication, form: PublicationForm, stale: StaleEditError
) -> HttpResponse:
    """Show what both wrote."""
    context = merge_context(request, clashes_of(form.values(), stale), stale)
    return render_desk(request, "merge", publication, status=409, **context)


def chosen(sent: Any, form: PublicationForm, stale: StaleEditError) -> dict[str, Any]:
    """Return what is to be saved after the choices of the page."""
    values = form.values()
    return changes_after_choice(sent, form, values, stale, clashes_of(values, stale))
