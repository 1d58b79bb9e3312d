"""The library: what there is, and one template with everything that one can take along (R92, R93)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comms.cobranding.enums import TemplateFormat
from comms.cobranding.forms.library import LibraryForm
from comms.cobranding.materials import NOBODY, PartnerParts, material_of, parts_for
from comms.cobranding.models import MessageTemplate, OwnLines, PartnerLogo, TemplateVersion
from comms.cobranding.renderings import OUTPUTS, Material
from comms.cobranding.renderings.mail import as_mail_text
from comms.cobranding.renderings.social import fitting_media, social_post
from comms.cobranding.views.access import RELATED, chosen_organisation, kept_apart, readable, version_of
from comms.planning.models.visibility import plans
from cwn.core.visibility import MEMBERS, principals_of
from partners.models import Organisation
from partners.models.organisations import represented_organisations_of

A_PAGE = 18
#: Which form shows best what a template is.
SHOWN_FIRST = (
    TemplateFormat.IMAGE, TemplateFormat.ONE_PAGER, TemplateFormat.PRESS, TemplateFormat.WORD, TemplateFormat.SLIDES,
    TemplateFormat.MAIL, TemplateFormat.SOCIAL,
)  # fmt: skip


@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """Show the templates that are in use, as far as this reader may see them."""
    form = LibraryForm(request.GET, user=request.user)
    templates = MessageTemplate.objects.visible_to(request.user).in_use()
    found = form.narrowed(templates).select_related(*RELATED).prefetch_related("audiences").distinct()
    page = Paginator(found.order_by("name", "pk"), A_PAGE).get_page(request.GET.get("pagina"))
    query = request.GET.copy()
    query.pop("pagina", None)
    context = {
        "form": form,
        "page": page,
        "query": query.urlencode(),
        "cards": [(template, shown_form(template.formats)) for template in page],
        "is_narrowed": any(form.cleaned_data.values()),
        "works_here": plans(request.user),
        "own": own_organisations(request),
    }
    response = render(request, "cobranding/template_list.html", context)
    response["Cache-Control"] = "no-cache" if MEMBERS not in principals_of(request.user) else "no-store"
    return response


@require_safe
def template_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a template under the own logo, its files, and the texts to copy."""
    template = readable(request, slug)
    version = version_of(request, template)
    organisations = own_organisations(request)
    organisation = chosen_organisation(request)
    if organisation is None and organisations and request.GET.get("organisatie") is None:
        organisation = organisations[0]
    partner = parts_for(template, organisation) if organisation else NOBODY
    context = {
        "template": template,
        "version": version,
        "forms": [described(version, form, partner) for form in TemplateFormat if form.value in version.bodies],
        "organisation": organisation,
        "organisations": organisations,
        "partner": partner,
        "lines": OwnLines.objects.visible_to(request.user).filter(template=template, organisation=organisation).first(),
        "has_logo": partner.logo_on_light is not None,
        "may_place_logo": organisation is not None and organisation.pk in represented_organisations_of(request.user),
        "works_here": plans(request.user),
        "audiences": [audience.label for audience in template.audiences.all()],
        "source": f"?organisatie={organisation.slug}&versie={version.number}"
        if organisation
        else f"?versie={version.number}",
    }
    return kept_apart(render(request, "cobranding/template_detail.html", context), template, organisation)


def described(version: TemplateVersion, form: TemplateFormat, partner: PartnerParts) -> dict[str, Any]:
    """Return what the page shows of one form."""
    material = material_of(version, form, partner)
    return {
        "form": form,
        "endings": list(OUTPUTS[form]),
        "copy": _to_copy(material),
        "alt": material.alt_text if form in (TemplateFormat.SOCIAL, TemplateFormat.IMAGE) else "",
        "media": list(fitting_media(material)) if form == TemplateFormat.SOCIAL else [],
        "length": len(social_post(material)) if form == TemplateFormat.SOCIAL else 0,
    }


def _to_copy(material: Material) -> str:
    if material.format == TemplateFormat.SOCIAL:
        return social_post(material)
    return as_mail_text(material) if material.format == TemplateFormat.MAIL else ""


def shown_form(formats: list[str]) -> str:
    """Return the form whose picture stands for the template."""
    return next((form.value for form in SHOWN_FIRST if form.value in formats), "")


def own_organisations(request: HttpRequest) -> list[Organisation]:
    """Return the organisations of the reader."""
    return list(Organisation.objects.of(request.user).order_by("name"))


def logo_of(request: HttpRequest, organisation: Organisation) -> PartnerLogo | None:
    """Return the logo of an organisation, for who may see it."""
    return PartnerLogo.objects.visible_to(request.user).filter(organisation=organisation).first()
