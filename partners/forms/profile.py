"""The forms for the public profile: what it says, and who reads which field."""

import copy
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from cwn.core.validators import single_line
from partners.actions.profile import DOMAINS, TEXTS
from partners.enums import VisibilityLevel
from partners.forms.fields import DomainField, LinesField, WebsiteField
from partners.images import clean_logo
from partners.models import Branch, Organisation, OrganisationKind, ProfileProposal, Region, Sector
from partners.models.organisations import default_field_visibility

#: What a reader calls the fields whose visibility an organisation sets.
FIELD_LABELS = {
    "website": _("Website"),
    "description": _("Omschrijving"),
    "participation": _("Deelname aan de functies"),
    "relations": _("Relaties met andere organisaties"),
    "constituency": _("Achterban"),
    "maturity": _("Volwassenheid"),
    "legal_basis": _("Wettelijke grond"),
}


class ProfileForm(forms.ModelForm):
    """A profile as a representative would like it; it starts from the proposal that waits, if there is one."""

    known_as = LinesField(label=_("Ook bekend als"), help_text=_("Eén naam per regel."), required=False)
    website = WebsiteField(required=False)
    kinds = DomainField(OrganisationKind.objects.all(), label=_("Soorten"), required=False)
    regions = DomainField(Region.objects.all(), label=_("Regio's"), required=False)
    sectors = DomainField(Sector.objects.all(), label=_("Sectoren"), required=False)
    branches = DomainField(Branch.objects.all(), label=_("Branches"), required=False)

    # No ImageField: that decodes a picture before anybody looked at its size (security.md B03).
    logo = forms.FileField(
        label=_("Nieuw beeldmerk"),
        required=False,
        max_length=200,
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG of WebP, hoogstens 2 MB. Na een fout in het formulier kiest u het bestand opnieuw."),
    )

    class Meta:
        model = Organisation
        fields = [*TEXTS, *DOMAINS]
        widgets = {
            "ownership": forms.RadioSelect,
            "description": forms.Textarea({"rows": 6}),
            "description_en": forms.Textarea({"rows": 6, "lang": "en"}),
        }

    def __init__(
        self, data: Any = None, files: Any = None, *, organisation: Organisation, proposal: ProfileProposal | None
    ) -> None:
        # A copy: checking a form writes into its instance, and the page also shows what the profile says now.
        initial = dict(proposal.values) if proposal else {}
        super().__init__(data, files, instance=copy.copy(organisation), initial=initial)
        self.fields["name"].validators.append(single_line)
        self.fields["known_as"].widget.attrs["rows"] = 3
        self.fields["ownership"].choices = [  # type: ignore[attr-defined]
            choice
            for choice in self.fields["ownership"].choices  # type: ignore[attr-defined]
            if choice[0]
        ]

    def clean_logo(self) -> ContentFile | None:
        """Keep only the pixels of a new logo."""
        upload = self.cleaned_data["logo"]
        return clean_logo(upload) if upload else None

    @property
    def texts(self) -> list[forms.BoundField]:
        """The fields in which one writes."""
        return [self[name] for name in TEXTS]

    @property
    def domains(self) -> list[forms.BoundField]:
        """The long lists of which one chooses."""
        return [self[name] for name in DOMAINS]

    def values(self) -> dict[str, Any]:
        """Return what was filled in, in the shape of `profile_values`."""
        values = {name: self.cleaned_data[name] for name in TEXTS}
        return values | {name: sorted(row.slug for row in self.cleaned_data[name]) for name in DOMAINS}


class VisibilityForm(forms.Form):
    """Who reads which field: one choice per field of the profile."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = {**default_field_visibility(), **organisation.field_visibility}
        for name in default_field_visibility():
            self.fields[name] = forms.ChoiceField(
                label=FIELD_LABELS.get(name, name), choices=VisibilityLevel.choices, initial=levels[name]
            )
