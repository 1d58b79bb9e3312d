"""What happened to a publication: the steps, each saved text with what it changed, and the way back to it."""

from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from comms.actions.correcting import save_correction, start_correction
from comms.actions.drafting import restore_version
from comms.differences import differences
from comms.enums import UNFINISHED
from comms.models import Publication, PublicationStep
from comms.models.guards import CONTENT
from comms.views.desk.access import IN_FORCE, edited, render_desk, worked_on
from cwn.accounts.http import AccountRequest
from cwn.core.history import event_model

#: Saved texts that the page shows; older ones stay in the history.
MOST_VERSIONS = 30
#: What each action is called in the list of steps.
VERBS = {
    "create_draft": gettext_lazy("Begonnen"),
    "ask_review": gettext_lazy("Gevraagd om mee te kijken"),
    "approve": gettext_lazy("Akkoord gegeven"),
    "return_to_author": gettext_lazy("Teruggegeven aan de schrijver"),
    "schedule": gettext_lazy("Ingepland"),
    "unschedule": gettext_lazy("Niet meer ingepland"),
    "publish": gettext_lazy("Gepubliceerd"),
    "correct": gettext_lazy("Gecorrigeerd"),
    "withdraw": gettext_lazy("Ingetrokken"),
    "supersede": gettext_lazy("Vervangen"),
    "expire": gettext_lazy("Verlopen"),
    "renew": gettext_lazy("Verlengd"),
    "restrict": gettext_lazy("Strenger label"),
    "ask_wider": gettext_lazy("Ruimer label gevraagd"),
    "consent": gettext_lazy("Toestemming voor een ruimer label"),
    "widen": gettext_lazy("Ruimer label"),
    "refuse_wider": gettext_lazy("Ruimer label afgewezen"),
    "readdress": gettext_lazy("Andere lezers"),
    "set_attachment": gettext_lazy("Bijlage geplaatst"),
    "remove_attachment": gettext_lazy("Bijlage weggehaald"),
    "restore_version": gettext_lazy("Eerdere tekst teruggezet"),
}


@login_required
@require_safe
def publication_history(request: AccountRequest, slug: str) -> HttpResponse:
    """Show the steps and the saved texts, newest first."""
    publication = worked_on(request, slug)
    steps = PublicationStep.objects.visible_to(request.user).filter(publication=publication).select_related("by")
    return render_desk(
        request,
        "history",
        publication,
        steps=[(VERBS.get(step.verb, step.verb), step) for step in steps],
        versions=versions_of(publication),
        may_restore=publication.status in UNFINISHED,
        may_correct=publication.status in IN_FORCE,
    )


def versions_of(publication: Publication) -> list[dict[str, Any]]:
    """Return the saved texts that differ from the one before, newest first, with what changed."""
    events: Any = event_model(Publication)
    rows = events.objects.filter(pgh_obj_id=publication.pk).select_related("pgh_context").order_by("-pgh_id")
    rows = list(rows[: MOST_VERSIONS * 3])
    people = _names_of(rows)
    versions = []
    for newer, older in pairwise([*rows, None]):
        changed = differences(_content(older), _content(newer)) if older is not None else []
        if changed or older is None:
            versions.append({
                "event": newer,
                "who": people.get(_user_of(newer), _("het portaal")),
                "changed": changed,
                "is_first": older is None and len(rows) < MOST_VERSIONS * 3,
            })  # fmt: skip
    return versions[:MOST_VERSIONS]


def _content(event: Any) -> dict[str, Any]:
    return {name: getattr(event, name) for name in CONTENT}


def _user_of(event: Any) -> Any:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _names_of(rows: list[Any]) -> dict[Any, str]:
    people: Any = Publication._meta.get_field("author").related_model
    keys = {_user_of(row) for row in rows} - {None}
    return {person.pk: str(person) for person in people._default_manager.filter(pk__in=keys)}


@login_required
@require_POST
def publication_restore(request: AccountRequest, slug: str, event: int) -> HttpResponse:
    """Put an older text back: into the draft, or into a correction of what was issued."""
    publication = edited(request, slug)
    try:
        if publication.is_issued:
            _correct_with(publication, event, request.user)
        else:
            restore_version(publication, event=event, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("publication_history", slug)
    messages.success(request, _("De eerdere tekst is teruggezet. U kunt dit weer ongedaan maken in de geschiedenis."))
    return redirect("publication_edit", slug)


def _correct_with(publication: Publication, event: int, by: Any) -> None:
    events: Any = event_model(Publication)
    row = events.objects.filter(pgh_obj_id=publication.pk, pk=event).first()
    if row is None:
        raise Http404
    correction = start_correction(publication, by=by)
    save_correction(correction, values=_content(row), edit_version=correction.edit_version, by=by)
