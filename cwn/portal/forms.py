"""The contact form (R14)."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import CwnFunction
from cwn.core.trap import TrapForm
from cwn.core.validators import single_line
from cwn.portal.models import ContactMoment, ContactTopic


class TopicField(forms.ModelChoiceField):
    """The topics, each with what may help the reader faster than a message does."""

    widget = forms.RadioSelect

    def label_from_instance(self, topic: Any) -> SafeString:
        """Show the name of a topic and, below it, the help in the language of the page."""
        advice = (get_language() == "en" and topic.advice_en) or topic.advice
        help_text = format_html('<br><span class="cwn-muted">{}</span>', advice) if advice else ""
        return format_html("<span>{}{}</span>", topic, help_text)


class ContactForm(TrapForm, forms.ModelForm):
    """A message to the people behind the network."""

    topic = TopicField(label=_("Waar gaat uw vraag over?"), queryset=ContactTopic.objects.all(), empty_label=None)
    function = forms.ChoiceField(
        label=_("Gaat het over een functie van het netwerk?"),
        choices=[("", _("Nee")), *CwnFunction.choices],
        required=False,
    )

    class Meta:
        model = ContactMoment
        fields = ["topic", "function", "message", "name", "organisation_name", "email"]
        labels = {
            "message": _("Uw bericht"),
            "name": _("Uw naam"),
            "organisation_name": _("Uw organisatie"),
            "email": _("Uw e-mailadres"),
        }
        help_texts = {
            "message": _("Schrijf geen wachtwoorden, kwetsbaarheden of gegevens van anderen in dit bericht."),
            "email": _("Hier sturen wij ons antwoord naartoe."),
        }
        widgets = {
            "message": forms.Textarea({"rows": 8}),
            "name": forms.TextInput({"autocomplete": "name"}),
            "organisation_name": forms.TextInput({"autocomplete": "organization"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "organisation_name", "email"):
            self.fields[name].validators.append(single_line)
