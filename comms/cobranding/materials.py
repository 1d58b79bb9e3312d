"""From rows to what a renderer gets: the words of a version, the locked parts, and what a partner adds (R92, R93).

Whoever calls has already asked `visible_to`. The action perspective and the label come from the publication as it is
now, so that a correction reaches every file that is made after it.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image

from comms.cobranding.enums import TemplateFormat
from comms.cobranding.models import MessageTemplate, OwnLines, PartnerLogo, TemplateVersion
from comms.cobranding.renderings import LogoPicture, Material
from comms.cobranding.texts import blocks_of, filled, one_line, uses
from comms.sheet import CoverSheet
from comms.sheets import sheet_of
from cwn.core.brand_words import brand_words
from partners.models import Organisation


@dataclass(frozen=True, slots=True)
class PartnerParts:
    """What one partner brings: its name and site, its two lines and its logo."""

    name: str = ""
    website: str = ""
    opening: str = ""
    contact: str = ""
    logo_on_light: LogoPicture | None = None
    logo_on_dark: LogoPicture | None = None


NOBODY = PartnerParts()


def parts_of(organisation: Organisation, lines: OwnLines | None, logo: PartnerLogo | None) -> PartnerParts:
    """Return what a partner brings; raises `OSError` when the file of its logo is gone."""
    return PartnerParts(
        name=one_line(organisation.name),
        website=one_line(organisation.website),
        opening=one_line(lines.opening) if lines else "",
        contact=one_line(lines.contact) if lines else "",
        logo_on_light=picture_of(logo.on_light) if logo else None,
        logo_on_dark=picture_of(logo.on_dark) if logo else None,
    )


def parts_for(template: MessageTemplate, organisation: Organisation) -> PartnerParts:
    """Return what a partner brings to one template."""
    lines = OwnLines.objects.filter(template=template, organisation=organisation).first()
    return parts_of(organisation, lines, PartnerLogo.objects.filter(organisation=organisation).first())


def material_of(version: TemplateVersion, form: TemplateFormat, partner: PartnerParts = NOBODY) -> Material:
    """Return one form of a version with everything filled in, in the language of the template."""
    template = version.template
    body = version.bodies[form.value]
    with override(template.language):
        sheet = sheet_of(template.publication, template.language) if template.publication else None
        words, values = brand_words(), _values(version, sheet, partner)
        text = body.get("text", "")
        return Material(
            format=form,
            language=template.language,
            title=filled(body.get("title", ""), values),
            blocks=blocks_of(text, values, _key_points(version, sheet)),
            alt=filled(body.get("alt", ""), values),
            partner=partner.name,
            opening=partner.opening,
            contact="" if uses(text, "contact") else partner.contact,
            logo_on_light=partner.logo_on_light,
            logo_on_dark=partner.logo_on_dark,
            tlp=template.label,
            actions=actions_of(version, sheet),
            maker=one_line(template.owner.name),
            brand=one_line(words["brand"]),
            tagline=one_line(words["tagline"]),
            mark=words["mark"],
            version=version.number,
            licence=one_line(template.get_licence_display()) if template.licence else "",
            day=timezone.localdate(),
            url=sheet.url if sheet else "",
        )


def actions_of(version: TemplateVersion, sheet: CoverSheet | None) -> tuple[str, ...]:
    """Return the action perspective, one line an action; that of the publication counts, where there is one.

    Raises `ValidationError` when there is none: no file is made without it.
    """
    if sheet is not None:
        actions = [f"{action.audience}: {action.text} ({action.deadline})" for action in sheet.actions]
    else:
        actions = version.action_perspective.splitlines()
    lines = tuple(filter(None, map(one_line, actions)))
    if not lines:
        raise ValidationError(_("Deze template heeft nog geen handelingsperspectief."))
    return lines


def _key_points(version: TemplateVersion, sheet: CoverSheet | None) -> tuple[str, ...]:
    own = tuple(version.key_points.splitlines())
    return own or (sheet.key_points if sheet else ())


def _values(version: TemplateVersion, sheet: CoverSheet | None, partner: PartnerParts) -> dict[str, str]:
    """Return what each variable becomes; without a partner the network itself speaks."""
    words = brand_words()
    return {
        "naam_partner": partner.name or words["brand"],
        "website": partner.website or settings.SITE_URL,
        "contact": partner.contact,
        "datum": date_format(timezone.localdate(), "j F Y"),
        "titel": sheet.title if sheet else version.template.name,
        "samenvatting": version.summary or (sheet.summary if sheet else ""),
        "tlp_label": str(version.template.label.label),
        "pay_off": words["tagline"],
        "naam_netwerk": words["brand"],
    }


def picture_of(file: Any) -> LogoPicture:
    """Return a kept drawing of a logo with its size; raises `OSError` when the file is gone."""
    with file.open("rb") as stored:
        content = stored.read()
        stored.seek(0)
        with Image.open(stored) as picture:
            return LogoPicture(content, picture.width, picture.height)
