"""Making a template: begin, write, ask approval, approve, begin a new version, retire (R92)."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comms.cobranding.enums import PUBLIC_FORMATS, WITH_ALT_TEXT, TemplateFormat, TemplateStatus
from comms.cobranding.materials import actions_of, material_of
from comms.cobranding.models import MessageTemplate, TemplateVersion
from comms.cobranding.renderings import OUTPUTS, render
from comms.cobranding.texts import check_template_text, one_line, refuse_typed_label
from comms.enums import Tlp
from comms.planning.models.visibility import plans
from comms.sheets import sheet_of
from cwn.core.audit import record

#: What is about the template and may change while it is in use; its label, source and language stay.
FACTS = ("name", "purpose", "functions", "campaign", "licence")
SOURCE = ("tlp", "publication", "language", "owner")
#: What a version says.
TEXTS = ("bodies", "summary", "key_points", "action_perspective")
#: Addresses below /templates/ that are no template.
RESERVED_SLUGS = ("redactie", "beeldmerk", "opdracht")


class EditedElsewhereError(Exception):
    """Somebody else saved the same version meanwhile."""


@transaction.atomic
def create_template(*, values: Mapping[str, Any], by: Any) -> MessageTemplate:
    """Begin a template with an empty first version."""
    require_editor(None, by)
    audiences = values.get("audiences", ())
    template = MessageTemplate(**{name: values[name] for name in (*FACTS, *SOURCE) if name in values})
    template.slug = _new_slug(template.name)
    template.full_clean(exclude=["slug"])
    _refuse_wider_label(template)
    template.save()
    template.audiences.set(audiences)
    TemplateVersion.objects.create(template=template, number=1, made_by=by)
    return template


@transaction.atomic
def change_template(template: MessageTemplate, *, values: Mapping[str, Any], by: Any) -> MessageTemplate:
    """Change what a template is for; label, source and language only while nobody uses it."""
    current = locked_template(template, by)
    names = FACTS if current.status != TemplateStatus.DRAFT else (*FACTS, *SOURCE)
    for name in names:
        if name in values:
            setattr(current, name, values[name])
    current.full_clean(exclude=["slug"])
    _refuse_wider_label(current)
    current.save()
    if "audiences" in values:
        current.audiences.set(values["audiences"])
    return current


@transaction.atomic
def write_version(
    version: TemplateVersion, *, values: Mapping[str, Any], edit_version: int, by: Any
) -> TemplateVersion:
    """Save what somebody wrote; it takes back an earlier request for approval, which was for another text.

    Raises `EditedElsewhereError` when somebody else saved meanwhile: nothing is written.
    """
    locked_template(version.template, by)
    current = TemplateVersion.objects.select_for_update().get(pk=version.pk)
    if current.is_approved:
        raise ValidationError(_("Deze versie is al goedgekeurd. Begin een nieuwe versie."))
    if current.edit_version != edit_version:
        raise EditedElsewhereError
    for name in TEXTS:
        if name in values:
            setattr(current, name, values[name])
    check_texts(current)
    current.made_by, current.asked_at = by, None
    current.edit_version += 1
    current.full_clean(exclude=["template"], validate_unique=False)
    current.save()
    return current


@transaction.atomic
def ask_approval(version: TemplateVersion, *, by: Any) -> TemplateVersion:
    """Ask a second person; everything must be made once without a problem before that."""
    locked_template(version.template, by)
    current = TemplateVersion.objects.select_for_update().get(pk=version.pk)
    if current.is_approved:
        raise ValidationError(_("Deze versie is al goedgekeurd."))
    prove(current)
    current.asked_at = timezone.now()
    current.save(update_fields=["asked_at"])
    return current


@transaction.atomic
def approve_version(version: TemplateVersion, *, edit_version: int, by: Any) -> TemplateVersion:
    """Take a version into use, as somebody else than its maker, and exactly the text that he or she looked at."""
    template = locked_template(version.template, by)
    current = TemplateVersion.objects.select_for_update().get(pk=version.pk)
    if current.edit_version != edit_version:
        raise ValidationError(_("De tekst is intussen veranderd. Bekijk hem opnieuw."))
    if current.asked_at is None or current.is_approved:
        raise ValidationError(_("Voor deze versie is nu geen akkoord gevraagd."))
    if current.made_by_id == by.pk:
        raise ValidationError(_("Een tweede persoon moet akkoord geven. Dat is nooit de maker."))
    prove(current)
    if not current.action_perspective.strip():
        sheet = sheet_of(template.publication, template.language) if template.publication else None
        current.action_perspective = "\n".join(actions_of(current, sheet))[:1500]
    current.approved_by, current.approved_at = by, timezone.now()
    current.validate_constraints()
    current.save()
    template.formats = [form.value for form in TemplateFormat if form.value in current.bodies]
    template.current, template.status = current, TemplateStatus.APPROVED
    template.validate_constraints()
    template.save(update_fields=["formats", "current", "status"])
    record("approve", kind="messagetemplate", object_id=template.pk, by=by, detail={"version": current.number})
    return current


@transaction.atomic
def begin_version(template: MessageTemplate, *, by: Any) -> TemplateVersion:
    """Begin the next version with the text of the last one; the one in use stays until the new one is approved."""
    current = locked_template(template, by)
    last = current.versions.order_by("-number")[0]
    if not last.is_approved:
        return last
    return TemplateVersion.objects.create(
        template=current, number=last.number + 1, made_by=by, **{name: getattr(last, name) for name in TEXTS}
    )


@transaction.atomic
def retire_template(template: MessageTemplate, *, by: Any) -> MessageTemplate:
    """Take a template out of the library; its versions and counts stay."""
    current = locked_template(template, by)
    if current.status == TemplateStatus.RETIRED:
        raise ValidationError(_("Deze template is al vervallen."))
    current.status = TemplateStatus.RETIRED
    current.save(update_fields=["status"])
    record("retire", kind="messagetemplate", object_id=current.pk, by=by)
    return current


def check_texts(version: TemplateVersion) -> None:
    """Refuse texts with unknown variables or typed labels, pictures without words, and public forms of what is not.

    The sentences stand at the fields of the form: `<form>_title`, `<form>_text`, `<form>_alt`.
    """
    problems: dict[str, list[str]] = {}
    for form, body in version.bodies.items():
        for name in ("title", "text", "alt"):
            try:
                check_template_text(body.get(name, ""), is_title=name != "text")
            except ValidationError as refusal:
                problems[f"{form}_{name}"] = refusal.messages
        if not body.get("title", "").strip():
            problems.setdefault(f"{form}_title", []).append(_("Schrijf een titel."))
        if form in WITH_ALT_TEXT and not body.get("alt", "").strip():
            problems.setdefault(f"{form}_alt", []).append(_("Beschrijf de afbeelding voor wie haar niet ziet."))
        if form in PUBLIC_FORMATS and version.template.label != Tlp.CLEAR:
            sentence = _("Deze vorm leest iedereen. Dat kan alleen met TLP:CLEAR.")
            problems.setdefault(f"{form}_title", []).append(sentence)
    for name in ("summary", "key_points", "action_perspective"):
        try:
            refuse_typed_label(getattr(version, name), _("Typ het TLP-label niet zelf. Het staat er altijd."))
        except ValidationError as refusal:
            problems[name] = refusal.messages
    if problems:
        raise ValidationError(problems)


def prove(version: TemplateVersion) -> None:
    """Make every file once, so that nobody approves what cannot be made."""
    check_texts(version)
    if not version.bodies:
        raise ValidationError(_("Vul ten minste één vorm in."))
    for form in map(TemplateFormat, version.bodies):
        for ending in OUTPUTS[form]:
            render(material_of(version, form), ending)


def require_editor(template: MessageTemplate | None, by: Any) -> None:
    """Stop whoever does not work at the communication desk, or may not see the template."""
    if not plans(by):
        raise PermissionDenied
    if template is not None and not MessageTemplate.objects.editable_by(by).filter(pk=template.pk).exists():
        raise PermissionDenied


def locked_template(template: MessageTemplate, by: Any) -> MessageTemplate:
    """Return the row as it is now, held until the transaction ends, for somebody who may change it."""
    require_editor(template, by)
    return MessageTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)


def _new_slug(name: str) -> str:
    base = slugify(one_line(name))[:80].strip("-") or "template"
    is_taken = base in RESERVED_SLUGS or MessageTemplate.objects.filter(slug=base).exists()
    return f"{base}-{uuid4().hex[:6]}" if is_taken else base


def _refuse_wider_label(template: MessageTemplate) -> None:
    """Say in words what the table refuses too: a template is as strict as its publication."""
    source = template.publication
    if source is not None and Tlp(template.tlp).strictness < source.label.strictness:
        raise ValidationError({
            "tlp": _("De publicatie is %(label)s. De template kan niet ruimer zijn.") % {"label": source.label.label}
        })  # fmt: skip
