"""What the communication desk writes: what a template is for, and its text in each form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comms.cobranding.actions.templates import FACTS, SOURCE
from comms.cobranding.enums import WITH_ALT_TEXT, TemplateFormat, TemplateStatus
from comms.cobranding.models import MessageTemplate, TemplateVersion
from comms.cobranding.texts import LONGEST_ALT, LONGEST_TEXT, LONGEST_TITLE
from comms.enums import NOT_TO_BE_FORWARDED
from comms.models import Publication
from comms.planning.models import Campaign
from cwn.accounts.roles import COORDINATOR
from cwn.core.enums import CwnFunction
from cwn.core.visibility import principals_of, role_principal
from partners.models import Organisation


class TemplateForm(forms.ModelForm):
    """What a template is and for whom; label, source and language only while it is a draft."""

    functions = forms.MultipleChoiceField(
        label=_("Functies"), choices=CwnFunction.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = MessageTemplate
        fields = (
            "name", "purpose", "tlp", "publication", "owner", "language", "licence", "campaign", "audiences",
            "functions",
        )  # fmt: skip
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3}), "audiences": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        publications = Publication.objects.visible_to(by).listed().exclude(tlp__in=NOT_TO_BE_FORWARDED)
        self.fields["publication"].queryset = publications.order_by("-published_at")  # type: ignore[attr-defined]
        self.fields["campaign"].queryset = Campaign.objects.visible_to(by)  # type: ignore[attr-defined]
        is_coordinator = role_principal(COORDINATOR.slug) in principals_of(by)
        owners = Organisation.objects.partners() if is_coordinator else Organisation.objects.of(by)
        self.fields["owner"].queryset = owners.order_by("name")  # type: ignore[attr-defined]
        if self.instance.pk and self.instance.status != TemplateStatus.DRAFT:
            for name in SOURCE:
                del self.fields[name]

    def _post_clean(self) -> None:
        """Leave the row to the action: it checks what the row must be, and the sentences come back from there."""

    def values(self) -> dict[str, Any]:
        """Return what can be saved."""
        names = (*FACTS, *SOURCE, "audiences")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class VersionForm(forms.Form):
    """The text of a template in each form; a form without a title and a text is not there."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput)
    summary = forms.CharField(
        label=_("Samenvatting"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Voor {{samenvatting}}. Leeg: die van de publicatie."),
    )  # fmt: skip
    key_points = forms.CharField(
        label=_("Kernpunten"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Voor {{kernpunten}}, één per regel. Leeg: die van de publicatie."),
    )  # fmt: skip
    action_perspective = forms.CharField(
        label=_("Handelingsperspectief"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Eén actie per regel. Partners kunnen dit niet veranderen. Het staat in elke vorm."),
    )  # fmt: skip

    def __init__(self, *args: Any, version: TemplateVersion, **kwargs: Any) -> None:
        self.version = version
        names = ("summary", "key_points", "action_perspective", "edit_version")
        kwargs["initial"] = {name: getattr(version, name) for name in names}
        super().__init__(*args, **kwargs)
        if version.template.publication_id:
            self.fields["action_perspective"].disabled = True
            self.fields["action_perspective"].help_text = _("Dit komt van de publicatie, ook na een correctie.")
        for form in TemplateFormat:
            self._add(form, version.bodies.get(form.value, {}))

    def _add(self, form: TemplateFormat, body: dict[str, str]) -> None:
        boxes: list[tuple[str, Any, int]] = [("title", _("Titel"), LONGEST_TITLE), ("text", _("Tekst"), LONGEST_TEXT)]
        if form in WITH_ALT_TEXT:
            boxes.append(("alt", _("Tekst bij de afbeelding"), LONGEST_ALT))
        for name, label, most in boxes:
            self.fields[f"{form.value}_{name}"] = forms.CharField(
                label=label,
                required=False,
                max_length=most,
                initial=body.get(name, ""),
                widget=forms.TextInput()
                if name == "title"
                else forms.Textarea(attrs={"rows": 10 if name == "text" else 3}),
            )

    def groups(self) -> list[tuple[TemplateFormat, list[forms.BoundField], bool]]:
        """Return each form with its boxes, and whether it is used or wrong and stands open."""
        groups = []
        for form in TemplateFormat:
            boxes = [self[name] for name in self.fields if name.startswith(f"{form.value}_")]
            groups.append((form, boxes, any(box.value() or box.errors for box in boxes)))
        return groups

    def general(self) -> list[forms.BoundField]:
        """Return the boxes that all forms share."""
        return [self[name] for name in ("action_perspective", "summary", "key_points")]

    def values(self) -> dict[str, Any]:
        """Return what a version says."""
        bodies = {}
        for form in TemplateFormat:
            body = {name: self.cleaned_data.get(f"{form.value}_{name}", "") for name in ("title", "text", "alt")}
            if any(body.values()):
                bodies[form.value] = body
        return {
            "bodies": bodies,
            "summary": self.cleaned_data["summary"],
            "key_points": self.cleaned_data["key_points"],
            "action_perspective": self.cleaned_data["action_perspective"],
        }
