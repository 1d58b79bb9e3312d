"""What became of a publication, for who works on it: who got it, who passed it on, and what readers said."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comms.actions.responding import answer_feedback
from comms.actions.steps import is_coordinator
from comms.enums import ISSUED
from comms.forms.answers import FeedbackAnswerForm
from comms.models import Download, Feedback, Publication
from comms.reach import reach_of
from comms.views.finding import for_readers_only

#: Reactions with words that the page shows; all of them count.
MOST_REACTIONS = 100


@login_required
@require_safe
def publication_reach(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which organisations got a version and what they did with it (R52, R107)."""
    publication = worked_on(request, slug)
    return _page(request, publication, FeedbackAnswerForm())


@login_required
@require_POST
def answer_reactions(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what the owner did with the reactions; every reader sees it (R153)."""
    publication = worked_on(request, slug)
    if not _is_editor(publication, request.user):
        raise Http404
    form = FeedbackAnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_feedback(publication, text=form.cleaned_data["text"], by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Uw antwoord staat op de pagina."))
            return redirect("publication_reach", slug)
    return _page(request, publication, form)


def worked_on(request: HttpRequest, slug: str) -> Publication:
    """Return an issued publication that this reader works on; for all others it has no such page."""
    found = Publication.objects.visible_to(request.user).worked_on_by(request.user).filter(status__in=ISSUED)
    return get_object_or_404(found.select_related("owner"), slug=slug)


def _is_editor(publication: Publication, user: Any) -> bool:
    return Publication.objects.editable_by(user).filter(pk=publication.pk).exists()


def _page(request: HttpRequest, publication: Publication, form: FeedbackAnswerForm) -> HttpResponse:
    version = asked_version(request, publication)
    is_editor = _is_editor(publication, request.user)
    context = {
        "publication": publication,
        "reach": reach_of(publication, version, request.user),
        "versions": range(1, publication.version + 1),
        # a reviewer of another organisation sees the numbers, and no names of others
        "shows_names": is_editor or is_coordinator(request.user),
        "is_editor": is_editor,
        "downloads": Download.objects.filter(publication=publication).values_list("what").annotate(Sum("count")),
        "form": form,
        **reactions(publication, request.user),
    }
    return for_readers_only(render(request, "comms/publication_reach.html", context), publication)


def asked_version(request: HttpRequest, publication: Publication) -> int:
    """Return the version in the address (`?versie=1`); 404 for one that never was."""
    asked = request.GET.get("versie", str(publication.version))
    if not asked.isdecimal() or not 1 <= int(asked[:9]) <= publication.version:
        raise Http404
    return int(asked)


def reactions(publication: Publication, user: Any) -> dict[str, Any]:
    """Return what readers said, as far as this reader may see it, and the answers that were given."""
    rows = Feedback.objects.visible_to(user).filter(publication=publication)
    return {
        "useful": rows.filter(is_useful=True).count(),
        "not_useful": rows.filter(is_useful=False).count(),
        "reactions": rows.exclude(text="").order_by("-given_at", "-pk")[:MOST_REACTIONS],
        "feedback_answers": publication.feedback_answers.all(),  # type: ignore[attr-defined]
    }
