"""The forms of an item: everything that is coordinated, a move, a step and a comment (R86, R87)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.enums import Tlp
from comms.forms.fields import TextField
from comms.forms.publication import LabelSelect
from comms.models import Audience, Publication
from comms.planning.actions.entries import FIELDS, KEYS, LINKS, MOMENTS
from comms.planning.enums import EntryReaders, Medium
from comms.planning.models import CalendarEntry, Campaign, Channel, plans
from cwn.accounts.models import User
from cwn.accounts.roles import COORDINATOR, WORKING_GROUP
from cwn.core.enums import CwnFunction
from cwn.core.validators import single_line
from partners.models import Membership, Organisation
from partners.models.organisations import represented_organisations_of

#: Zones of the Kingdom; the first one is that of the pages.
ZONES = {
    "Europe/Amsterdam": gettext_lazy("Europees Nederland"),
    "America/Curacao": gettext_lazy("Curaçao, Aruba en Bonaire"),
    "America/Lower_Princes": gettext_lazy("Sint Maarten, Saba en Sint Eustatius"),
}
PLANNABLE = tuple(label for label in Tlp if label != Tlp.RED)
#: Things that can be chosen; the newest ones.
MOST_OFFERED = 100
SIX = ("title", "content", "message", "audiences", "channels", "medium")
WHEN = ("starts_at", "ends_at", "is_all_day", "time_zone", "deadline_on", "embargo_until")
WHO = ("owner", "person", "campaign", "functions", "publication", "depends_on")
LABEL = ("tlp", "readers")


class WallMoment(forms.DateTimeField):
    """A day and a time as the clock on the wall says; the form knows in which zone."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        """Return a moment without a zone."""
        if value in self.empty_values:
            return None
        try:
            moment = parse_datetime(str(value).strip())
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is not None:
            raise ValidationError(_("Kies een dag en een tijd die bestaan."), code="invalid")
        return moment.replace(second=0, microsecond=0)

    def prepare_value(self, value: Any) -> Any:
        """Show what stands there."""
        return value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value


def _day_box() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class EntryForm(forms.Form):
    """Everything of an item. Each box carries along what stood in it, so that only real changes are saved."""

    title = forms.CharField(label=gettext_lazy("Titel"), max_length=200, validators=[single_line])
    content = TextField(
        label=gettext_lazy("Inhoud"), max_length=4000, required=False, help_text=gettext_lazy("Wat vertellen wij?")
    )
    message = TextField(
        label=gettext_lazy("Boodschap"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("De ene zin die de lezer moet onthouden."),
    )
    audiences = forms.ModelMultipleChoiceField(
        Audience.objects.none(),
        label=gettext_lazy("Doelgroepen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.none(), label=gettext_lazy("Kanalen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    medium = forms.ChoiceField(label=gettext_lazy("Middel"), choices=Medium.choices)
    starts_at = WallMoment(label=gettext_lazy("Wanneer"))
    ends_at = WallMoment(label=gettext_lazy("Tot"), required=False)
    is_all_day = forms.BooleanField(label=gettext_lazy("Hele dag"), required=False)
    time_zone = forms.ChoiceField(label=gettext_lazy("Tijdzone"), choices=list(ZONES.items()))
    deadline_on = forms.DateField(
        label=gettext_lazy("Klaar voor"),
        required=False,
        widget=_day_box(),
        help_text=gettext_lazy("Wie het doet, krijgt twee dagen van tevoren en op de dag zelf een herinnering."),
    )
    embargo_until = WallMoment(label=gettext_lazy("Embargo tot"), required=False)
    owner = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Eigenaar"), empty_label=gettext_lazy("Kies een organisatie")
    )
    person = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Wie doet het"), required=False, empty_label=gettext_lazy("Nog niemand")
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=gettext_lazy("Campagne"), required=False, empty_label=gettext_lazy("Geen")
    )
    functions = forms.MultipleChoiceField(
        label=gettext_lazy("Functies"),
        choices=CwnFunction.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    publication = forms.ModelChoiceField(
        Publication.objects.none(),
        label=gettext_lazy("Publicatie"),
        required=False,
        empty_label=gettext_lazy("Nog geen"),
    )
    depends_on = forms.ModelMultipleChoiceField(
        CalendarEntry.objects.none(), label=gettext_lazy("Wacht op"), required=False
    )
    tlp = forms.ChoiceField(
        label=gettext_lazy("TLP-label"),
        choices=[(label.value, label.label) for label in PLANNABLE],
        widget=LabelSelect,
        error_messages={"required": gettext_lazy("Kies een TLP-label. Er is geen standaardlabel.")},
    )
    readers = forms.ChoiceField(
        label=gettext_lazy("Wie ziet dit"), choices=EntryReaders.choices, initial=EntryReaders.PLANNERS
    )

    def __init__(self, data: Any = None, *, entry: CalendarEntry | None, by: Any, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.entry, self.by = entry, by
        own: dict[str, Any] = self.fields
        own["tlp"].widget.offered = PLANNABLE
        for name, rows in _choices(entry, by).items():
            own[name].queryset = rows
        for field in own.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning, and an item that waits for itself."""
        cleaned: dict[str, Any] = self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends < starts:
            self.add_error("ends_at", _("Het einde ligt voor het begin."))
        return cleaned

    # --- what was sent, and what stood there when it was opened -----------------------------------
    def values(self) -> dict[str, Any]:
        """Return every box without an error, as it is stored."""
        return _stored(self.cleaned_data)

    def base(self) -> dict[str, Any]:
        """Return what the page showed when it was opened or last saved, as it is stored."""
        shown = {}
        for name, field in self.fields.items():
            widget: Any = field.hidden_widget()
            try:
                shown[name] = field.clean(widget.value_from_datadict(self.data, {}, self[name].html_initial_name))
            except ValidationError:
                shown[name] = None  # an empty page, or something that cannot be chosen any more
        return _stored(shown)

    def rebased(self) -> SafeString:
        """Write the hidden boxes of a page of which everything without an error was saved now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name in self.fields:
            if name not in self.errors:
                data.pop(self[name].html_initial_name, None)
        form = EntryForm(data, entry=self.entry, by=self.by)
        return form.bases()

    def bases(self) -> SafeString:
        """Write the hidden boxes with what stands there now."""
        return SafeString("".join(str(self[name].as_hidden(only_initial=True)) for name in self.fields))

    # --- parts of the page -------------------------------------------------------------------------
    def group(self, names: tuple[str, ...]) -> Iterator[forms.BoundField]:
        """Yield some boxes."""
        return (self[name] for name in names)

    @property
    def parts(self) -> list[tuple[str, Iterator[forms.BoundField]]]:
        """The boxes under their headings."""
        return [
            (_("Wat en voor wie"), self.group(SIX)),
            (_("Wanneer"), self.group(WHEN)),
            (_("Wie en waarbij"), self.group(WHO)),
            (_("Label en lezers"), self.group(LABEL)),
        ]


def _choices(entry: CalendarEntry | None, by: Any) -> dict[str, Any]:
    """Return what somebody may choose (security.md A17); what stands in the item already can stay."""
    here = entry.pk if entry else 0
    organisations = Organisation.objects.visible_to(by).partners()
    if not plans(by):
        organisations = organisations.filter(pk__in=represented_organisations_of(by))
    people = User.objects.filter(is_active=True, pk__in=_people(entry, by))
    offered = Publication.objects.visible_to(by).exclude(tlp=Tlp.RED).order_by("-pk").values("pk")[:MOST_OFFERED]
    newest = [row["pk"] for row in offered]
    others = CalendarEntry.objects.visible_to(by).exclude(pk=here).order_by("-starts_at", "-pk").values("pk")
    waits = [row["pk"] for row in others[:MOST_OFFERED]]
    if entry:
        newest.append(entry.publication_id or 0)
        waits += entry.depends_on.values_list("pk", flat=True)
        organisations = organisations | Organisation.objects.visible_to(by).filter(pk=entry.owner_id)
    return {
        "audiences": Audience.objects.all(),
        "channels": Channel.objects.visible_to(by).order_by("name", "pk"),
        "owner": organisations.order_by("name"),
        "person": people.order_by("name", "pk"),
        "campaign": Campaign.objects.visible_to(by),
        "publication": Publication.objects.visible_to(by).filter(pk__in=newest).order_by("-pk"),
        "depends_on": CalendarEntry.objects.visible_to(by).filter(pk__in=waits),
    }


def _people(entry: CalendarEntry | None, by: Any) -> set[int]:
    """Return who can do an item: the desk, and who represents an organisation of the reader or the owner."""
    organisations = {*represented_organisations_of(by), *([entry.owner_id] if entry else [])}
    current = Membership.objects.current().representatives().filter(organisation__in=organisations)
    desk = User.objects.filter(groups__name__in=(WORKING_GROUP.slug, COORDINATOR.slug)).values_list("pk", flat=True)
    return {*current.values_list("user", flat=True), *desk, *([entry.person_id] if entry and entry.person_id else [])}


def _stored(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Return values as `values_of` names them: keys for rows, moments with their zone."""
    zone = ZoneInfo(cleaned.get("time_zone") or "Europe/Amsterdam")
    stored: dict[str, Any] = {}
    for name in FIELDS:
        if name not in cleaned:
            continue
        value = cleaned[name]
        if name in LINKS:
            value = sorted(row.pk for row in value) if value is not None else []
        elif name in KEYS:
            value = value.pk if value else None
        elif name in MOMENTS:
            value = value.replace(tzinfo=zone).astimezone(UTC) if value else None
        stored[name] = value
    return stored


def initial_of(entry: CalendarEntry) -> dict[str, Any]:
    """Return what the boxes of an item show."""
    zone = ZoneInfo(entry.time_zone)
    shown = {name: getattr(entry, name) for name in FIELDS if name not in (*KEYS, *LINKS)}
    shown |= {name: shown[name].astimezone(zone).replace(tzinfo=None) for name in MOMENTS if shown[name]}
    shown |= {name: getattr(entry, f"{name}_id") for name in KEYS}
    return shown | {name: list(getattr(entry, name).values_list("pk", flat=True)) for name in LINKS}


class MoveForm(forms.Form):
    """Another day, another status, or both; the keyboard twin of dragging."""

    day = forms.DateField(label=gettext_lazy("Naar dag"), required=False, widget=_day_box())
    seen = forms.DateField(required=False, widget=forms.HiddenInput)
    status = forms.CharField(required=False)
    note = forms.CharField(label=gettext_lazy("Toelichting"), required=False, max_length=300)

    @property
    def new_day(self) -> date | None:
        """The day, when it is another than the page showed."""
        day: date | None = self.cleaned_data.get("day")
        return day if day != self.cleaned_data.get("seen") else None


class CommentForm(forms.Form):
    """A remark, and who should look."""

    text = TextField(
        label=gettext_lazy("Opmerking"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Schrijf @naam, of kies hieronder wie moet meekijken."),
    )
    mentions = forms.ModelMultipleChoiceField(
        User.objects.none(), label=gettext_lazy("Vraag om mee te kijken"), required=False
    )

    def __init__(self, data: Any = None, *, people: Any) -> None:
        super().__init__(data)
        self.fields["mentions"].queryset = people  # type: ignore[attr-defined]
