"""Forms of what stands beside an event: programme, speakers, the stand and documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comms.events.forms.clock import WallClockField
from comms.events.models import Event, EventDocument, EventMaterial, ProgrammeItem, Speaker
from comms.models import Publication
from cwn.core.validators import single_line
from partners.models import Organisation


class PartForm(forms.ModelForm):
    """A row of an event."""

    links: tuple[str, ...] = ()

    def __init__(self, *args: Any, event: Event, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.event = event
        for field in self.fields.values():
            if isinstance(field, WallClockField):
                field.zone = event.zone
        self.offer(event, by)

    def offer(self, event: Event, by: Any) -> None:
        """Fill the lists of what this person can choose."""

    def chosen_links(self) -> list[tuple[str, Any]]:
        """Return the links to many rows and what was chosen."""
        return [(name, self.cleaned_data[name]) for name in self.links]


class ProgrammeItemForm(PartForm):
    """A part of the programme, with times on the clock of the event."""

    links = ("speakers",)
    title = forms.CharField(label=_("Titel"), max_length=200, validators=[single_line])
    starts_at = WallClockField(label=_("Begint"))
    ends_at = WallClockField(label=_("Eindigt"))

    class Meta:
        model = ProgrammeItem
        fields = ["title", "kind", "starts_at", "ends_at", "description", "speakers"]
        widgets = {"speakers": forms.CheckboxSelectMultiple(), "description": forms.Textarea({"rows": 3})}

    def offer(self, event: Event, by: Any) -> None:
        """Offer the speakers of this event and no other."""
        self.fields["speakers"].queryset = Speaker.objects.visible_to(by).filter(event=event)  # type: ignore[attr-defined]


class SpeakerForm(PartForm):
    """Somebody who brings a part."""

    class Meta:
        model = Speaker
        fields = ["name", "role", "organisation", "may_be_named"]

    def offer(self, event: Event, by: Any) -> None:
        """Offer the partners."""
        self.fields["organisation"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.visible_to(by).partners().order_by("name")
        )


class MaterialForm(PartForm):
    """A thing for the stand."""

    class Meta:
        model = EventMaterial
        fields = ["what", "amount", "source", "brought_by"]

    def offer(self, event: Event, by: Any) -> None:
        """Offer the partners."""
        self.fields["brought_by"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.visible_to(by).partners().order_by("name")
        )


class DocumentForm(PartForm):
    """Something to read, before or after."""

    url = forms.URLField(label=_("Adres"), max_length=400, required=False, assume_scheme="https")

    class Meta:
        model = EventDocument
        fields = ["title", "publication", "url", "is_follow_up"]

    def offer(self, event: Event, by: Any) -> None:
        """Offer the newest publications that this person may read."""
        readable = Publication.objects.visible_to(by).listed().order_by("-published_at")
        newest = list(readable.values_list("pk", flat=True)[:100])
        chosen = [self.instance.publication_id] if self.instance.publication_id else []
        self.fields["publication"].queryset = readable.filter(pk__in=[*newest, *chosen])  # type: ignore[attr-defined]


class OfferForm(forms.Form):
    """A part of the programme that a partner offers (R123)."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Namens welke organisatie?"), empty_label=None
    )
    title = forms.CharField(label=_("Wat biedt u aan?"), max_length=200, validators=[single_line])
    explanation = forms.CharField(
        label=_("Vertel er meer over"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Voor wie, hoelang, en wat leert men ervan?"),
    )

    def __init__(self, data: Any = None, *, by: Any) -> None:
        super().__init__(data)
        self.fields["organisation"].queryset = Organisation.objects.of(by).order_by("name")  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why an event is off."""

    reason = forms.CharField(
        label=_("Waarom gaat de bijeenkomst niet door?"),
        max_length=300,
        help_text=_("Iedereen die is aangemeld, leest dit in een mail."),
        widget=forms.Textarea({"rows": 3}),
        validators=[single_line],
    )


class FollowUpForm(forms.Form):
    """What came of an event."""

    follow_up = forms.CharField(
        label=_("Wat kwam eruit?"), max_length=20_000, required=False, widget=forms.Textarea({"rows": 10})
    )
