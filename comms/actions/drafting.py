"""Writing: a draft, and what others remark about it."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comms.actions.steps import is_editor, locked, merged, require, require_status
from comms.enums import UNFINISHED, RemarkKind, Tlp
from comms.models import OPAQUE_SLUG, Publication, PublicationStep, Remark
from comms.models.guards import CONTENT
from cwn.core.history import event_model
from partners.models import Organisation
from partners.models.organisations import organisations_of

#: About the publication, not what it says; editors set these too. Everything else that a form sends is ignored (A19).
ABOUT = ("tlp", "restriction_reason", "review_on", "phase", "public_from", "publish_at", "expires_on")
DOMAINS = ("regions", "sectors", "branches", "developments", "related")
READERS = ("addressed_organisations", "addressed_groups", "named_readers")
#: Addresses of the desk that are no publication.
RESERVED_SLUGS = ("nieuw", "register")


def content_of(publication: Publication) -> dict[str, Any]:
    """Return what a publication says, by column: plain JSON."""
    return {name: getattr(publication, name) for name in CONTENT}


@transaction.atomic
def create_draft(*, owner: Organisation, kind: str, title: str, tlp: str, language: str = "nl", by: Any) -> Publication:
    """Begin a publication of an organisation of which the author is a member.

    The address tells the title of CLEAR only: what is restricted may not show in a link (security.md, TLP x channel).
    """
    require(owner.pk in organisations_of(by))
    publication = Publication(owner=owner, author=by, kind=kind, title=title.strip(), tlp=tlp, language=language)
    publication.slug = new_slug(publication)
    publication.full_clean(exclude=["slug"])
    publication.save()
    note_step(publication, "create_draft", by=by)
    return publication


def new_slug(publication: Publication) -> str:
    """Return an address that nobody has."""
    tail = uuid4().hex[:12]
    if publication.tlp != Tlp.CLEAR:
        return f"{OPAQUE_SLUG}{tail}"
    base = slugify(publication.title)[:80].strip("-").removeprefix(OPAQUE_SLUG) or "publicatie"
    is_taken = base in RESERVED_SLUGS or Publication.objects.filter(slug=base).exists()
    return f"{base}-{tail[:6]}" if is_taken else base


def note_step(publication: Publication, verb: str, *, by: Any, reason: str = "") -> None:
    """Write down a step that left the status as it was."""
    PublicationStep.objects.create(
        publication=publication,
        verb=verb,
        old_status=publication.status,
        new_status=publication.status,
        version=publication.version,
        reason=reason,
        by=by,
    )


@transaction.atomic
def save_draft(publication: Publication, *, values: Mapping[str, Any], edit_version: int, by: Any) -> Publication:
    """Save what an editor wrote; by hand or by itself while writing.

    `values` holds columns and the names of links to domains, readers and keywords. What two editors changed in
    different fields is kept from both. Raises `StaleEditError` when both changed the same field: nothing is written
    and the merge page asks. A text under review loses its approval when it changes (a trigger sees to it).
    """
    current = locked(publication)
    require(is_editor(current, by))
    require_status(current, *UNFINISHED)
    columns = {name: value for name, value in values.items() if name in CONTENT + ABOUT}
    if edit_version != current.edit_version:
        stands = {name: getattr(current, name) for name in columns}
        base = content_at(current, edit_version)
        columns = merged(columns, base=base, stands=stands, edit_version=current.edit_version)
    for name, value in columns.items():
        setattr(current, name, value)
    current.edit_version += 1
    current.clean_fields(exclude=[field.name for field in current._meta.fields if field.name not in columns])
    current.validate_constraints()
    current.save(update_fields=[*columns, "edit_version", "updated_at"])
    current.refresh_from_db(fields=["approved_by"])
    for name in DOMAINS + READERS:
        if name in values:
            getattr(current, name).set(values[name])
    if "keywords" in values:
        current.keywords.set(values["keywords"])
    return current


def content_at(publication: Publication, edit_version: int) -> dict[str, Any]:
    """Return what a publication said when it had an edit version; empty when that never was."""
    events: Any = event_model(Publication)
    event = events.objects.filter(pgh_obj_id=publication.pk, edit_version=edit_version).order_by("-pgh_id").first()
    return {name: getattr(event, name) for name in CONTENT + ABOUT} if event else {}


@transaction.atomic
def restore_version(publication: Publication, *, event: int, by: Any) -> Publication:
    """Put an older text of a draft back, as a new save that can itself be undone.

    `event` is the key of a line of the history. An issued publication is restored through a correction.
    """
    events: Any = event_model(Publication)
    old = events.objects.filter(pgh_obj_id=publication.pk, pk=event).first()
    if old is None:
        raise ValidationError(_("Deze versie bestaat niet."))
    values = {name: getattr(old, name) for name in CONTENT}
    restored = save_draft(publication, values=values, edit_version=locked(publication).edit_version, by=by)
    note_step(restored, "restore_version", by=by)
    return restored


@transaction.atomic
def discard_draft(publication: Publication, *, by: Any) -> None:
    """Throw away what was never issued; the history keeps it."""
    current = locked(publication)
    require(is_editor(current, by))
    require_status(current, *UNFINISHED)
    current.delete()


@transaction.atomic
def remark(
    publication: Publication, *, kind: str, text: str, field: str = "", proposed_text: str = "", by: Any
) -> Remark:
    """Leave a comment or propose other words; that is how NCSC helps a text of a partner (R106)."""
    require(Publication.objects.worked_on_by(by).filter(pk=publication.pk).exists())
    if kind == RemarkKind.SUGGESTION and field not in SUGGESTIBLE:
        raise ValidationError({"field": _("Kies bij welk onderdeel dit hoort.")})
    made = Remark(publication=publication, kind=kind, text=text, field=field, proposed_text=proposed_text, author=by)
    made.full_clean(exclude=["publication", "author"])
    made.save()
    return made


#: The texts that a suggestion can replace as a whole.
SUGGESTIBLE = (
    "title", "summary", "body", "urgency_reason", "audience_reason", "communication_message", "speaker",
    "wider_developments",
)  # fmt: skip


@transaction.atomic
def accept_remark(remark: Remark, *, by: Any) -> Remark:
    """Take a suggestion over into the draft, or tick a comment off."""
    publication = locked(remark.publication)
    require(is_editor(publication, by))
    if remark.kind == RemarkKind.SUGGESTION and publication.status in UNFINISHED:
        values = {remark.field: remark.proposed_text}
        save_draft(publication, values=values, edit_version=publication.edit_version, by=by)
    return _resolve(remark, accepted=True, by=by)


@transaction.atomic
def decline_remark(remark: Remark, *, by: Any) -> Remark:
    """Leave the text as it is."""
    require(is_editor(remark.publication, by) or remark.author_id == by.pk)
    return _resolve(remark, accepted=False, by=by)


def _resolve(remark: Remark, *, accepted: bool, by: Any) -> Remark:
    if remark.resolved_at:
        raise ValidationError(_("Deze opmerking is al afgehandeld."))
    remark.accepted, remark.resolved_by, remark.resolved_at = accepted, by, timezone.now()
    remark.save(update_fields=["accepted", "resolved_by", "resolved_at"])
    return remark
