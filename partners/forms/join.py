"""The form with which an organisation asks to join (R35, R162)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import CwnFunction, Ownership
from cwn.core.trap import TrapForm
from cwn.core.validators import PERSON_NAME, phone_number, single_line
from partners.enums import RegionLevel
from partners.forms.fields import DomainField, WebsiteField
from partners.models import Application, Organisation, OrganisationKind, Region, Sector


class JoinForm(TrapForm, forms.ModelForm):
    """An organisation and the person who applies for it."""

    name = forms.CharField(label=_("Naam van de organisatie"), max_length=200, validators=[single_line])
    kinds = DomainField(
        OrganisationKind.objects.all(), label=_("Wat voor organisatie is het?"), help_text=_("U mag er meer kiezen.")
    )
    ownership = forms.ChoiceField(
        label=_("Publiek of privaat?"), choices=Ownership.choices, widget=forms.RadioSelect, initial=None
    )
    regions = DomainField(
        Region.objects.exclude(level=RegionLevel.SAFETY_REGION),
        label=_("In welke regio's werkt de organisatie?"),
    )
    sectors = DomainField(Sector.objects.all(), label=_("In welke sectoren?"), required=False)
    website = WebsiteField(required=False)
    kvk_number = forms.RegexField(
        r"^[0-9]{8}$",
        label=_("KvK-nummer"),
        required=False,
        error_messages={"invalid": _("Een KvK-nummer heeft acht cijfers.")},
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    functions = forms.MultipleChoiceField(
        label=_("Aan welke functies wilt u meedoen?"),
        choices=CwnFunction.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("U kunt dit later veranderen."),
    )
    motivation = forms.CharField(
        label=_("Waarom wilt u meedoen?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Schrijf hier geen vertrouwelijke informatie."),
    )
    applicant_name = forms.CharField(
        label=_("Uw naam"),
        max_length=150,
        validators=PERSON_NAME,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    applicant_email = forms.EmailField(
        label=_("Uw e-mailadres"),
        max_length=254,
        validators=[single_line],
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("Op dit adres krijgt u een mail om uw aanmelding te bevestigen."),
    )
    applicant_phone = forms.CharField(
        label=_("Uw telefoonnummer"),
        required=False,
        validators=[phone_number],
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    consent = forms.BooleanField(
        label=_("Ik mag dit namens de organisatie aanvragen en ik heb de privacyverklaring gelezen."),
        error_messages={"required": _("Zet een vinkje als u hiermee akkoord gaat. Anders kunnen wij niets doen.")},
    )

    class Meta:
        model = Organisation
        fields = ["name", "kinds", "ownership", "regions", "sectors", "website", "kvk_number"]

    field_order = [
        "name", "kinds", "ownership", "regions", "sectors", "website", "kvk_number", "functions", "motivation",
        "applicant_name", "applicant_email", "applicant_phone", "consent", "nickname",
    ]  # fmt: skip

    def application(self, **known: Any) -> Application:
        """Return the application that was filled in, unsaved, with what is known besides."""
        names = ("applicant_name", "applicant_email", "applicant_phone", "motivation", "functions")
        return Application(**{name: self.cleaned_data[name] for name in names}, **known)
