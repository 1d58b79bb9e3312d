"""The content checker: what a text needs before it is published, and how it could read better (R76, R104).

It knows Dutch and, of other languages, what does not depend on the language. It is deterministic, asks no database
and no other machine, and looks at each character a bounded number of times. Errors keep a text from being
published; in the warm phase of an incident everything is advice, because then speed comes first.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comms.checker import structure, style, wording
from comms.checker.findings import CheckedText, Finding, Level
from comms.checker.prose import Prose

__all__ = ["CheckedText", "Finding", "Level", "apply_suggestion", "check"]

#: Characters of one text that are checked, and findings of one rule that are told.
LONGEST_TEXT = 100_000
MOST_FINDINGS = 40

#: Fields in the order in which people read them.
FIELDS = (
    "title", "summary", "urgency_reason", "audience_reason", "key_points", "message", "channel_messages", "actions",
    "wider_developments", "body", "attachment_titles", "image_alts",
)  # fmt: skip
IN_EVERY_LANGUAGE = (
    structure.check_headings,
    structure.check_titles,
    structure.check_links,
    structure.check_pictures,
    structure.check_attachments,
    wording.check_names,
    wording.check_persons,
)
IN_DUTCH = (
    structure.check_paragraphs,
    wording.check_jargon,
    wording.check_terms,
    wording.check_abbreviations,
    wording.check_moments,
    style.check_sentences,
    style.check_voice,
    style.check_address,
    style.check_readability,
)


def check(text: CheckedText, *, warm: bool = False) -> list[Finding]:
    """Return what there is to say about a text, in reading order.

    With `warm` nothing is an error: during an incident a text may go out as it is.
    """
    texts, findings = [], []
    for prose in _texts_of(text):
        if len(prose.text) > LONGEST_TEXT:
            message = _("Deze tekst is te lang om na te kijken. Verdeel hem, of zet een deel in een bijlage.")
            findings.append(prose.finding(Level.ERROR, "te-lang", message, 0, 0))
        else:
            texts.append(prose)
    for rule in (*IN_EVERY_LANGUAGE, *(IN_DUTCH if text.language == "nl" else ())):
        findings += islice(rule(text, texts), MOST_FINDINGS)
    if warm:
        findings = [replace(finding, level=Level.WARNING) for finding in findings]
    return sorted(findings, key=lambda one: (FIELDS.index(one.field), one.number or 0, one.start, one.end, one.rule))


def apply_suggestion(text: str, finding: Finding) -> str:
    """Return the text of a field with a suggestion in its place.

    Raises `ValidationError` when the finding suggests nothing, or the text changed since it was checked.
    """
    if not finding.suggestion:
        raise ValidationError(_("Hiervoor is geen kant-en-klaar voorstel. Pas de tekst zelf aan."))
    if text[finding.start : finding.end] != finding.excerpt:
        raise ValidationError(_("De tekst is intussen veranderd. Laat hem opnieuw nakijken."))
    return text[: finding.start] + finding.suggestion + text[finding.end :]


def _texts_of(text: CheckedText) -> Iterator[Prose]:
    for name in FIELDS:
        words: str | tuple[str, ...] = getattr(text, name)
        if isinstance(words, str):
            yield Prose(name, None, words, is_markdown=name == "body")
        else:
            yield from (Prose(name, number, one) for number, one in enumerate(words))
