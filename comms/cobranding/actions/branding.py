"""What a partner does: place its logo, take it away, write its own lines (R93)."""

import secrets
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from comms.cobranding.logos.drawing import DrawnLogo, draw_logo
from comms.cobranding.models import MessageTemplate, OwnLines, PartnerLogo
from comms.cobranding.texts import check_own_line
from partners.models import Organisation
from partners.models.organisations import organisations_of, represented_organisations_of


@transaction.atomic
def place_logo(organisation: Organisation, *, upload: Any, by: Any) -> PartnerLogo:
    """Keep the logo of an organisation as two pictures of our own making; its representatives place it.

    Raises `ValidationError` with one sentence for a file that cannot be used.
    """
    if organisation.pk not in represented_organisations_of(by):
        raise PermissionDenied
    return keep_logo(organisation, draw_logo(upload), by=by)


@transaction.atomic
def keep_logo(organisation: Organisation, drawn: DrawnLogo, *, by: Any) -> PartnerLogo:
    """Write down a logo that was drawn anew, in the place of the one before."""
    logo = PartnerLogo.objects.filter(organisation=organisation).first() or PartnerLogo(organisation=organisation)
    former = [file.name or "" for file in (logo.on_light, logo.on_dark)]
    logo.original_sha256, logo.uploaded_by = drawn.sha256, by
    for name in (
        "width", "height", "colour", "contrast_light", "contrast_dark", "has_own_ground", "plate_on_light",
        "plate_on_dark",
    ):  # fmt: skip
        setattr(logo, name, getattr(drawn, name))
    key = secrets.token_urlsafe(18)
    logo.on_light.save(f"{key}-licht.png", ContentFile(drawn.on_light), save=False)
    logo.on_dark.save(f"{key}-donker.png", ContentFile(drawn.on_dark), save=False)
    logo.save()
    _forget_files(logo, former)
    return logo


@transaction.atomic
def remove_logo(organisation: Organisation, *, by: Any) -> None:
    """Take the logo of an organisation away, files and all."""
    if organisation.pk not in represented_organisations_of(by):
        raise PermissionDenied
    logo = PartnerLogo.objects.filter(organisation=organisation).first()
    if logo is not None:
        files = [logo.on_light.name or "", logo.on_dark.name or ""]
        logo.delete()
        _forget_files(logo, files)


@transaction.atomic
def write_own_lines(
    template: MessageTemplate, *, organisation: Organisation, opening: str, contact: str, by: Any
) -> OwnLines:
    """Keep what the people of a partner add to a template: one line to open with, one to be reached by."""
    may_read = MessageTemplate.objects.visible_to(by).filter(pk=template.pk).exists()
    if organisation.pk not in organisations_of(by) or not may_read:
        raise PermissionDenied
    values, problems = {}, {}
    for name, text in (("opening", opening), ("contact", contact)):
        try:
            values[name] = check_own_line(text)
        except ValidationError as refusal:
            problems[name] = refusal.messages
    if problems:
        raise ValidationError(problems)
    lines = OwnLines.objects.filter(template=template, organisation=organisation).first()
    lines = lines or OwnLines(template=template, organisation=organisation)
    lines.opening, lines.contact, lines.changed_by = values["opening"], values["contact"], by
    lines.full_clean(exclude=["template", "organisation"])
    lines.save()
    return lines


def _forget_files(logo: PartnerLogo, names: list[str]) -> None:
    """Delete files when the row no longer needs them for sure."""
    storage = logo.on_light.storage

    def forget() -> None:
        for name in filter(None, names):
            storage.delete(name)

    transaction.on_commit(forget)
