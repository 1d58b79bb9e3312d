"""One page for every form of planning: a heading, the boxes, one button; what is refused stands at its box."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from comms.views.desk.steps import StepWords
from cwn.core.steps import attempt

__all__ = ["StepWords", "answer_form", "render_form"]


def answer_form(
    request: HttpRequest,
    form: forms.BaseForm,
    words: StepWords,
    *,
    act: Callable[[], Any],
    back: str,
    goes_to: Callable[[Any], str] | str = "",
    trail: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """Show a form, or do what it asks and go on; nothing typed is lost when it is refused."""
    made: list[Any] = []
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: made.append(act())):
        messages.success(request, words.done)
        return redirect((goes_to(made[0]) if callable(goes_to) else goes_to) or back)
    return render_form(request, form, words, back=back, trail=trail)


def render_form(
    request: HttpRequest,
    form: forms.BaseForm,
    words: StepWords,
    *,
    back: str,
    trail: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """Render the page of a form."""
    context = {"form": form, "words": words, "back": back, "trail": trail}
    return render(request, "planning/campaign_form.html", context, status=400 if form.errors else 200)
