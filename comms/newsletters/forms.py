"""The forms of the desk of newsletters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.forms.fields import TextField
from comms.forms.publication import LANGUAGES, LabelSelect
from comms.newsletters.enums import TOLD_IN_FULL, ItemKind
from comms.newsletters.models import Issue, IssueItem
from comms.newsletters.pictures import ACCEPT
from comms.newsletters.segments import CONDITIONS
from comms.planning.models import Campaign
from comms.subscriptions.models import Newsletter
from cwn.core.validators import single_line

MARKDOWN_HELP = gettext_lazy("Een lijst begint met -. Schrijf een link als [woorden](https://adres).")


class OwnLabelSelect(LabelSelect):
    """The labels that a newsletter can tell in full, as cards."""

    offered = TOLD_IN_FULL


def label_field() -> forms.ChoiceField:
    """Return the choice of a label; there is no default (security.md chapter 3)."""
    return forms.ChoiceField(
        label=gettext_lazy("Welk label hebben uw eigen woorden?"),
        choices=[(label.value, label.label) for label in TOLD_IN_FULL],
        widget=OwnLabelSelect,
        help_text=gettext_lazy(
            "Voor onderwerp, inleiding en eigen teksten. De editie krijgt het strengste label van wat erin staat."
        ),
        error_messages={"required": gettext_lazy("Kies een TLP-label. Er is geen standaardlabel.")},
    )


class NewIssueForm(forms.Form):
    """For which newsletter, what it is called, under which label."""

    newsletter = forms.ModelChoiceField(
        Newsletter.objects.none(), label=gettext_lazy("Welke nieuwsbrief?"), empty_label=gettext_lazy("Kies")
    )
    subject = forms.CharField(
        label=gettext_lazy("Onderwerp"),
        max_length=150,
        validators=[single_line],
        help_text=gettext_lazy("Het label komt er vanzelf voor te staan. U kunt dit later veranderen."),
    )
    own_tlp = label_field()
    language = forms.ChoiceField(label=gettext_lazy("Taal van de tekst"), choices=LANGUAGES, initial="nl")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Newsletter.objects.editable_by(by).filter(is_active=True)
        self.fields["newsletter"].queryset = rows  # type: ignore[attr-defined]


class IssueForm(forms.ModelForm):
    """What an editor writes of an issue; what is refused here keeps nothing else from being saved."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)
    introduction = TextField(
        label=gettext_lazy("Inleiding"), max_length=2_000, required=False, help_text=MARKDOWN_HELP,
        widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip
    own_tlp = label_field()

    class Meta:
        model = Issue
        fields = ["subject", "preheader", "introduction", "language", "own_tlp", "campaign"]
        help_texts = {
            "preheader": gettext_lazy("Staat in een lijst met mails naast het onderwerp."),
        }

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].validators.append(single_line)
        self.fields["preheader"].validators.append(single_line)
        self.fields["campaign"].queryset = Campaign.objects.visible_to(by)  # type: ignore[attr-defined]
        self.fields["campaign"].empty_label = _("Geen campagne")  # type: ignore[attr-defined]
        self.fields["edit_version"].initial = self.instance.edit_version

    def _post_clean(self) -> None:
        """Leave the row alone: the action writes it."""

    def values(self) -> dict[str, Any]:
        """Return the columns without an error."""
        values = {name: value for name, value in self.cleaned_data.items() if name in self.Meta.fields}
        if "campaign" in values:
            campaign = values.pop("campaign")
            values["campaign_id"] = campaign.pk if campaign else None
        return values


class MomentForm(forms.Form):
    """When an issue leaves."""

    send_at = forms.DateTimeField(
        label=gettext_lazy("Versturen op"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Leeg: tien minuten na het akkoord. Zo lang kan de redactie het terughalen."),
    )


class ItemForm(forms.ModelForm):
    """The words of an item; empty boxes leave the words of the publication itself."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)
    text = TextField(
        label=gettext_lazy("Tekst"), max_length=6_000, required=False, help_text=MARKDOWN_HELP,
        widget=forms.Textarea({"rows": 8}),
    )  # fmt: skip
    url = forms.URLField(
        label=gettext_lazy("Adres om verder te lezen"), max_length=500, required=False, assume_scheme="https"
    )

    class Meta:
        model = IssueItem
        fields = ["heading", "text", "url", "link_text", "alternative", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edit_version"].initial = self.instance.edit_version or 1
        for name in ("heading", "alternative", "source"):
            self.fields[name].validators.append(single_line)
        if self.instance.kind == ItemKind.PICTURE:
            self._keep("alternative", "source", "edit_version")
            return
        del self.fields["alternative"], self.fields["source"]
        if self.instance.publication_id or self.instance.event_id:
            del self.fields["url"]
            self.fields["heading"].help_text = _("Leeg: de eigen titel.")
            self.fields["text"].help_text = _("Leeg: de samenvatting die er al staat.")
        else:
            self.fields["heading"].required = self.fields["text"].required = True
        if self.instance.pk and not self.instance.is_told_in_full:
            for name in ("heading", "text", "link_text"):
                del self.fields[name]

    def _keep(self, *names: str) -> None:
        """Ask for a picture what belongs to one, and all of that."""
        for name in set(self.fields) - set(names):
            del self.fields[name]
        for field in self.fields.values():
            field.required = True

    def _post_clean(self) -> None:
        """Leave the row alone: the action writes it."""

    def values(self) -> dict[str, Any]:
        """Return the columns without an error."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.Meta.fields}


class PictureForm(forms.Form):
    """A picture, what is on it, and whose it is."""

    upload = forms.FileField(
        label=gettext_lazy("Beeld"),
        widget=forms.FileInput({"accept": ACCEPT}),
        help_text=gettext_lazy("PNG, JPEG of WebP, hoogstens 10 MB en liefst 1.200 pixels breed."),
    )
    alternative = forms.CharField(
        label=gettext_lazy("Wat is er te zien?"),
        max_length=300,
        validators=[single_line],
        help_text=gettext_lazy("Voor wie het beeld niet ziet, en voor mailprogramma’s die geen beelden tonen."),
    )
    source = forms.CharField(
        label=gettext_lazy("Bron en licentie"),
        max_length=200,
        validators=[single_line],
        help_text=gettext_lazy("Van wie is het beeld en mag u het gebruiken? Deze regel staat onder het beeld."),
    )


class SegmentForm(forms.Form):
    """For whom an issue is: a group of boxes per condition; within a group one is enough, all groups must hold."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for condition in CONDITIONS:
            self.fields[condition.field] = forms.MultipleChoiceField(
                label=condition.label,
                choices=list(condition.options().items()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @staticmethod
    def initial_of(segment: list[dict[str, Any]]) -> dict[str, list[str]]:
        """Return what is ticked for a segment."""
        return {row["field"]: row["values"] for row in segment}

    def segment(self) -> list[dict[str, Any]]:
        """Return what was ticked, as data."""
        chosen = ((condition.field, self.cleaned_data.get(condition.field)) for condition in CONDITIONS)
        return [{"field": name, "values": values} for name, values in chosen if values]


class TestForm(forms.Form):
    """To whom a test mail goes."""

    __test__ = False

    addresses = forms.CharField(
        label=gettext_lazy("Naar welke adressen van de redactie?"),
        required=False,
        max_length=2_000,
        help_text=gettext_lazy("Leeg: alleen naar uzelf. Meer adressen scheidt u met een spatie of een komma."),
    )


class ReasonForm(forms.Form):
    """Why the sending is paused or stopped; it stands on the page of the sending."""

    reason = forms.CharField(label=gettext_lazy("Waarom?"), max_length=200)


class ApprovalForm(forms.Form):
    """What the second person saw."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_seen(self) -> str:
        """Refuse what is no fingerprint."""
        seen: str = self.cleaned_data["seen"]
        if len(seen) != 64:
            raise ValidationError(_("Bekijk de editie opnieuw en geef dan akkoord."))
        return seen
