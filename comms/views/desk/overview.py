"""The first page of the desk: what waits, what is going on, and the way to something new."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from comms.actions.drafting import create_draft
from comms.actions.steps import is_coordinator
from comms.enums import ISSUED, UNFINISHED, PublicationStatus
from comms.forms.publication import NewPublicationForm
from comms.models import Correction, Publication, RelabelRequest
from comms.register import amber_register, red_register
from comms.views.desk.access import at_the_desk
from comms.writers import works_here
from cwn.accounts.http import AccountRequest
from cwn.accounts.roles import POLICY_OWNER
from cwn.core.visibility import principals_of, role_principal
from partners.models import Organisation
from partners.models.organisations import organisations_of, represented_organisations_of

#: Rows of one list; the rest is found through the search of the portal.
MOST_ROWS = 25


@login_required
@require_safe
def publication_desk(request: AccountRequest) -> HttpResponse:
    """Show what waits for the reader, what he or she writes, and what happens in the own organisations."""
    if not works_here(request.user):
        raise Http404
    rows = at_the_desk(request.user).order_by("-updated_at")
    own = rows.filter(owner__in=organisations_of(request.user))
    unfinished = own.filter(status__in=UNFINISHED)
    context = {
        "organisations": Organisation.objects.of(request.user).order_by("name"),
        "waiting": _waiting_for(request.user),
        "mine": unfinished.filter(author=request.user)[:MOST_ROWS],
        "of_colleagues": unfinished.exclude(author=request.user)[:MOST_ROWS],
        "scheduled": own.filter(status=PublicationStatus.SCHEDULED).order_by("publish_at")[:MOST_ROWS],
        "corrections": _open_corrections(request.user)[:MOST_ROWS],
        "issued": own.filter(status__in=ISSUED).order_by("-published_at")[:MOST_ROWS],
    }
    coordinates = is_coordinator(request.user)
    context |= {
        "in_review": rows.filter(status=PublicationStatus.IN_REVIEW)[:MOST_ROWS] if coordinates else None,
        "register": red_register()[:MOST_ROWS] if coordinates else None,
    }
    return render(request, "comms/desk.html", context)


@login_required
@require_safe
def publication_register(request: AccountRequest) -> HttpResponse:
    """Show the policy owner which titles the sharing groups let it know; nobody else has this page."""
    if role_principal(POLICY_OWNER.slug) not in principals_of(request.user):
        raise Http404
    return render(request, "comms/register.html", {"lines": amber_register()})


def _waiting_for(user: Any) -> dict[str, Any]:
    """Return what asks for an answer of somebody: reviews, consent, and for coordinators decisions on labels."""
    rows = at_the_desk(user)
    asked = RelabelRequest.objects.visible_to(user).filter(applied_at=None, refused_at=None)
    asked = asked.select_related("publication__owner", "requested_by", "consented_by")
    to_consent = Q(publication__owner__in=represented_organisations_of(user), consented_at=None)
    to_decide = Q(publication__reviewer=user.pk, publication__tlp="red")
    if is_coordinator(user):
        to_decide |= ~Q(publication__tlp="red")
    return {
        "reviews": rows.filter(status=PublicationStatus.IN_REVIEW, reviewer=user, approved_by=None)[:MOST_ROWS],
        "consents": asked.filter(to_consent)[:MOST_ROWS],
        "decisions": asked.filter(to_decide, consented_at__isnull=False).exclude(consented_by=user)[:MOST_ROWS],
    }


def _open_corrections(user: Any) -> Any:
    """Return the corrections that somebody can go on with."""
    editable = Publication.objects.editable_by(user)
    rows = Correction.objects.visible_to(user).filter(published_at=None, dropped_at=None, publication__in=editable)
    return rows.select_related("publication__owner", "author")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publication_new(request: AccountRequest) -> HttpResponse:
    """Begin a publication: for whom, what, and under which label."""
    if not organisations_of(request.user):
        raise Http404
    form = NewPublicationForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        publication = create_draft(**form.cleaned_data, by=request.user)
        return redirect("publication_edit", publication.slug)
    return render(request, "comms/desk_new.html", {"form": form})
