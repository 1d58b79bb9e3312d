"""One page for every step that asks something first: what will happen, a few boxes, one button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from comms.models import Publication
from comms.views.desk.access import render_desk
from cwn.accounts.http import AccountRequest


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


def press(
    request: AccountRequest, publication: Publication, act: Callable[[], Any], done: str, goes_to: str
) -> HttpResponse:
    """Take a step that asks nothing, say how it went, and go on."""
    try:
        act()
    except PermissionDenied as refusal:
        raise Http404 from refusal
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
    return redirect(goes_to, publication.slug)


def attempt(form: forms.BaseForm, act: Callable[[], Any]) -> bool:
    """Take a step; a refusal becomes an error of the form, and what may not be known is not found."""
    try:
        act()
    except PermissionDenied as refusal:
        raise Http404 from refusal
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    return True


def add_refusal(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Put each sentence at its box, and those without a box above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        return
    for name, sentences in refusal.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)  # type: ignore[arg-type]
