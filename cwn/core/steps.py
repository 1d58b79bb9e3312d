"""A person takes a step on a page: it is done and said, or the refusal stands where it belongs.

Actions refuse with a `ValidationError` (one plain sentence each) and with `PermissionDenied`; the pages turn these
into errors of the form, into a message, or into "not found", the same way everywhere.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect


def attempt(form: forms.BaseForm, act: Callable[[], Any]) -> bool:
    """Take a step; a refusal becomes an error of the form, and what may not be known is not found (security.md A16)."""
    try:
        act()
    except PermissionDenied as refusal:
        raise Http404 from refusal
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    return True


def press(request: HttpRequest, act: Callable[[], Any], done: str, goes_to: Any, *args: Any) -> HttpResponse:
    """Take a step that asks nothing, say how it went, and go to a page, by address, name or object.

    `done` is the sentence of success; empty for a step that shows by itself.
    """
    try:
        act()
    except PermissionDenied as refusal:
        raise Http404 from refusal
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        if done:
            messages.success(request, done)
    return redirect(goes_to, *args)


def add_refusal(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Put each sentence at its box, and those without a box above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        return
    for name, sentences in refusal.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)  # type: ignore[arg-type]
