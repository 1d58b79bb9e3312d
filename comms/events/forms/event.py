"""The form of an event: two people who edit it at once lose nothing (R98)."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comms.actions.steps import StaleEditError, is_coordinator
from comms.enums import Tlp
from comms.events.actions.organising import CONTENT, LINKS
from comms.events.forms.clock import WallClockField, zone_named
from comms.events.models import Event
from comms.forms.fields import TextField
from comms.forms.publication import LabelSelect
from comms.models import SharingGroup
from comms.planning.models import Campaign, plans
from cwn.core.enums import CwnFunction
from cwn.core.validators import single_line
from partners.models import Organisation

#: RED names persons, and an event has no list of readers by name.
OFFERED_LABELS = tuple(label for label in Tlp if label != Tlp.RED)
CLOCKS = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")


def owners_for(user: Any) -> Any:
    """Return for whom somebody can make an event: what one represents; who plans, also the own organisations."""
    if is_coordinator(user):
        return Organisation.objects.visible_to(user).partners().order_by("name")
    rows = Organisation.objects.of(user) if plans(user) else Organisation.objects.represented_by(user)
    return rows.order_by("name")


class EventForm(forms.ModelForm):
    """Everything about an event but its programme. Links travel with what the page showed of them."""

    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Titel"), max_length=200, validators=[single_line])
    summary = forms.CharField(
        label=_("In één of twee zinnen"), max_length=300, widget=forms.Textarea({"rows": 2}), validators=[single_line]
    )
    description = TextField(label=_("Beschrijving"), max_length=20_000, required=False)
    starts_at = WallClockField(label=_("Begint"))
    ends_at = WallClockField(label=_("Eindigt"))
    registration_opens_at = WallClockField(label=_("Aanmelden kan vanaf"), required=False)
    registration_closes_at = WallClockField(
        label=_("Aanmelden kan tot"), required=False, help_text=_("Leeg: tot het begin.")
    )
    online_address = forms.URLField(
        label=_("Adres om online mee te doen"), max_length=400, required=False, assume_scheme="https",
        help_text=_("Alleen voor wie zich heeft aangemeld."),
    )  # fmt: skip
    host_url = forms.URLField(
        label=_("Pagina van de organisator"), max_length=400, required=False, assume_scheme="https"
    )
    functions = forms.MultipleChoiceField(
        label=_("Functies"), choices=CwnFunction.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    tlp = forms.ChoiceField(
        label=_("Wie mag dit weten?"), choices=[(label.value, label.label) for label in OFFERED_LABELS],
        widget=LabelSelect,
    )  # fmt: skip

    class Meta:
        model = Event
        fields = [*CONTENT, *LINKS]
        widgets = {
            **{link: forms.CheckboxSelectMultiple() for link in LINKS},
            "accessibility": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        zone = zone_named(self.data.get("time_zone", "") if self.is_bound else self.instance.time_zone)
        for name in CLOCKS:
            self.fields[name].zone = zone  # type: ignore[attr-defined]
        self.fields["tlp"].widget.offered = OFFERED_LABELS  # type: ignore[attr-defined]
        offered = {
            "campaign": Campaign.objects.visible_to(by),
            "addressed_organisations": Organisation.objects.visible_to(by).partners().order_by("name"),
            "addressed_groups": SharingGroup.objects.visible_to(by),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        for name in LINKS:
            self.fields[name].show_hidden_initial = True
        self.initial["edit_version"] = self.instance.edit_version

    def _post_clean(self) -> None:
        """Leave the row as it is: the action writes it, and says what the constraints refuse."""

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, by column."""
        return {name: self.cleaned_data[name] for name in CONTENT if name in self.cleaned_data}

    def links(self, event: Event | None = None) -> dict[str, Any]:
        """Return the rows of each link: what stands there now, and what this page added or took away."""
        return {name: self._merged(name, event) for name in LINKS}

    def _merged(self, name: str, event: Event | None) -> set[int]:
        chosen = {row.pk for row in self.cleaned_data[name]}
        if event is None:
            return chosen
        widget, prefix = self.fields[name].hidden_widget(), self.add_initial_prefix(name)
        shown = {int(key) for key in widget.value_from_datadict(self.data, self.files, prefix) or () if key.isdigit()}
        now = set(getattr(event, name).values_list("pk", flat=True))
        return (now | (chosen - shown)) - (shown - chosen)


class Clash:
    """A part that two people changed: theirs is shown, mine stays in the box until its writer decides."""

    def __init__(self, form: EventForm, name: str, stale: StaleEditError) -> None:
        self.name, self.label = name, form.fields[name].label
        self.theirs = in_words(form, name, stale.current[name])
        self.mine = in_words(form, name, form.cleaned_data[name])


def in_words(form: EventForm, name: str, value: Any) -> str:
    """Write a value of the form as people read it."""
    field: Any = form.fields[name]
    if isinstance(value, datetime):
        return f"{value.astimezone(field.zone):%d-%m-%Y %H:%M}"
    if isinstance(value, bool):
        return str(_("ja") if value else _("nee"))
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if isinstance(value, list):
        return ", ".join(choices.get(str(item), str(item)) for item in value)
    key = str(getattr(value, "pk", "" if value is None else value))
    return choices.get(key, key)


def take_over(form: EventForm, stale: StaleEditError) -> tuple[EventForm, list[Clash]]:
    """Return the form with what others changed filled in, and the parts that both changed.

    The new form stands on the version of now; nothing was written yet.
    """
    data = form.data.copy()  # type: ignore[attr-defined]
    data["edit_version"] = str(stale.edit_version)
    clashes = []
    for name, mine in form.values.items():
        theirs, base = stale.current[name], stale.base.get(name)
        if theirs in (mine, base):
            continue
        if mine == base or form.data.get(f"keuze-{name}") == "hun":
            _fill(form, data, name, theirs)
        elif form.data.get(f"keuze-{name}") != "mijn":
            clashes.append(Clash(form, name, stale))
    merged = type(form)(data, instance=form.instance, by=form.by)
    merged.full_clean()
    return merged, clashes


def _fill(form: EventForm, data: Any, name: str, value: Any) -> None:
    field: Any = form.fields[name]
    if isinstance(value, bool):
        data.pop(name, None)
        if value:
            data[name] = "on"
    elif isinstance(value, list):
        data.setlist(name, value)
    else:
        shown = getattr(field.prepare_value(value), "pk", field.prepare_value(value))
        data[name] = f"{shown:%Y-%m-%dT%H:%M}" if isinstance(shown, datetime) else str("" if shown is None else shown)
