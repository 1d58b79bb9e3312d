"""Who comes in at the desk: every page fetches its publication here, and a stranger gets 404 (security.md A16)."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comms.actions.issuing import may_issue
from comms.actions.review import may_approve
from comms.actions.steps import is_coordinator, is_editor
from comms.enums import RESTRICTED, UNFINISHED, PublicationStatus
from comms.models import Publication
from cwn.accounts.http import AccountRequest

#: Statuses in which readers have it, so that it can be corrected, restricted or taken back.
IN_FORCE = (PublicationStatus.PUBLISHED, PublicationStatus.EXPIRED)


def at_the_desk(user: Any) -> QuerySet[Publication]:
    """Return the publications that somebody works on; also what he or she may only comment on."""
    return Publication.objects.worked_on_by(user).select_related("owner", "author", "reviewer", "approved_by")


def worked_on(request: AccountRequest, slug: str) -> Publication:
    """Return a publication of which the reader may see how it comes about."""
    return get_object_or_404(at_the_desk(request.user), slug=slug)


def edited(request: AccountRequest, slug: str) -> Publication:
    """Return a publication of which the reader may change the text."""
    editable = Publication.objects.editable_by(request.user).select_related("owner", "author", "reviewer")
    return get_object_or_404(editable, slug=slug)


def issued_by(request: AccountRequest, slug: str, *statuses: str) -> Publication:
    """Return a publication that the reader may publish, withdraw and renew, where it stands at one of these."""
    publication = worked_on(request, slug)
    if not may_issue(publication, request.user) or (statuses and publication.status not in statuses):
        raise Http404
    return publication


def render_desk(
    request: AccountRequest, page: str, publication: Publication, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page about a publication, with the tabs to the others and what this reader may do."""
    may = {
        "edit": is_editor(publication, request.user),
        "issue": may_issue(publication, request.user),
        "approve": may_approve(publication, request.user),
        "coordinate": is_coordinator(request.user),
    }
    context |= {
        "publication": publication,
        "may": may,
        "is_unfinished": publication.status in UNFINISHED,
        "is_in_force": publication.status in IN_FORCE,
        "is_restricted": publication.tlp in RESTRICTED,
        "tabs": _tabs(publication, may),
        "here": request.path,
    }
    return render(request, f"comms/desk_{page}.html", context, status=status)


def _tabs(publication: Publication, may: dict[str, bool]) -> list[tuple[str, str]]:
    """Return the pages of a publication that make sense for this reader now."""
    pages = [(_("Tekst en oplegger"), "publication_edit", True), (_("Voorbeeld"), "publication_preview", True)]
    pages += [
        (_("Lezers"), "publication_readers", may["edit"] and publication.tlp in RESTRICTED),
        (_("Bijlagen"), "publication_attachments", may["edit"]),
        (_("Meekijken"), "publication_review", True),
        (_("Publiceren"), "publication_publish", may["issue"] and not publication.is_tombstone),
        (_("Label en intrekken"), "publication_label", publication.is_issued and not publication.is_tombstone),
        (_("Geschiedenis"), "publication_history", True),
    ]
    return [(label, reverse(name, args=[publication.slug])) for label, name, is_shown in pages if is_shown]
