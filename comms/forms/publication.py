"""The form in which a publication is begun and the one in which it is written."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.actions.drafting import ABOUT, DOMAINS
from comms.enums import Licence, PublicationKind, ReaderRole, Tlp, Tone, Urgency
from comms.forms.fields import (
    ActionsField,
    ChannelMessagesField,
    KeyPointsField,
    KeywordsField,
    TextField,
)
from comms.kinds import profile_of
from comms.models import Audience, Development, Publication
from comms.models.guards import CONTENT
from cwn.core.enums import CwnFunction, IncidentPhase
from cwn.core.validators import single_line
from partners.models import Organisation

#: Element of the cover sheet → its fields, in the order of the source (R84).
ELEMENT_FIELDS = {
    "urgency": ("urgency", "urgency_reason"),
    "audience": ("audiences", "reader_roles", "audience_reason"),
    "key_points": ("key_points",),
    "communication_message": ("communication_message", "tone", "speaker", "channel_messages"),
    "action_perspective": ("action_perspective",),
    "wider_developments": ("wider_developments", "functions", "developments"),
}
TEXT = ("title", "summary", "body")
ABOUT_THE_TEXT = ("kind", "language", "keywords", "source", "source_url", "licence")
LABEL = ("tlp", "restriction_reason", "review_on")
TIMING = ("phase", "public_from", "expires_on")
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
PLACES = ("regions", "sectors", "branches")
#: Publications of the own organisation that can be chosen as belonging to this one; the newest ones.
MOST_RELATED = 50


def label_choices() -> list[tuple[str, str]]:
    """Return the five labels, each with what it means."""
    return [(label.value, label.label) for label in Tlp]


class LabelSelect(forms.RadioSelect):
    """The five TLP labels as cards: name, colour and meaning."""

    template_name = "comms/desk_widget_labels.html"
    offered: Iterable[Tlp] = Tlp

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the meaning of each label."""
        cards = [(label, label.value == value) for label in self.offered]
        return super().get_context(name, value, attrs) | {"cards": cards}


class NewPublicationForm(forms.Form):
    """For which organisation, what it is, under which label: the rest comes on the next page."""

    owner = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Uw organisatie"), empty_label=None)
    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=200,
        validators=[single_line],
        help_text=gettext_lazy("Zeg in één regel waar het over gaat. U kunt dit later veranderen."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Wat deelt u?"), choices=PublicationKind.choices)
    tlp = forms.ChoiceField(
        label=gettext_lazy("Wie mag dit lezen?"),
        choices=label_choices,
        widget=LabelSelect,
        help_text=gettext_lazy("Openbaar delen is de regel. Er is geen standaardlabel: kies zelf."),
        error_messages={"required": gettext_lazy("Kies een TLP-label. Er is geen standaardlabel.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Taal van de tekst"), choices=LANGUAGES, initial="nl")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.of(by).order_by("name")
        self.fields["owner"].queryset = own  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("Kies een soort")),
            *((kind.value, f"{kind.label} – {profile_of(kind).explanation}") for kind in PublicationKind),
        ]


class PublicationForm(forms.ModelForm):
    """Everything that a writer fills in; saving never demands the cover sheet, issuing does.

    `is_content_only` leaves out what a correction cannot change: the label, the readers and the planning.
    """

    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    body = TextField(
        label=gettext_lazy("Tekst"),
        max_length=60_000,
        required=False,
        help_text=gettext_lazy(
            "Begin een kop met ##, een lijst met - of 1. Schrijf een link als [woorden](https://adres)."
        ),
    )
    summary = TextField(
        label=gettext_lazy("Samenvatting"),
        max_length=600,
        required=False,
        help_text=gettext_lazy("Twee of drie zinnen. Dit staat in lijsten en in het zoeken."),
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("Hoe dringend is het?"), choices=Urgency.choices, required=False, widget=forms.RadioSelect
    )
    urgency_reason = TextField(label=gettext_lazy("Waarom is dit belangrijk?"), max_length=1000, required=False)
    audiences = forms.MultipleChoiceField(
        label=gettext_lazy("Voor welke doelgroepen?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reader_roles = forms.MultipleChoiceField(
        label=gettext_lazy("Voor wie in de organisatie?"),
        choices=ReaderRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    audience_reason = TextField(label=gettext_lazy("Waarom voor hen?"), max_length=1000, required=False)
    key_points = KeyPointsField(
        label=gettext_lazy("Wat zijn de belangrijkste punten?"),
        required=False,
        help_text=gettext_lazy("Eén tot vijf korte zinnen. Lege vakken tellen niet mee."),
    )
    communication_message = TextField(
        label=gettext_lazy("De boodschap"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Zo kunnen partners dit letterlijk doorgeven."),
    )
    channel_messages = ChannelMessagesField(label=gettext_lazy("Andere woorden per kanaal"), required=False)
    tone = forms.ChoiceField(label=gettext_lazy("Toon"), required=False)
    speaker = forms.CharField(
        label=gettext_lazy("Woordvoerder"),
        max_length=200,
        required=False,
        validators=[single_line],
        help_text=gettext_lazy("Wie beantwoordt vragen hierover? Een functie of een loket is genoeg."),
    )
    action_perspective = ActionsField(
        label=gettext_lazy("Wat kunnen lezers doen?"),
        required=False,
        help_text=gettext_lazy("Eén actie per rij. Zeg voor wie, wat, wanneer en hoeveel werk het is."),
    )
    wider_developments = TextField(
        label=gettext_lazy("Waar hoort dit bij?"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Een wet, een trend, een gebeurtenis in de wereld, een afspraak in het netwerk."),
    )
    functions = forms.MultipleChoiceField(
        label=gettext_lazy("Bij welke functies hoort dit?"),
        choices=CwnFunction.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    keywords = KeywordsField(
        label=gettext_lazy("Trefwoorden"), required=False, help_text=gettext_lazy("Met een komma ertussen.")
    )
    tlp = forms.ChoiceField(
        label=gettext_lazy("Wie mag dit lezen?"),
        choices=label_choices,
        widget=LabelSelect,
        error_messages={"required": gettext_lazy("Kies een TLP-label. Er is geen standaardlabel.")},
    )
    restriction_reason = TextField(
        label=gettext_lazy("Waarom is dit niet openbaar?"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Alleen nodig bij GREEN, AMBER en RED. Bij CLEAR laat u dit leeg."),
    )
    review_on = forms.DateField(
        label=gettext_lazy("Wanneer bekijkt u het label opnieuw?"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Alleen nodig bij GREEN, AMBER en RED."),
    )
    phase = forms.ChoiceField(label=gettext_lazy("Fase"), choices=IncidentPhase.choices)
    public_from = forms.DateTimeField(
        label=gettext_lazy("Voor iedereen vanaf"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Tot dit moment lezen alleen netwerkpartners mee. Leeg betekent: meteen voor iedereen."),
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Verloopt op"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Daarna staat erbij dat de inhoud achterhaald kan zijn."),
    )
    source = forms.CharField(label=gettext_lazy("Bron"), max_length=300, required=False, validators=[single_line])
    source_url = forms.URLField(
        label=gettext_lazy("Adres van de bron"), max_length=500, required=False, assume_scheme="https"
    )
    licence = forms.ChoiceField(label=gettext_lazy("Licentie"), choices=Licence.choices, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Taal van de tekst"), choices=LANGUAGES)
    developments = forms.ModelMultipleChoiceField(
        Development.objects.all(),
        label=gettext_lazy("Ontwikkelingen en thema’s"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    related = forms.ModelMultipleChoiceField(
        Publication.objects.none(),
        label=gettext_lazy("Hoort bij deze publicaties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Lezers zien alleen wat zij mogen lezen."),
    )

    class Meta:
        model = Publication
        fields = [*CONTENT, *(name for name in ABOUT if name != "publish_at"), *PLACES, "developments", "related"]
        labels = {"title": gettext_lazy("Titel"), "kind": gettext_lazy("Soort")}
        widgets = dict.fromkeys(PLACES, forms.CheckboxSelectMultiple)

    def __init__(
        self, data: Any = None, *, publication: Publication, by: Any, is_content_only: bool = False, edit_version: int
    ) -> None:
        self.by, self.publication = by, publication
        super().__init__(data, instance=publication)
        audiences = [(audience.slug, audience.label) for audience in Audience.objects.all()]
        self.fields["audiences"].choices = audiences  # type: ignore[attr-defined]
        self.fields["action_perspective"].widget.audiences = audiences  # type: ignore[attr-defined]
        self.fields["tone"].choices = [("", _("Kies een toon")), *Tone.choices]  # type: ignore[attr-defined]
        proposed = [channel.value for channel in profile_of(publication.kind).channels]
        self.fields["channel_messages"].widget.proposed = proposed  # type: ignore[attr-defined]
        self.fields["title"].validators.append(single_line)
        self.initial["edit_version"] = edit_version
        if not Development.objects.exists():
            del self.fields["developments"]
        self.fields["related"].queryset = self._relatable()  # type: ignore[attr-defined]
        if is_content_only:
            for name in set(self.fields) - {*CONTENT, "edit_version"}:
                del self.fields[name]
        else:
            self.initial["keywords"] = list(publication.keywords.names())
        own: dict[str, Any] = self.fields
        for name, field in own.items():
            field.template_name = "comms/desk_field.html"
            field.widget.attrs["data-field"] = name

    def _relatable(self) -> Any:
        """Return what can be chosen: the newest of the own organisation, and what belongs to it already."""
        seen = Publication.objects.visible_to(self.by).exclude(pk=self.publication.pk)
        newest = seen.listed().filter(owner=self.publication.owner).order_by("-published_at", "-pk")
        keys = {
            *newest.values_list("pk", flat=True)[:MOST_RELATED],
            *self.publication.related.values_list("pk", flat=True),
        }
        return seen.filter(pk__in=keys).order_by("-published_at", "-pk")

    def _post_clean(self) -> None:
        """Leave the row alone: a draft may have gaps, and only an action writes."""

    def clean_tlp(self) -> str:
        """Leave RED to the author: anybody else would lock the text away from himself or herself."""
        label = self.cleaned_data["tlp"]
        if label == Tlp.RED and self.by.pk != self.publication.author_id:
            raise ValidationError(_("Alleen de auteur kan dit TLP:RED maken. Anders kunt u er zelf niet meer bij."))
        return label

    def clean_public_from(self) -> Any:
        """Allow partners first for what becomes public only."""
        moment = self.cleaned_data["public_from"]
        if moment and self.data.get("tlp") != Tlp.CLEAR:
            raise ValidationError(_("Alleen TLP:CLEAR wordt ooit openbaar. Maak dit leeg."))
        return moment

    def values(self) -> dict[str, Any]:
        """Return what can be saved: all fields without an error.

        Where somebody else saved meanwhile, what both chose among places and themes is kept.
        """
        values = {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}
        if not self.is_up_to_date:
            for name in DOMAINS:
                if name in values:
                    values[name] = values[name] | getattr(self.publication, name).all()
        return values

    @property
    def seen_version(self) -> int:
        """The version that the writer had before him or her; 0 when the page did not say."""
        return self.cleaned_data.get("edit_version") or 0

    @property
    def is_up_to_date(self) -> bool:
        """Tell whether nobody saved since the writer opened the page."""
        return self.seen_version == self.initial["edit_version"]

    def group(self, *names: str) -> list[forms.BoundField]:
        """Return some fields that this form has."""
        return [self[name] for name in names if name in self.fields]

    @property
    def texts(self) -> list[forms.BoundField]:
        """The text itself."""
        return self.group(*TEXT)

    @property
    def facts(self) -> list[forms.BoundField]:
        """What the text is and where it comes from."""
        return self.group(*ABOUT_THE_TEXT)

    @property
    def facts_have_errors(self) -> bool:
        """Tell whether their panel must stand open."""
        return any(field.errors for field in self.facts)

    @property
    def timing_has_errors(self) -> bool:
        """Tell whether its panel must stand open."""
        return any(field.errors for field in self.timing)

    @property
    def label_fields(self) -> list[forms.BoundField]:
        """The label, and why it is not public."""
        return self.group(*LABEL)

    @property
    def timing(self) -> list[forms.BoundField]:
        """When it counts."""
        return self.group(*TIMING)

    @property
    def places(self) -> list[forms.BoundField]:
        """Regions, sectors, branches, and what else belongs to it."""
        return self.group(*PLACES, *(["related"] if self.has_relatable else []))

    @property
    def has_relatable(self) -> bool:
        """Tell whether there is anything to choose."""
        return "related" in self.fields and self.fields["related"].queryset.exists()  # type: ignore[attr-defined]

    def elements(self, headings: Mapping[str, tuple[str, str]], missing: Mapping[str, str]) -> list[dict[str, Any]]:
        """Return the six elements with their fields, and whether each is complete."""
        return [
            {
                "key": element,
                "name": headings[element][0],
                "question": headings[element][1],
                "missing": missing.get(element, ""),
                "fields": self.group(*fields),
            }
            for element, fields in ELEMENT_FIELDS.items()
        ]
