"""What the text checker says of a template: plain language, alternative texts, what to do (R2, R76, R92).

It gives advice and blocks nothing: what a template cannot do without is asked when somebody asks for approval.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from comms.checker import CheckedText, Finding, check
from comms.cobranding.enums import WITH_ALT_TEXT, TemplateFormat
from comms.cobranding.models import TemplateVersion

#: A variable says nothing yet; spaces of the same length keep the places of the words around it.
_VARIABLE = re.compile(r"\{\{[^{}\n]*\}\}")


@dataclass(frozen=True, slots=True)
class TemplateFinding:
    """One thing to look at, and the box in which it stands."""

    message: str
    box: str
    """Name of the box on the writing page: "mail_text", "action_perspective"."""
    form: str = ""
    """The form of the template in words; empty for what all forms share."""
    excerpt: str = ""
    suggestion: str = ""
    is_serious: bool = False
    """What would keep a publication from going out."""

    @property
    def quote(self) -> str:
        """What stands there, where the remark does not say it already."""
        return "" if self.excerpt in self.message else self.excerpt

    @property
    def anchor(self) -> str:
        """Where the box stands on the writing page."""
        return f"id_{self.box}"


def findings_of(version: TemplateVersion) -> list[TemplateFinding]:
    """Return what there is to say about a version; a remark on a text that comes back in other forms is made once."""
    if not version.bodies:
        return []
    found: dict[tuple[str, str], TemplateFinding] = {}
    for finding in (*_about_actions(version), *_about_shared_texts(version), *_about_forms(version)):
        found.setdefault((finding.message, finding.excerpt), finding)
    return list(found.values())


def says_what_to_do(version: TemplateVersion) -> bool:
    """Tell whether a version has an action perspective, its own or that of its publication; no file without one."""
    return bool(version.template.publication_id or version.action_perspective.strip())


def _about_actions(version: TemplateVersion) -> Iterator[TemplateFinding]:
    if not says_what_to_do(version):
        message = _("Er staat nog niet wat lezers kunnen doen. Zonder handelingsperspectief kan niemand akkoord geven.")
        yield TemplateFinding(message, "action_perspective", is_serious=True)


def _about_shared_texts(version: TemplateVersion) -> Iterator[TemplateFinding]:
    text = replace(
        _without_words(version),
        summary=_plain(version.summary),
        key_points=tuple(_plain(version.key_points).splitlines()),
        actions=() if version.template.publication_id else tuple(_plain(version.action_perspective).splitlines()),
    )
    boxes = {"summary": "summary", "key_points": "key_points", "actions": "action_perspective"}
    yield from (_of(finding, boxes[finding.field]) for finding in check(text))


def _about_forms(version: TemplateVersion) -> Iterator[TemplateFinding]:
    for form in TemplateFormat:
        body = version.bodies.get(form.value)
        if body is None:
            continue
        text = replace(
            _without_words(version),
            title=_plain(body.get("title", "")),
            body=_plain(body.get("text", "")),
            image_alts=(_plain(body.get("alt", "")),) if form in WITH_ALT_TEXT else (),
        )
        boxes = {"title": "title", "body": "text", "image_alts": "alt"}
        for finding in check(text):
            yield _of(finding, f"{form.value}_{boxes[finding.field]}", str(form.label))


def _without_words(version: TemplateVersion) -> CheckedText:
    template = version.template
    names = frozenset({template.owner.name, *template.owner.known_as})
    return CheckedText(title="", tlp=template.tlp, language=template.language, known_names=names)


def _plain(text: str) -> str:
    return _VARIABLE.sub(lambda match: " " * len(match[0]), text)


def _of(finding: Finding, box: str, form: str = "") -> TemplateFinding:
    return TemplateFinding(finding.message, box, form, finding.excerpt, finding.suggestion, finding.is_error)
