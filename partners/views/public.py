"""What everybody reads about organisations, initiatives and the law: as much as its visibility allows."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cwn.core.enums import CwnFunction
from partners.enums import PUBLIC_STATUSES, InitiativeStatus, PartnerStatus, RelationKind
from partners.models import Initiative, InitiativeParticipant, LegalRegime, Organisation, Participation, Relation
from partners.models.people import Contact


@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an organisation and what it lets this reader see (R10, R19–R28); 404 for what must not be known."""
    organisations = Organisation.objects.visible_to(request.user).at_address(slug)
    organisation = get_object_or_404(organisations.with_domains())
    if organisation.slug != slug:  # merged into this one; told only to who may know it (security.md A23)
        return redirect(organisation, permanent=True)
    context = {
        "organisation": organisation,
        "tone": PartnerStatus(organisation.status).tone,
        "facts": public_facts(organisation),
        "relations": list(relations_of(organisation, request.user)),
        "participations": Participation.objects.visible_to(request.user)
        .current()
        .filter(organisation=organisation)
        .order_by("basis", "function"),
        "initiatives": InitiativeParticipant.objects.visible_to(request.user)
        .filter(organisation=organisation, initiative__in=Initiative.objects.visible_to(request.user))
        .select_related("initiative")
        .order_by("initiative__name"),
        "contacts": Contact.objects.visible_to(request.user)
        .current()
        .filter(organisation=organisation)
        .order_by("role", "name"),
        **shown_details(organisation, request.user),
    }
    return render(request, "partners/organisation_detail.html", context)


def shown_details(organisation: Organisation, user: Any) -> dict[str, Any]:
    """Return what a profile tells this reader beside its name; what is hidden is not even fetched."""
    constituencies = organisation.constituencies.order_by("description")
    maturities = organisation.maturities.order_by("function")
    legal_bases = organisation.legal_bases.select_related("regime").order_by("-valid_from", "pk")
    return {
        "shows_description": organisation.shows("description", user),
        "shows_website": organisation.shows("website", user),
        "constituencies": constituencies if organisation.shows("constituency", user) else [],
        "maturities": maturities if organisation.shows("maturity", user) else [],
        "legal_bases": legal_bases if organisation.shows("legal_basis", user) else [],
    }


def relations_of(organisation: Organisation, user: Any) -> Iterator[dict[str, Any]]:
    """Name the relations of an organisation in both directions, each told from its own side (R38)."""
    relations = (
        Relation.objects.visible_to(user)
        .filter(Q(from_organisation=organisation) | Q(to_organisation=organisation))
        .select_related("from_organisation", "to_organisation")
        .order_by("kind", "from_organisation__name", "to_organisation__name")
    )
    for relation in relations:
        outward = relation.from_organisation_id == organisation.pk
        kind = RelationKind(relation.kind)
        other = relation.to_organisation if outward else relation.from_organisation
        yield {
            "label": kind.label if outward else kind.reverse_label,
            "name": other.name,
            "url": other.get_absolute_url(),
        }


def public_facts(organisation: Organisation) -> dict[str, Any]:
    """Return what a search engine may know: what a visitor sees, whoever is asking (security.md A13)."""
    if organisation.status not in PUBLIC_STATUSES:
        return {}
    facts = {
        "@type": "Organization",
        "name": organisation.name,
        "url": settings.SITE_URL + organisation.get_absolute_url(),
    }
    if organisation.website and organisation.shows("website", AnonymousUser()):
        facts["sameAs"] = organisation.website
    return facts


@require_safe
def initiative_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an initiative, who takes part and how it stands towards the network (R11, R37)."""
    initiatives = Initiative.objects.visible_to(request.user)
    initiative = get_object_or_404(initiatives.prefetch_related("roles", "regions", "sectors", "branches"), slug=slug)
    participants = (
        InitiativeParticipant.objects.visible_to(request.user)
        .filter(initiative=initiative)
        .select_related("organisation")
        .order_by("-is_lead", "organisation__name")
    )
    context = {
        "initiative": initiative,
        "participants": participants,
        "status": InitiativeStatus(initiative.status),
        "functions": [(code, CwnFunction(code).label) for code in initiative.functions],
    }
    return render(request, "partners/initiative_detail.html", context)


@require_safe
def legal_register(request: HttpRequest) -> HttpResponse:
    """List the laws under which the network shares information, with their terms (R21, R156)."""
    regimes = LegalRegime.objects.select_related("successor").order_by("name")
    return render(request, "partners/legal_register.html", {"regimes": regimes})
