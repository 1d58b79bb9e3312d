"""What one takes along: pictures to look at first, and the files themselves, each asked for again (A29)."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from comms.cobranding.actions.counting import note_download
from comms.cobranding.enums import TemplateFormat
from comms.cobranding.materials import NOBODY, material_of, parts_for
from comms.cobranding.renderings import OUTPUTS, preview
from comms.cobranding.renderings import render as rendered
from comms.cobranding.renderings.mail import as_mail_html, preview_policy
from comms.cobranding.views.access import chosen_organisation, form_of, kept_apart, readable, version_of
from comms.files import content_disposition


@require_safe
def template_preview(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Send a picture of how a form looks, under the own logo when the address asks for it."""
    template = readable(request, slug)
    version = version_of(request, template)
    organisation = chosen_organisation(request)
    partner = parts_for(template, organisation) if organisation else NOBODY
    try:
        content = preview(material_of(version, form_of(version, form), partner))
    except ValidationError as refusal:
        raise Http404 from refusal
    return kept_apart(HttpResponse(content, content_type="image/png"), template, organisation)


@require_safe
def template_mail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the mail as a page of its own in which nothing runs and nothing is fetched."""
    template = readable(request, slug)
    version = version_of(request, template)
    organisation = chosen_organisation(request)
    partner = parts_for(template, organisation) if organisation else NOBODY
    material = material_of(version, form_of(version, TemplateFormat.MAIL), partner)
    with override(material.language):
        page = as_mail_html(material)
    response = HttpResponse(page)
    response["Content-Security-Policy"] = preview_policy(page)
    return kept_apart(response, template, organisation)


@require_safe
def template_download(request: HttpRequest, slug: str, form: str, ending: str) -> HttpResponse:
    """Send a file, and count it; what cannot be made is said in one sentence."""
    template = readable(request, slug)
    version = version_of(request, template)
    kind = form_of(version, form)
    if ending not in OUTPUTS[kind]:
        raise Http404
    organisation = chosen_organisation(request)
    partner = parts_for(template, organisation) if organisation else NOBODY
    try:
        file = rendered(material_of(version, kind, partner), ending)
    except ValidationError as refusal:
        context = {"template": template, "reasons": refusal.messages}
        return kept_apart(render(request, "cobranding/template_refused.html", context, status=409), template)
    name = "-".join(filter(None, (template.slug, kind.value, organisation.slug if organisation else "")))
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition(f"{name}.{ending}")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    if request.method == "GET" and version.is_approved:
        note_download(version, kind, organisation=organisation, by=request.user)
    return kept_apart(response, template, organisation)
