"""The files of a publication: they are part of what somebody approves, so the same two people stand behind them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.actions.drafting import note_step
from comms.actions.steps import is_editor, locked, require, require_status
from comms.enums import TOMBSTONES, PublicationStatus, Tlp
from comms.files import inspect_file
from comms.models import Attachment, AttachmentFile, Publication
from comms.watermark import MARKABLE

#: Statuses in which files can come and go; what is scheduled was approved as it is.
OPEN_TO_FILES = [
    status for status in PublicationStatus if status not in TOMBSTONES and status != PublicationStatus.SCHEDULED
]


@transaction.atomic
def set_attachment(
    publication: Publication, *, title: str, upload: Any, attachment: Attachment | None = None, by: Any
) -> AttachmentFile:
    """Add a file, or a new version of an attachment; raises `ValidationError` for what may not be kept."""
    current = _opened(publication, by)
    if attachment is not None and attachment.publication_id != current.pk:
        raise ValidationError({"attachment": _("Deze bijlage hoort bij een andere publicatie.")})
    found = inspect_file(upload)
    if current.tlp == Tlp.RED and found.content_type not in MARKABLE:
        raise ValidationError({"upload": _("Bij TLP:RED kan alleen een pdf of afbeelding: die krijgt een watermerk.")})
    attachment = attachment or Attachment(publication=current)
    attachment.title = title.strip() or attachment.title or found.name
    attachment.full_clean(exclude=["publication"])
    attachment.save()
    file = AttachmentFile(
        attachment=attachment,
        number=(attachment.files.aggregate(last=Max("number"))["last"] or 0) + 1,
        name=found.name,
        content_type=found.content_type,
        size=found.size,
        sha256=found.sha256,
        uploaded_by=by,
    )
    file.file.save(found.name, found.content, save=False)
    file.save()
    note_step(current, "set_attachment", by=by)
    return file


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: Any) -> Attachment:
    """Take an attachment away from the page; its files stay in the history."""
    current = _opened(attachment.publication, by)
    attachment.removed_at = timezone.now()
    attachment.save(update_fields=["removed_at"])
    note_step(current, "remove_attachment", by=by)
    return attachment


def _opened(publication: Publication, by: Any) -> Publication:
    """Return the publication, held, when this person may change its files now.

    An approval covers the files too: it goes when they change. Of AMBER and stricter that was issued, somebody else
    than the author changes them.
    """
    current = locked(publication)
    require(is_editor(current, by))
    require_status(current, *OPEN_TO_FILES)
    if current.is_issued and current.label.needs_second_person and by.pk == current.author_id:
        raise ValidationError(_("Een tweede persoon moet deze bijlage wijzigen. Dat is nooit de auteur."))
    if not current.is_issued and current.approved_by_id is not None:
        current.approved_by = None
        current.save(update_fields=["approved_by"])
    return current
