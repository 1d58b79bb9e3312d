"""What the portal serves for every app."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from cwn.core.media import may_read_file

#: What a browser may show; anything else is only ever downloaded.
SHOWN = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@require_safe
def media_file(request: HttpRequest, folder: str, name: str) -> FileResponse:
    """Send a file that somebody uploaded, to who may have it; for all others it does not exist."""
    if not may_read_file(request.user, folder, name):
        raise Http404
    try:
        file = default_storage.open(f"{folder}/{name}")
    except (OSError, SuspiciousOperation):
        raise Http404 from None
    shown_as = SHOWN.get(PurePosixPath(name).suffix.lower())
    readers = "private" if request.user.is_authenticated else "public"
    return FileResponse(
        file,
        as_attachment=shown_as is None,
        content_type=shown_as or "application/octet-stream",
        headers={"Cache-Control": f"{readers}, max-age=3600", "X-Content-Type-Options": "nosniff"},
    )
