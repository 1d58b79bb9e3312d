"""What every page about a publication begins and ends with: may this reader know of it, and who may keep the page."""

from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from comms.models import Publication
from comms.models.visibility import PublicationQuerySet

PDF = "application/pdf"

Answered = TypeVar("Answered", bound=HttpResponseBase)


def readable(request: HttpRequest, slug: str, **conditions: Any) -> Publication:
    """Return the publication at an address; 404 whether it is not there or not for this reader."""
    found: QuerySet[Publication] = visible(request).select_related("owner")
    return get_object_or_404(found, slug=slug, **conditions)


def visible(request: HttpRequest) -> PublicationQuerySet:
    """Return what this reader may know of."""
    return Publication.objects.visible_to(request.user)


def is_public(publication: Publication) -> bool:
    """Tell whether a visitor sees it, as the rule says and not as the label does."""
    return Publication.objects.visible_to(AnonymousUser()).filter(pk=publication.pk).exists()


def for_readers_only(response: Answered, publication: Publication) -> Answered:
    """Let nobody keep a page about anything but TLP:CLEAR (security.md, TLP x channel)."""
    if publication.tlp != "clear" or not publication.is_issued or publication.is_partners_first:
        response["Cache-Control"] = "no-store"
    return response
