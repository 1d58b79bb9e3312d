"""What readers take along: the cover sheet in every form, the pack to pass on, and attachments.

Each download asks again who may have it. Of AMBER and stricter each one stands in the audit log; of all of them the
number per day is counted, without the person (R13).
"""

from functools import lru_cache
from io import BytesIO
from typing import IO, Any, cast

import structlog
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comms.actions.receiving import note_download
from comms.enums import NOT_TO_BE_FORWARDED, TOMBSTONES, PublicationStatus, ReceiptChannel, Tlp
from comms.files import content_disposition
from comms.models import AttachmentFile, Publication
from comms.passing_on import chosen_logo
from comms.renderings import as_mail_block, as_pdf, as_text, forward_pack
from comms.sheet import CoverSheet
from comms.sheets import sheet_of
from comms.views.finding import PDF, for_readers_only, readable
from comms.views.public import may_forward
from comms.watermark import MARKABLE, watermark_image, watermark_pdf
from cwn.core.brand_words import brand_words

log = structlog.get_logger("cwn.comms")

SHEET, PACK = "oplegger", "doorstuurpakket"


@lru_cache(maxsize=64)
def kept_pdf(sheet: CoverSheet, brand: str, tagline: str, mark: bytes) -> bytes:
    """Return a sheet as PDF; it is its own key, so whatever changes in it makes a new file."""
    return as_pdf(sheet, brand=brand, tagline=tagline, mark=mark)


@require_safe
def sheet_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the cover sheet as PDF (R77); never of TLP:RED."""
    publication = exportable(request, slug)
    content = kept_pdf(sheet_of(publication, publication.language), **brand_words())
    return sent_sheet(request, publication, content, PDF, "pdf")


@require_safe
def sheet_text(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the cover sheet as plain text; never of TLP:RED."""
    publication = exportable(request, slug)
    content = as_text(sheet_of(publication, publication.language)).encode()
    return sent_sheet(request, publication, content, "text/plain; charset=utf-8", "txt")


@require_safe
def mail_block(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the cover sheet as a block for a mail, of what may be passed on."""
    publication = exportable(request, slug, status=PublicationStatus.PUBLISHED)
    if publication.tlp in NOT_TO_BE_FORWARDED:
        raise Http404
    content = as_mail_block(sheet_of(publication, publication.language)).encode()
    return sent_sheet(request, publication, content, "text/html; charset=utf-8", "html")


@require_safe
def pack(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a partner what it passes on to its constituency (R52); not of AMBER+STRICT and RED."""
    publication = exportable(request, slug, status=PublicationStatus.PUBLISHED)
    if not may_forward(publication, request.user):
        raise Http404
    sheet, own = sheet_of(publication, publication.language), chosen_logo(request)
    try:
        attachments, logo = attached_files(publication, request.user), own.placed() if own else None
    except OSError:
        return file_missing(request, publication)
    content = forward_pack(sheet, attachments=attachments, logo=logo, **brand_words())
    response = sent(request, publication, content, "application/zip", f"{PACK}-{publication.slug}.zip")
    if own:
        response["Cache-Control"] = "no-store"
    return noted(request, response, publication, PACK, ReceiptChannel.PACK)


@require_safe
def attachment(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Send a file of a publication that this reader may open now; an older version of it is no longer there."""
    file = get_object_or_404(
        AttachmentFile.objects.visible_to(request.user).select_related("attachment__publication__owner"),
        attachment__publication__slug=slug,
        attachment__removed_at=None,
        attachment=pk,
        number=number,
    )
    publication = file.attachment.publication
    if publication.status in TOMBSTONES or file.attachment.files.filter(number__gt=number).exists():  # type: ignore[attr-defined]
        raise Http404
    if publication.tlp == Tlp.RED and file.content_type not in MARKABLE:
        raise Http404
    try:
        content = opened(file, publication, request.user)
    except OSError:
        return file_missing(request, publication)
    response = FileResponse(content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition(file.name)
    response = guarded(response, publication)
    return noted(request, response, publication, f"bijlage:{pk}:{number}", ReceiptChannel.ATTACHMENT)


def opened(file: AttachmentFile, publication: Publication, user: Any) -> IO[bytes]:
    """Return a file to read from, of TLP:RED a copy of its own for this reader; raises `OSError` when it is gone."""
    stored: Any = file.file.open("rb")
    if publication.tlp != Tlp.RED:
        return cast(IO[bytes], stored)
    with stored:
        return BytesIO(marked(stored.read(), file.content_type, user))


def marked(content: bytes, content_type: str, user: Any) -> bytes:
    """Return a copy of a file with who gets it and when on every page: TLP:RED leaves in no other way."""
    moment = date_format(timezone.localtime(), "j F Y H:i")
    words = f"TLP:RED – {user.name} – {moment}"
    return watermark_pdf(content, words) if content_type == PDF else watermark_image(content, words)


def exportable(request: HttpRequest, slug: str, **conditions: Any) -> Publication:
    """Return a publication of which the sheet may leave the portal with this reader."""
    publication = readable(request, slug, **conditions)
    if publication.tlp == Tlp.RED or publication.status in TOMBSTONES:
        raise Http404
    return publication


def attached_files(publication: Publication, user: Any) -> list[tuple[str, bytes]]:
    """Return name and content of the newest file of each attachment; raises `OSError` for one that is not there."""
    rows = AttachmentFile.objects.visible_to(user).filter(
        attachment__publication=publication, attachment__removed_at=None
    )
    newest = {row.attachment_id: row for row in rows.order_by("attachment__order", "attachment", "number")}
    return [(row.name, _content(row)) for row in newest.values()]


def _content(row: AttachmentFile) -> bytes:
    with row.file.open("rb") as file:
        return bytes(file.read())


def sent_sheet(
    request: HttpRequest, publication: Publication, content: bytes, content_type: str, ending: str
) -> HttpResponse:
    """Send a form of the sheet and note it."""
    response = sent(request, publication, content, content_type, f"{SHEET}-{publication.slug}.{ending}")
    return noted(request, response, publication, SHEET, ReceiptChannel.SHEET)


def sent(request: HttpRequest, publication: Publication, content: bytes, content_type: str, name: str) -> HttpResponse:
    """Answer with a file to keep."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition(name)
    return guarded(response, publication)


def guarded(response: Any, publication: Publication) -> Any:
    """Let a browser show nothing of a file, and keep nothing without asking again."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return for_readers_only(response, publication)


def noted(request: HttpRequest, response: Any, publication: Publication, what: str, channel: ReceiptChannel) -> Any:
    """Note the download, unless somebody only asked whether it is there."""
    if request.method == "GET":
        note_download(publication, what=what, channel=channel, by=request.user)
    return response


def file_missing(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Say that a file that should be there is not (security.md G13), and tell who runs the portal."""
    log.error("attachment_missing", publication=publication.pk)
    context = {"publication": publication, "title": _("Dit bestand is er niet")}
    response = render(request, "comms/publication_file_missing.html", context, status=404)
    return for_readers_only(response, publication)
