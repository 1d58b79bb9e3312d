"""Correcting what readers have, and throwing away what they do not have yet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comms.actions.correcting import drop_correction, open_correction, start_correction
from comms.actions.drafting import discard_draft
from comms.forms.steps import NoQuestionForm
from comms.views.desk.access import edited
from comms.views.desk.steps import StepWords, step_page
from cwn.accounts.http import AccountRequest


@login_required
@require_POST
def publication_start_correction(request: AccountRequest, slug: str) -> HttpResponse:
    """Begin a correction, or go on with the one that is open."""
    publication = edited(request, slug)
    try:
        start_correction(publication, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    return redirect("publication_edit", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_drop_correction(request: AccountRequest, slug: str) -> HttpResponse:
    """Throw a correction away after a yes."""
    publication = edited(request, slug)
    correction = open_correction(publication)
    if correction is None:
        raise Http404
    words = StepWords(
        _("Gooi de correctie weg"),
        _("De publicatie blijft zoals zij is. De tekst van de correctie is daarna niet meer te zien."),
        _("Gooi weg"),
        _("De correctie is weggegooid."),
        is_danger=True,
    )
    form = NoQuestionForm(request.POST if request.method == "POST" else None)
    return step_page(
        request, publication, words, form=form, act=lambda data: drop_correction(correction, by=request.user)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_discard(request: AccountRequest, slug: str) -> HttpResponse:
    """Throw a draft away after a yes."""
    publication = edited(request, slug)
    if publication.is_issued:
        raise Http404
    words = StepWords(
        _("Gooi dit concept weg"),
        _("Niemand ziet het daarna nog, ook uw collega’s niet."),
        _("Gooi weg"),
        _("Het concept is weggegooid."),
        is_danger=True,
    )
    form = NoQuestionForm(request.POST if request.method == "POST" else None)
    return step_page(
        request,
        publication,
        words,
        form=form,
        act=lambda data: discard_draft(publication, by=request.user),
        goes_to="publication_desk",
    )
