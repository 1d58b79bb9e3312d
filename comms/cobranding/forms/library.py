"""What readers choose and what partners add."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comms.cobranding.enums import TemplateFormat
from comms.cobranding.logos.drawing import ACCEPT
from comms.cobranding.models import OwnLines
from comms.models import Audience
from comms.planning.models import Campaign
from comms.sheets import audience_names
from cwn.core.enums import CwnFunction

ALL = [("", _("Alles"))]


class LibraryForm(forms.Form):
    """The filters of the library: plain values in the address, so that a list can be shared."""

    use_required_attribute = False
    q = forms.CharField(label=_("Zoek"), required=False, max_length=100, strip=True)
    vorm = forms.ChoiceField(label=_("Vorm"), required=False, choices=[*ALL, *TemplateFormat.choices])
    doelgroep = forms.ChoiceField(label=_("Doelgroep"), required=False)
    functie = forms.ChoiceField(label=_("Functie"), required=False, choices=[*ALL, *CwnFunction.choices])
    campagne = forms.ChoiceField(label=_("Campagne"), required=False)
    taal = forms.ChoiceField(label=_("Taal"), required=False, choices=[*ALL, ("nl", "Nederlands"), ("en", "English")])

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaigns = Campaign.objects.visible_to(user).filter(message_templates__isnull=False).distinct()
        self.fields["doelgroep"].choices = [*ALL, *audience_names().items()]  # type: ignore[attr-defined]
        self.fields["campagne"].choices = [*ALL, *campaigns.values_list("slug", "name")]  # type: ignore[attr-defined]

    def narrowed(self, templates: Any) -> Any:
        """Return the templates that were asked for; a choice that does not exist is no choice."""
        self.is_valid()
        wish: dict[str, str] = self.cleaned_data
        rule = Q()
        if wish.get("q"):
            rule &= Q(name__icontains=wish["q"]) | Q(purpose__icontains=wish["q"])
        if wish.get("vorm"):
            rule &= Q(formats__contains=[wish["vorm"]])
        if wish.get("doelgroep"):
            rule &= Q(audiences__in=Audience.objects.filter(slug=wish["doelgroep"]).values("pk"))
        if wish.get("functie"):
            rule &= Q(functions__contains=[wish["functie"]])
        if wish.get("campagne"):
            rule &= Q(campaign__slug=wish["campagne"])
        if wish.get("taal"):
            rule &= Q(language=wish["taal"])
        return templates.filter(rule)


class OwnLinesForm(forms.ModelForm):
    """The two lines that are a partner's own."""

    class Meta:
        model = OwnLines
        fields = ("opening", "contact")
        help_texts = {
            "opening": _("Bijvoorbeeld: Beste leden van onze vereniging,"),
            "contact": _("Bijvoorbeeld: Vragen? Bel onze helpdesk. Noem liever een rolmailbox dan een persoon."),
        }


class LogoForm(forms.Form):
    """A file with a logo."""

    upload = forms.FileField(
        label=_("Uw beeldmerk"),
        help_text=_("SVG, PNG, JPEG of WebP, hoogstens 2 MB. Het liefst een SVG of een PNG met een doorzichtige rand."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": _("Kies een bestand."), "empty": _("Het bestand is leeg. Kies een ander bestand.")},
    )
