"""The form with which anybody asks for a newsletter."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comms.subscriptions.models import Newsletter, Topic
from cwn.core.trap import TrapForm
from cwn.core.validators import single_line


class SubscribeForm(TrapForm):
    """An address, which lists, and about what."""

    email = forms.EmailField(
        label=_("Uw e-mailadres"),
        max_length=254,
        validators=[single_line],
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("Op dit adres krijgt u een mail om uw aanmelding te bevestigen."),
    )
    newsletters = forms.ModelMultipleChoiceField(
        Newsletter.objects.none(),
        to_field_name="slug",
        label=_("Welke nieuwsbrief wilt u?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens één nieuwsbrief.")},
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(),
        to_field_name="slug",
        label=_("Over welke onderwerpen?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kiest u niets? Dan krijgt u alles."),
    )
    language = forms.ChoiceField(label=_("In welke taal?"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    field_order = ["newsletters", "topics", "language", "email", "nickname"]

    def __init__(self, newsletters: QuerySet[Newsletter], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["newsletters"].queryset = newsletters  # type: ignore[attr-defined]
        topics = Topic.objects.filter(newsletters__in=newsletters).distinct()
        self.fields["topics"].queryset = topics  # type: ignore[attr-defined]
        if not topics:
            del self.fields["topics"]
