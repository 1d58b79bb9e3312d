"""Forms of the desk: lists, topics, consent texts and existing subscribers."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.subscriptions.models import ConsentText, Newsletter, Topic
from cwn.core.validators import single_line


class NewsletterForm(forms.ModelForm):
    """A list: what it is for and who may have it."""

    class Meta:
        model = Newsletter
        fields = [
            "name", "name_en", "slug", "purpose", "purpose_en", "rhythm", "rhythm_en", "sender_name", "label_ceiling",
            "is_public", "archive_is_public", "is_active", "order",
        ]  # fmt: skip
        widgets = {"label_ceiling": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender_name"].validators.append(single_line)
        self.fields["name"].validators.append(single_line)


class TopicForm(forms.ModelForm):
    """A topic and the lists in which one can choose it."""

    newsletters = forms.ModelMultipleChoiceField(
        Newsletter.objects.none(), label=_("Te kiezen bij"), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Topic
        fields = ["name", "name_en", "slug", "newsletters", "order"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["newsletters"].queryset = Newsletter.objects.order_by("order", "name")  # type: ignore[attr-defined]


class ConsentTextForm(forms.ModelForm):
    """The next version of what subscribers agree to."""

    class Meta:
        model = ConsentText
        fields = ["language", "text", "valid_from"]
        widgets = {
            "language": forms.RadioSelect,
            "text": forms.Textarea({"rows": 6}),
            "valid_from": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def clean_valid_from(self) -> datetime.date:
        """Refuse a day in the past: nobody can have agreed then."""
        day = self.cleaned_data["valid_from"]
        if day < timezone.localdate():
            raise ValidationError(_("Kies vandaag of een dag daarna."))
        return day


class ImportForm(forms.Form):
    """A file with subscribers of another list, and why they may be taken over."""

    consent_text = forms.ModelChoiceField(
        ConsentText.objects.none(),
        label=_("Met welke tekst stemden zij in?"),
        help_text=_("De tekst hoort bij één nieuwsbrief. Staat hij er niet bij? Voeg hem eerst toe."),
    )
    proof = forms.CharField(
        label=_("Waaruit blijkt de toestemming?"),
        max_length=400,
        validators=[single_line],
        help_text=_("Bijvoorbeeld: aanmeldformulier van de oude website, met bevestiging per mail."),
    )
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("CSV of Excel met de kolommen e-mailadres, naam, taal en toestemming-op."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = ConsentText.objects.filter(newsletter__is_public=True).select_related("newsletter")
        self.fields["consent_text"].queryset = texts  # type: ignore[attr-defined]
