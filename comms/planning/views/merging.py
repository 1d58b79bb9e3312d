"""Two people changed the same part of a plan or of minutes: the pages of a form that two may write at once."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.text import capfirst

from comms.actions.steps import StaleEditError
from comms.differences import compared
from comms.planning.views.forms import StepWords, render_form
from comms.views.merging import Clash, changed_by_both, changes_after_choice, merge_context
from cwn.core.steps import add_refusal

#: Saves values over the version that was seen.
Save = Callable[[dict[str, Any], int], Any]


def answer_shared_form(
    request: HttpRequest,
    form: Any,
    words: StepWords,
    *,
    save: Save,
    back: str,
    trail: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """Show a form, or save it; what another changed meanwhile is merged by `save` or asked about."""
    if request.method == "POST" and form.is_valid():
        try:
            _save_or_merge(request, form, save)
        except StaleEditError as stale:
            return _merge_page(request, form.instance, form.values(), stale, back=back)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, words.done)
            return redirect(back)
    return render_form(request, form, words, back=back, trail=trail)


def _save_or_merge(request: HttpRequest, form: Any, save: Save) -> None:
    """Save the form; with the choices of the merge page when they are about what stands there now."""
    values = form.values()
    try:
        save(values, form.seen_version)
    except StaleEditError as stale:
        if request.POST.get("seen") != str(stale.edit_version):
            raise
        clashes = _clashes_of(form.instance, values, stale)
        save(changes_after_choice(request.POST, form, values, stale, clashes), stale.edit_version)


def _merge_page(
    request: HttpRequest, row: models.Model, values: Mapping[str, Any], stale: StaleEditError, *, back: str
) -> HttpResponse:
    context = merge_context(request, _clashes_of(row, values, stale), stale)
    return render(request, "planning/campaign_merge.html", {"title": str(row), "back": back, **context}, status=409)


def _clashes_of(row: models.Model, values: Mapping[str, Any], stale: StaleEditError) -> list[Clash]:
    return [_clash(row, name, stale, values[name]) for name in changed_by_both(values, stale)]


def _clash(row: models.Model, name: str, stale: StaleEditError, mine: Any) -> Clash:
    field: Any = row._meta.get_field(name)
    base, theirs, own = (_in_words(field, value) for value in (stale.base.get(name), stale.current[name], mine))
    is_text = field.get_internal_type() == "TextField"
    return Clash(name, str(capfirst(field.verbose_name)), base, theirs, own, compared(theirs, own), is_text)


def _in_words(field: Any, value: Any) -> str:
    if isinstance(value, list):
        labels = dict(field.base_field.flatchoices)
        return "\n".join(str(labels.get(one, one)) for one in value)
    if value is None:
        return ""
    return str(dict(field.flatchoices).get(value, localize(value)))
