"""What every page about a template begins and ends with: may this reader know of it, and who may keep the page."""

from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from comms.cobranding.enums import TemplateFormat
from comms.cobranding.models import MessageTemplate, TemplateVersion
from comms.enums import Tlp
from comms.planning.models.visibility import plans
from partners.models import Organisation

Answered = TypeVar("Answered", bound=HttpResponseBase)
RELATED = ("owner", "campaign", "current", "publication__owner")


def readable(request: HttpRequest, slug: str) -> MessageTemplate:
    """Return the template at an address; 404 whether it is not there or not for this reader."""
    templates = MessageTemplate.objects.visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(templates, slug=slug)


def edited(request: HttpRequest, slug: str) -> MessageTemplate:
    """Return a template for who may change it."""
    templates = MessageTemplate.objects.editable_by(request.user).select_related(*RELATED)
    return get_object_or_404(templates, slug=slug)


def version_of(request: HttpRequest, template: MessageTemplate) -> TemplateVersion:
    """Return the version that the address asks for, else the one in use, else for the desk the one in the making."""
    wish = request.GET.get("versie", "")
    versions = TemplateVersion.objects.visible_to(request.user).filter(template=template).order_by("-number")
    if wish:
        number = int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 5 else 0
        versions = versions.filter(number=number)
    elif template.current is not None and template.is_in_use:
        versions = versions.filter(pk=template.current.pk)
    version = versions.first()
    if version is None or not (template.is_in_use or plans(request.user)):
        raise Http404
    version.template = template
    return version


def form_of(version: TemplateVersion, name: str) -> TemplateFormat:
    """Return a form that a version has; 404 for another one."""
    if name not in TemplateFormat.values or name not in version.bodies:
        raise Http404
    return TemplateFormat(name)


def chosen_organisation(request: HttpRequest) -> Organisation | None:
    """Return the own organisation under whose logo the reader looks: the one in the address, else none.

    An organisation of somebody else is not found, whether it exists or not (security.md A17).
    """
    wish = request.GET.get("organisatie", "")
    if not wish:
        return None
    return get_object_or_404(Organisation.objects.of(request.user), slug=wish[:120])


def kept_apart(response: Answered, template: MessageTemplate, organisation: Any = None) -> Answered:
    """Let nobody keep what is not for everybody, or what is one partner's (security.md, TLP x channel)."""
    is_public = template.label == Tlp.CLEAR and template.is_in_use and template.publication_id is None
    response["Cache-Control"] = "no-cache" if is_public and organisation is None else "no-store"
    return response
