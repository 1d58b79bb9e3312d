"""The resources of the API: read-only, with the same rules and the same search as the pages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI

from comms.actions.receiving import note_download
from comms.enums import RESTRICTED, ReceiptChannel, Tlp
from comms.models import Attachment, Publication
from comms.renderings.data import as_dict
from comms.sheets import sheet_of
from cwn.core.enums import CwnFunction
from cwn.portal.api import schemas
from cwn.portal.api.problems import tell_problems
from cwn.portal.list_formats import facet_slugs, tlp_of
from cwn.search.queries import SearchPage, search
from cwn.search.results import Result
from functions.base.models import FunctionCharter
from partners.models import Initiative, Organisation, Participation

VERSION = "1.0.0"
PREFIX = "/api/v1"
#: Kind of the search → name of the resource.
COLLECTIONS = {"publication": "publications", "organisation": "organisations", "initiative": "initiatives"}
FILTERS = (
    "Filters as on the pages, repeatable: q, regio, sector, branche, rol, functie, pps, soort, doelgroep, thema, fase, "
    "status; sorteer (relevantie, nieuwste, naam) and pagina (from 1). Unknown parameters are ignored."
)

api = NinjaAPI(
    title="Cyberweerbaarheidsnetwerk (CWN)",
    version=VERSION,
    description=(
        "Publicaties, organisaties, initiatieven en functies van het netwerk, om te lezen. Zonder sleutel leest u wat "
        "openbaar is, met een persoonlijke sleutel (Authorization: Bearer) wat u zelf mag zien."
    ),
    openapi_url=None,
    docs_url=None,
    servers=[{"url": settings.SITE_URL}],
    urls_namespace="api-1",
)
tell_problems(api)


@api.get("/publications", response=schemas.ResultList, by_alias=True, summary="Publications", description=FILTERS)
def publications(request: HttpRequest) -> dict[str, Any]:
    """List the publications that the asker may see."""
    return _list(request, "publication")


@api.get("/publications/{slug}", response=schemas.PublicationDetail, by_alias=True, summary="One publication")
def publication(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Show one publication; of what was withdrawn or superseded only that it was, and RED never leaves the portal."""
    shown = Publication.objects.visible_to(request.user).issued().exclude(tlp=Tlp.RED).select_related("owner")
    one = get_object_or_404(shown, slug=slug)
    facts = {"slug": one.slug, "status": one.status, "version": one.version, "_links": _links("publications", one)}
    if one.is_tombstone:
        return {**facts, "tlp": one.label.label}
    if one.tlp in RESTRICTED:
        note_download(one, what="api", channel=ReceiptChannel.API, by=request.user)
    return {**facts, **as_dict(sheet_of(one)), "attachments": list(map(_attachment, _attachments(one, request)))}


def _attachments(one: Publication, request: HttpRequest) -> Any:
    attachments = Attachment.objects.visible_to(request.user).in_use().filter(publication=one)
    return attachments.prefetch_related("files")


def _attachment(attachment: Attachment) -> dict[str, Any]:
    file = attachment.current_file
    return {
        "title": attachment.title,
        "content_type": file.content_type if file else "",
        "size": file.size if file else 0,
        "_links": {"html": {"href": f"{settings.SITE_URL}{attachment.publication.get_absolute_url()}"}},
    }


@api.get("/organisations", response=schemas.ResultList, by_alias=True, summary="Organisations", description=FILTERS)
def organisations(request: HttpRequest) -> dict[str, Any]:
    """List the organisations that the asker may know of."""
    return _list(request, "organisation")


@api.get("/organisations/{slug}", response=schemas.OrganisationDetail, by_alias=True, summary="One organisation")
def organisation(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Show the profile of an organisation; fields that the asker may not read are null."""
    one = get_object_or_404(Organisation.objects.visible_to(request.user).with_domains(), slug=slug)
    functions = Participation.objects.visible_to(request.user).current().filter(organisation=one)
    return {
        "slug": one.slug,
        "name": one.name,
        "known_as": one.known_as,
        "status": one.status,
        "ownership": one.ownership,
        "partner_since": one.partner_since,
        "description": one.description if one.shows("description", request.user) else None,
        "website": one.website if one.shows("website", request.user) else None,
        "functions": sorted({row.function for row in functions}) if one.shows("participation", request.user) else None,
        "kinds": [kind.slug for kind in one.kinds.all()],
        **_domains(one),
        "_links": _links("organisations", one),
    }


@api.get("/initiatives", response=schemas.ResultList, by_alias=True, summary="Initiatives", description=FILTERS)
def initiatives(request: HttpRequest) -> dict[str, Any]:
    """List the initiatives beside the network."""
    return _list(request, "initiative")


@api.get("/initiatives/{slug}", response=schemas.InitiativeDetail, by_alias=True, summary="One initiative")
def initiative(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Show an initiative or a partnership."""
    one = get_object_or_404(Initiative.objects.visible_to(request.user), slug=slug)
    return {
        "slug": one.slug,
        "name": one.name,
        "known_as": one.known_as,
        "status": one.status,
        "ownership": one.ownership,
        "description": one.description,
        "functions": one.functions,
        **_domains(one),
        "_links": _links("initiatives", one),
    }


@api.get("/functions", response=schemas.FunctionList, by_alias=True, summary="The five functions")
def functions(request: HttpRequest) -> dict[str, Any]:
    """List the five functions of the network with their charters."""
    charters = [_function(charter) for charter in FunctionCharter.objects.all()]
    return {"count": len(charters), "results": charters, "_links": {"self": {"href": _address("functions")}}}


@api.get("/functions/{slug}", response=schemas.FunctionItem, by_alias=True, summary="One function")
def function(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Show the charter of a function."""
    return _function(get_object_or_404(FunctionCharter, function=slug))


def _function(charter: FunctionCharter) -> dict[str, Any]:
    return {
        "slug": charter.function,
        "name": str(CwnFunction(charter.function).label),
        "summary": charter.text("summary"),
        "main_task": charter.text("main_task"),
        "activities": charter.activity_list,
        "contribution": charter.text("contribution"),
        "served_organisations": charter.text("served_organisations"),
        "_links": {
            "self": {"href": _address("functions", charter.function)},
            "html": {"href": settings.SITE_URL + charter.get_absolute_url()},
        },
    }


def _domains(one: Any) -> dict[str, list[str]]:
    return {name: [domain.slug for domain in getattr(one, name).all()] for name in ("regions", "sectors", "branches")}


def _list(request: HttpRequest, kind: str) -> dict[str, Any]:
    page = search(request.GET, user=request.user, kind=kind)
    return {
        "count": page.count,
        "page": page.request.page,
        "pages": page.pages,
        "results": [_item(document, COLLECTIONS[kind]) for document in page.documents],
        "_links": _page_links(request.GET, page, COLLECTIONS[kind]),
    }


def _item(document: Result, collection: str) -> dict[str, Any]:
    slug, facets = document.url.rstrip("/").rpartition("/")[2], facet_slugs(document)
    return {
        "slug": slug,
        "title": document.title,
        "summary": document.summary,
        "date": document.date,
        "tlp": label.label if (label := tlp_of(document)) else None,
        "facets": facets,
        "_links": {
            "self": {"href": _address(collection, slug)},
            "html": {"href": settings.SITE_URL + document.url},
        },
    }


def _page_links(parameters: QueryDict, page: SearchPage, collection: str) -> dict[str, Any]:
    def at(number: int) -> dict[str, str] | None:
        if not 1 <= number <= page.pages:
            return None
        query = parameters.copy()
        query["pagina"] = str(number)
        return {"href": f"{_address(collection)}?{query.urlencode()}"}

    current = page.request.page
    return {"self": at(current), "next": at(current + 1), "prev": at(current - 1)}


def _links(collection: str, one: Any) -> dict[str, Any]:
    return {
        "self": {"href": _address(collection, one.slug)},
        "html": {"href": settings.SITE_URL + one.get_absolute_url()},
    }


def _address(*parts: str) -> str:
    return "/".join((settings.SITE_URL + PREFIX, *parts))
