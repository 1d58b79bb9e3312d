"""The small forms of the steps that a publication takes."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.enums import PublicationStatus, RemarkKind, Tlp
from comms.forms.publication import LabelSelect
from comms.models import Publication
from comms.recipients import possible_reviewers


class NoQuestionForm(forms.Form):
    """A step that needs no more than a yes."""


class ReasonForm(forms.Form):
    """A step that needs a reason."""

    reason = forms.CharField(label=_("Waarom?"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class AskReviewForm(forms.Form):
    """Whom a writer asks to look at the text."""

    reviewer = forms.ModelChoiceField(
        Publication.objects.none(), label=_("Wie vraagt u om mee te kijken?"), empty_label=_("Kies een persoon")
    )

    def __init__(self, *args: Any, publication: Publication, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = possible_reviewers(publication, by)  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    """A comment, or other words for one part of the text (R106)."""

    kind = forms.ChoiceField(label=_("Wat geeft u?"), choices=RemarkKind.choices, widget=forms.RadioSelect)
    field = forms.ChoiceField(label=_("Bij welk onderdeel?"), required=False)
    text = forms.CharField(label=_("Uw opmerking"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    proposed_text = forms.CharField(
        label=_("De tekst die u voorstelt"),
        max_length=60_000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Alleen bij een suggestie. De schrijver kan deze tekst met één klik overnemen."),
    )

    def __init__(self, *args: Any, fields: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", _("De hele tekst")), *fields]  # type: ignore[attr-defined]
        self.fields["kind"].initial = RemarkKind.COMMENT


class ScheduleForm(forms.Form):
    """When it is published."""

    publish_at = forms.DateTimeField(
        label=_("Publiceren op"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Tot dat moment ziet niemand anders dit."),
    )


class CorrectionNoteForm(forms.Form):
    """What changed and why; readers see it."""

    note = forms.CharField(
        label=_("Wat is er veranderd en waarom?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Uw lezers zien deze zin boven de tekst."),
    )


class RestrictForm(forms.Form):
    """A stricter label, why, and until when."""

    tlp = forms.ChoiceField(label=_("Nieuw label"), widget=LabelSelect)
    reason = forms.CharField(label=_("Waarom strenger?"), max_length=1000, widget=forms.Textarea({"rows": 3}))
    review_on = forms.DateField(
        label=_("Wanneer bekijkt u het label opnieuw?"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_labels(self, [label for label in Tlp if label.strictness > publication.label.strictness])


class WiderForm(forms.Form):
    """A wider label and why; two people decide about it."""

    tlp = forms.ChoiceField(label=_("Gevraagd label"), widget=LabelSelect)
    reason = forms.CharField(label=_("Waarom kan het ruimer?"), max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_labels(self, [label for label in Tlp if label.strictness < publication.label.strictness])


def limit_labels(form: forms.Form, labels: list[Tlp]) -> None:
    """Offer some labels only."""
    field: Any = form.fields["tlp"]
    field.choices = [(label.value, label.label) for label in labels]
    field.widget.offered = labels


class WithdrawForm(forms.Form):
    """Why a publication is taken back; readers see it."""

    withdrawal_reason = forms.CharField(
        label=_("Waarom trekt u dit in?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Iedereen die dit kon lezen, ziet deze reden."),
    )


class SupersedeForm(forms.Form):
    """Which publication takes the place of this one."""

    successor = forms.ModelChoiceField(
        Publication.objects.none(), label=_("Vervangen door"), empty_label=_("Kies een publicatie")
    )
    reason = forms.CharField(label=_("Waarom?"), max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, publication: Publication, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = successors_of(publication, by)  # type: ignore[attr-defined]


def successors_of(publication: Publication, by: Any) -> QuerySet[Publication]:
    """Return the newer publications of the same organisation that the writer can read."""
    issued = Publication.objects.visible_to(by).filter(owner=publication.owner_id, status=PublicationStatus.PUBLISHED)
    return issued.exclude(pk=publication.pk).order_by("-published_at")


class RenewForm(forms.Form):
    """Until when it is valid."""

    expires_on = forms.DateField(
        label=_("Geldig tot en met"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leeg betekent: geldig tot u het intrekt."),
    )
    reason = forms.CharField(label=_("Waarom is dit nog geldig?"), max_length=1000, widget=forms.Textarea({"rows": 3}))

    def clean_expires_on(self) -> Any:
        """Take a day that is still to come."""
        day = self.cleaned_data["expires_on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("Kies een dag die nog komt."))
        return day
