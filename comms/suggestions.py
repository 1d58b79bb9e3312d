"""Taking over what the checker suggests: from a finding to the column and the value that it would have."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comms.checker import Finding, apply_suggestion
from comms.models import Publication

#: Where the checker speaks of a text under another name than the column has.
COLUMNS = {"message": "communication_message", "actions": "action_perspective"}


def column_of(finding: Finding) -> str:
    """Return the column, and so the field of the form, that a finding is about."""
    return COLUMNS.get(finding.field, finding.field)


def key_of(finding: Finding) -> str:
    """Return what tells a finding from the others of the same text, for a button."""
    number = "" if finding.number is None else finding.number
    return f"{finding.rule}:{finding.field}:{number}:{finding.start}:{finding.end}"


def find(findings: Iterable[Finding], key: str) -> Finding:
    """Return the finding of a button; raises `ValidationError` when the text has changed since."""
    for finding in findings:
        if key_of(finding) == key:
            return finding
    raise ValidationError(_("De tekst is intussen veranderd. Kijk opnieuw wat de tekstcontrole zegt."))


def with_suggestion(publication: Publication, finding: Finding) -> dict[str, Any]:
    """Return the column with the suggestion in it, ready to save."""
    column = column_of(finding)
    value: Any = getattr(publication, column, None)
    number = finding.number or 0
    if finding.field == "channel_messages":
        channel, text = publication.channel_message_list[number]
        return {column: value | {channel.value: apply_suggestion(text, finding)}}
    if finding.field == "actions":
        rows = [dict(row) for row in value]
        rows[number]["action"] = apply_suggestion(rows[number]["action"], finding)
        return {column: rows}
    if isinstance(value, list):
        return {column: [*value[:number], apply_suggestion(value[number], finding), *value[number + 1 :]]}
    if isinstance(value, str):
        return {column: apply_suggestion(value, finding)}
    raise ValidationError(_("Pas dit zelf aan: het staat niet in de tekst."))
