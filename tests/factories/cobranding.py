"""Factories of templates, logos and batches."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from comms.cobranding.actions.branding import keep_logo
from comms.cobranding.enums import PUBLIC_FORMATS, WITH_ALT_TEXT, TemplateFormat, TemplateStatus
from comms.cobranding.logos.drawing import draw_logo
from comms.cobranding.models import MessageTemplate, PartnerLogo, RenderJob, RenderJobPart, TemplateVersion
from comms.enums import Tlp
from comms.planning.enums import CampaignStatus
from comms.planning.models import Campaign
from partners.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory

ACTIONS = "Werk vandaag uw firewall bij.\nBel uw leverancier."
TEXT = (
    "Beste lezer van {{naam_partner}},\n\n{{samenvatting}}\n\n{{kernpunten}}\n\n{{handelingsperspectief}}\n\nTot ziens."
)
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80">'
    '<circle cx="40" cy="40" r="36" fill="#0a2a6b"/><path d="M100 8h90v64h-90z" fill="#0a2a6b"/></svg>'
)


def bodies(*forms: TemplateFormat, text: str = TEXT, title: str = "Werk uw systemen bij") -> dict[str, dict[str, str]]:
    """Return a text in each form."""
    return {
        form.value: {"title": title, "text": text, "alt": "Een schild." if form in WITH_ALT_TEXT else ""}
        for form in forms
    }


def draft_template(**fields: Any) -> MessageTemplate:
    """Return a template with an open first version in every form that its label allows."""
    texts = fields.pop("bodies", None)
    maker = fields.pop("made_by", None) or UserFactory()
    actions = fields.pop("action_perspective", ACTIONS)
    number = MessageTemplate.objects.count()
    fields = {
        "name": f"Template {number}", "slug": f"template-{number}", "purpose": "Doorgeven.", "tlp": Tlp.CLEAR,
    } | fields  # fmt: skip
    fields.setdefault("owner", None)
    fields["owner"] = fields["owner"] or OrganisationFactory(name=f"Maker {number}")
    template = MessageTemplate.objects.create(**fields)
    forms = [form for form in TemplateFormat if template.tlp == Tlp.CLEAR or form not in PUBLIC_FORMATS]
    TemplateVersion.objects.create(
        template=template,
        number=1,
        bodies=bodies(*forms) if texts is None else texts,
        summary="Bijwerken kost een half uur.",
        key_points="Oude programma's zijn een ingang.\nHet kan vanzelf.",
        action_perspective=actions,
        made_by=maker,
    )
    return template


def template_in_use(**fields: Any) -> MessageTemplate:
    """Return a template that a second person approved."""
    template = draft_template(**fields)
    version = template.versions.get()
    version.approved_by, version.approved_at = UserFactory(), timezone.now()
    version.save()
    template.current, template.status = version, TemplateStatus.APPROVED
    template.formats = [form.value for form in TemplateFormat if form.value in version.bodies]
    template.save()
    return template


def svg_upload(svg: str = LOGO, name: str = "beeldmerk.svg") -> ContentFile:
    """Return an SVG as somebody uploads it."""
    return ContentFile(svg.encode(), name=name)


def logo_of(organisation: Organisation, svg: str = LOGO) -> PartnerLogo:
    """Return the logo of a partner, files and all."""
    return keep_logo(organisation, draw_logo(svg_upload(svg)), by=None)


def campaign_with(*partners: Organisation, **fields: Any) -> Campaign:
    """Return a running campaign with partners."""
    number = Campaign.objects.count()
    fields = {
        "name": f"Campagne {number}", "slug": f"campagne-{number}", "goal": "Bijwerken.",
        "starts_on": "2026-01-01", "ends_on": "2026-12-31", "status": CampaignStatus.RUNNING,
    } | fields  # fmt: skip
    fields.setdefault("owner_id", OrganisationFactory().pk)
    fields.setdefault("created_by_id", UserFactory().pk)
    campaign = Campaign.objects.create(**fields)
    campaign.partners.set(partners)
    return campaign


def batch_for(campaign: Campaign, *, by: Any) -> RenderJob:
    """Return a batch that waits, with a part for each partner."""
    job = RenderJob.objects.create(campaign=campaign, by=by)
    for partner in campaign.partners.all():
        RenderJobPart.objects.create(job=job, organisation=partner)
    return job
