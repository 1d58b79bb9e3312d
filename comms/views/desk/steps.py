"""One page for every step that asks something first: what will happen, a few boxes, one button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from comms.models import Publication
from comms.views.desk.access import render_desk
from cwn.accounts.http import AccountRequest
from cwn.core.steps import attempt


@dataclass(frozen=True, slots=True)
class StepWords:
    """What the page of a step says."""

    title: str
    lead: str
    button: str
    done: str
    is_danger: bool = False


def step_page(
    request: AccountRequest,
    publication: Publication,
    words: StepWords,
    *,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    goes_to: str = "publication_edit",
    **context: Any,
) -> HttpResponse:
    """Show the form of a step, or take the step and go on; what is refused stands at its box."""
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: act(form.cleaned_data)):
        messages.success(request, words.done)
        return redirect(goes_to, publication.slug) if goes_to != "publication_desk" else redirect(goes_to)
    status = 400 if form.errors else 200
    return render_desk(request, "step", publication, status=status, form=form, words=words, **context)
