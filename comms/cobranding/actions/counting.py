"""That a form was taken along: counted per version and partner and day, never per person (R129, D08)."""

from typing import Any

import structlog
from django.db import DatabaseError, connection
from django.utils import timezone

from comms.cobranding.enums import TemplateFormat
from comms.cobranding.models import TemplateVersion
from comms.enums import RESTRICTED
from cwn.core.audit import record
from cwn.core.guard import as_the_portal
from partners.models import Organisation

log = structlog.get_logger("cwn.cobranding")
COUNT = """
    INSERT INTO cobranding_templatedownload (version_id, format, organisation_id, day, count) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (version_id, format, organisation_id, day)
    DO UPDATE SET count = cobranding_templatedownload.count + 1
"""


def note_download(
    version: TemplateVersion, form: TemplateFormat, *, organisation: Organisation | None, by: Any
) -> None:
    """Count a download; of AMBER a line stands in the audit log too (TLP x channel).

    When it fails, the reader still gets the file.
    """
    try:
        with as_the_portal():
            with connection.cursor() as cursor:
                cursor.execute(
                    COUNT, [version.pk, form.value, organisation.pk if organisation else None, timezone.localdate()]
                )
            if version.template.label in RESTRICTED:
                detail = {"version": version.number, "what": form.value}
                record("download", kind="messagetemplate", object_id=version.template_id, by=by, detail=detail)
    except DatabaseError as problem:
        log.error("download_not_counted", problem=type(problem).__name__)
