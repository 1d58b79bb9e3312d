"""What a mailing is about, read from the mail that was compiled for it: nothing is kept twice."""

import re
from collections.abc import Iterable
from email import policy
from email.parser import BytesHeaderParser

from django.db.models import BinaryField
from django.db.models.functions import Substr

from cwn.core.guard import as_the_portal
from cwn.delivery.models import CompiledMail, Mailing

#: Labels of which a coordinator may read the title also when the mail was not for him or her (security.md chapter 3).
OPEN_LABELS = frozenset({"", "clear", "green"})
#: Bytes in which the headers of a mail stand; its parts, which can be large, stay in the database.
HEADERS = 4_000
#: A place that is filled per recipient, in compiled bytes.
_FILLED_LATER = re.compile(rb"\0[^\0]*\0")


def subjects_of(mailings: Iterable[Mailing]) -> dict[int, str]:
    """Return the subject of mailings by key, in one query: the Dutch one if there is one.

    A mailing whose label is stricter than GREEN is left out, and so is one whose subject differs per recipient.
    """
    open_ones = [mailing.pk for mailing in mailings if mailing.label in OPEN_LABELS]
    with as_the_portal():
        rows = list(
            CompiledMail.objects.filter(mailing__in=open_ones)
            .order_by("language")
            .values_list("mailing_id", "language", Substr("content", 1, HEADERS, output_field=BinaryField()))
        )
    found: dict[int, str] = {}
    for mailing, language, head in rows:
        if mailing not in found or language == "nl":
            found[mailing] = _subject(bytes(head))
    return found


def _subject(head: bytes) -> str:
    lines = _FILLED_LATER.sub(b"", head)
    return str(BytesHeaderParser(policy=policy.default).parsebytes(lines)["Subject"] or "")
