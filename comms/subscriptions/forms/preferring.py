"""The form of the preference centre: what counts for all newsletters, and topics and frequency per list."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.enums import ReaderRole
from comms.subscriptions.enums import Frequency
from comms.subscriptions.models import Subscription
from cwn.core.enums import CwnFunction
from cwn.core.validators import single_line
from partners.enums import RegionLevel
from partners.models import Branch, OrganisationKind, Region, Sector

#: The longest pause; who wants longer had better unsubscribe.
LONGEST_PAUSE = datetime.timedelta(days=366)
NO_CHOICE = ("", _("Zeg ik liever niet"))


def _several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


def _slugs(rows: Any) -> list[tuple[str, str]]:
    return [(row.slug, row.label) for row in rows]


class PreferencesForm(forms.Form):
    """Everything that a subscriber chooses."""

    language = forms.ChoiceField(label=_("In welke taal?"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    paused_until = forms.DateField(
        label=_("Geen mail tot"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Op die dag begint de mail vanzelf weer. Leeg: geen pauze."),
    )
    tracks_me = forms.BooleanField(
        label=_("U mag meten of ik mails open en welke links ik gebruik."),
        required=False,
        help_text=_(
            "Staat uit tot u het aanzet. Wij tellen alleen hoe vaak iets is gelezen, niet wat u leest. "
            "Strenger dan TLP:GREEN meten wij nooit."
        ),
    )
    name = forms.CharField(
        label=_("Uw naam"), max_length=120, required=False, validators=[single_line],
        widget=forms.TextInput({"autocomplete": "name"}),
    )  # fmt: skip
    reader_role = forms.ChoiceField(label=_("Uw rol"), choices=[NO_CHOICE, *ReaderRole.choices], required=False)
    organisation_kind = forms.ChoiceField(label=_("Soort organisatie"), required=False)
    functions = _several(_("Functies van het netwerk"), CwnFunction.choices)
    regions = _several(_("Regio's"), ())
    sectors = _several(_("Sectoren"), ())
    branches = _several(_("Branches"), ())

    FOR_ALL = ("language", "paused_until", "tracks_me")
    ABOUT_YOU = ("name", "reader_role", "organisation_kind")
    DOMAINS = ("functions", "regions", "sectors", "branches")

    def __init__(self, subscriptions: Sequence[Subscription], data: Any = None) -> None:
        self.subscriptions = subscriptions
        super().__init__(data, initial=self._initial())
        for name, rows in (
            ("organisation_kind", OrganisationKind.objects.all()),
            ("regions", Region.objects.exclude(level=RegionLevel.SAFETY_REGION)),
            ("sectors", Sector.objects.all()),
            ("branches", Branch.objects.all()),
        ):
            first = [NO_CHOICE] if name == "organisation_kind" else []
            self.fields[name].choices = [*first, *_slugs(rows)]  # type: ignore[attr-defined]
        for row in subscriptions:
            self._add_list(row)

    def _initial(self) -> dict[str, Any]:
        first = self.subscriptions[0]
        shown = {name: getattr(first, name) for name in (*self.FOR_ALL, *self.ABOUT_YOU, *self.DOMAINS)}
        if first.paused_until and first.paused_until <= timezone.localdate():
            shown["paused_until"] = None
        return shown

    def _add_list(self, row: Subscription) -> None:
        self.fields[f"frequency-{row.pk}"] = forms.ChoiceField(
            label=_("Hoe vaak?"), choices=Frequency.choices, widget=forms.RadioSelect, initial=row.frequency
        )
        topics = row.newsletter.topics.all()
        if topics:
            self.fields[f"topics-{row.pk}"] = forms.MultipleChoiceField(
                label=_("Onderwerpen"),
                choices=_slugs(topics),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[topic.slug for topic in row.topics.all()],
                help_text=_("Kiest u niets? Dan krijgt u alles."),
            )

    def clean_paused_until(self) -> datetime.date | None:
        """Refuse a pause that is over already, or that nobody will remember."""
        until = self.cleaned_data["paused_until"]
        today = timezone.localdate()
        if until and not today < until <= today + LONGEST_PAUSE:
            raise ValidationError(_("Kies een datum na vandaag, hoogstens een jaar vooruit."))
        return until

    @property
    def shared(self) -> dict[str, Any]:
        """What was chosen for all newsletters."""
        return {name: self.cleaned_data[name] for name in (*self.FOR_ALL, *self.ABOUT_YOU, *self.DOMAINS)}

    @property
    def per_list(self) -> dict[int, dict[str, Any]]:
        """What was chosen per subscription."""
        chosen = {}
        for row in self.subscriptions:
            slugs = self.cleaned_data.get(f"topics-{row.pk}", [])
            topics = [topic for topic in row.newsletter.topics.all() if topic.slug in slugs]
            chosen[row.pk] = {"frequency": self.cleaned_data[f"frequency-{row.pk}"], "topics": topics}
        return chosen

    def fields_for_all(self) -> list[forms.BoundField]:
        """Fields that count for every newsletter."""
        return [self[name] for name in self.FOR_ALL]

    def fields_about_you(self) -> list[forms.BoundField]:
        """Fields that say who reads."""
        return [self[name] for name in self.ABOUT_YOU]

    def fields_of_domains(self) -> list[forms.BoundField]:
        """Fields with long lists."""
        return [self[name] for name in self.DOMAINS]

    def lists(self) -> Iterator[tuple[Subscription, list[forms.BoundField]]]:
        """Each subscription with its own fields."""
        for row in self.subscriptions:
            names = (f"frequency-{row.pk}", f"topics-{row.pk}")
            yield row, [self[name] for name in names if name in self.fields]


class AddressForm(forms.Form):
    """Where the newsletters should go from now on."""

    email = forms.EmailField(
        label=_("Uw nieuwe e-mailadres"),
        max_length=254,
        validators=[single_line],
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("Op dit adres krijgt u een mail om het te bevestigen."),
    )
