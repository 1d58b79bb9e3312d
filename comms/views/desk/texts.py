"""What somebody writes: a draft, or the correction of what was issued; both are saved and merged alike."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from comms.actions.correcting import open_correction, save_correction, with_content
from comms.actions.drafting import save_draft
from comms.actions.issuing import missing_elements
from comms.actions.steps import is_editor
from comms.checker import Finding
from comms.checking import findings_of, is_warm
from comms.differences import label_of
from comms.enums import UNFINISHED
from comms.forms.publication import ELEMENT_FIELDS, PublicationForm
from comms.models import Correction, Publication
from comms.models.guards import CONTENT
from comms.sheets import sheet_of
from comms.suggestions import column_of, key_of


@dataclass(slots=True)
class Writing:
    """What somebody writes on this page: a draft, or the correction of what was issued."""

    publication: Publication
    correction: Correction | None

    @property
    def text(self) -> Publication:
        """The publication as this text would make it."""
        return with_content(self.publication, self.correction.content) if self.correction else self.publication

    @property
    def edit_version(self) -> int:
        """The number of saves."""
        return self.correction.edit_version if self.correction else self.publication.edit_version

    def form(self, request: HttpRequest) -> PublicationForm:
        """Return the form with what stands there, or with what was sent."""
        return PublicationForm(
            request.POST if request.method == "POST" else None,
            publication=with_content(self.text, {}),
            by=request.user,
            is_content_only=self.correction is not None,
            edit_version=self.edit_version,
        )

    def save(self, values: dict[str, Any], *, edit_version: int, by: Any) -> "Writing":
        """Save, and return what stands there now."""
        if self.correction is None:
            return Writing(save_draft(self.publication, values=values, edit_version=edit_version, by=by), None)
        saved = save_correction(self.correction, values=values, edit_version=edit_version, by=by)
        return Writing(self.publication, saved)


def writing_of(publication: Publication, user: Any) -> Writing | None:
    """Return what somebody can write on a publication now, if anything."""
    if not is_editor(publication, user):
        return None
    if publication.status in UNFINISHED:
        return Writing(publication, None)
    correction = open_correction(publication)
    return Writing(publication, correction) if correction else None


def newest_text(publication: Publication) -> Writing:
    """Return the newest text for whoever works on it: that of an open correction, which readers do not have yet."""
    return Writing(publication, open_correction(publication))


def save_form(writing: Writing, form: PublicationForm, by: Any) -> Writing:
    """Save every field without an error; what the table refuses becomes an error of the form."""
    form.is_valid()
    try:
        return writing.save(form.values(), edit_version=form.seen_version, by=by)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        return writing


def state_of(writing: Writing) -> dict[str, Any]:
    """Return how far a text is: the elements that miss something, and what the checker says."""
    text = writing.text
    missing = missing_elements(text)
    findings = findings_of(text)
    return {
        "text": text,
        "sheet": sheet_of(text),
        "correction": writing.correction,
        "missing": missing,
        "ready": len(ELEMENT_FIELDS) - len(missing),
        "of": len(ELEMENT_FIELDS),
        "findings": [_shown(finding) for finding in findings],
        "errors": sum(finding.is_error for finding in findings),
        "is_warm": is_warm(text.functions),
    }


def _shown(finding: Finding) -> dict[str, Any]:
    """Return a finding with the box that it is about and the name of its button."""
    column = column_of(finding)
    anchors = {name: f"element-{element}" for element, names in ELEMENT_FIELDS.items() for name in names}
    is_column = column in CONTENT
    return {
        "finding": finding,
        "key": key_of(finding),
        "label": label_of(column) if is_column else _("Bijlagen"),
        "anchor": anchors.get(column, f"id_{column}") if is_column else "",
    }
