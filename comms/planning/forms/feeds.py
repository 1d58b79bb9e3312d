"""Forms of calendar addresses, and of a calendar file that somebody brings (R86)."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.enums import RESTRICTED, Tlp
from comms.planning.actions.feeds import importable_owners
from comms.planning.enums import FeedScope
from comms.planning.feeds.reading import MOST_BYTES, CalendarFileError, FoundEvent, read_calendar
from comms.planning.models import Campaign
from cwn.core.enums import CwnFunction
from partners.models import Organisation

#: Seconds between looking at a file and bringing it in.
PREVIEW_LASTS = 3600
SALT = "comms.planning.import"


class FeedForm(forms.Form):
    """What a calendar program is to read; one choice, so that nothing depends on another box."""

    what = forms.ChoiceField(label=gettext_lazy("Wat wilt u in uw agenda?"))
    name = forms.CharField(
        label=gettext_lazy("Waarvoor gebruikt u dit adres?"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld: telefoon, of de agenda van het team."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(row.pk): row for row in Organisation.objects.of(user).order_by("name")}
        self.campaigns = {row.slug: row for row in Campaign.objects.visible_to(user)}
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (FeedScope.PERSON.value, FeedScope.PERSON.label),
            *self._group(_("Organisatie"), FeedScope.ORGANISATION, self.organisations),
            *self._group(_("Functie"), FeedScope.FUNCTION, dict(CwnFunction.choices)),
            *self._group(_("Campagne"), FeedScope.CAMPAIGN, self.campaigns),
        ]

    @staticmethod
    def _group(label: str, scope: FeedScope, choices: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
        rows = [(f"{scope.value}:{key}", str(words)) for key, words in choices.items()]
        return [(label, rows)] if rows else []

    def values(self) -> dict[str, Any]:
        """Return what `create_feed` asks."""
        scope, _colon, key = self.cleaned_data["what"].partition(":")
        return {
            "scope": scope,
            "organisation": self.organisations[key] if scope == FeedScope.ORGANISATION else None,
            "function": key if scope == FeedScope.FUNCTION else "",
            "campaign": self.campaigns[key] if scope == FeedScope.CAMPAIGN else None,
            "name": self.cleaned_data["name"],
        }


class ImportForm(forms.Form):
    """A calendar file, for whom its ideas are, and under which label."""

    text = ""
    """What the file holds, once it was checked."""

    file = forms.FileField(
        label=gettext_lazy("Agendabestand (.ics)"),
        widget=forms.ClearableFileInput({"accept": ".ics,text/calendar"}),
        help_text=gettext_lazy("Hoogstens 512 kB en 300 afspraken."),
    )
    owner: Any = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Voor welke organisatie?"), empty_label=None
    )
    tlp = forms.ChoiceField(label=gettext_lazy("TLP-label van de ideeën"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = Organisation.objects.of(user).filter(pk__in=importable_owners(user)).order_by("name")
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        labels = [label for label in Tlp if label not in RESTRICTED]
        self.fields["tlp"].choices = [("", _("Kies een label")), *((one.value, one.label) for one in labels)]  # type: ignore[attr-defined]

    def clean_file(self) -> list[FoundEvent]:
        """Return the events of the file, or say in one sentence why it is refused."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("Het bestand is te groot. Het mag hoogstens 512 kB zijn."))
        content = upload.read()
        try:
            events = read_calendar(content)
        except CalendarFileError as refusal:
            raise ValidationError(str(refusal)) from refusal
        if not events:
            raise ValidationError(_("In dit bestand staan geen afspraken."))
        self.text = content.decode("utf-8-sig")
        return events


class ImportYesForm(forms.Form):
    """The yes to a preview; no file is kept meanwhile, so what it said comes back signed."""

    planned = forms.CharField(widget=forms.HiddenInput)

    def values(self, user: Any) -> dict[str, Any] | None:
        """Return what `import_ideas` asks; None where the preview was of somebody else, changed or too old."""
        try:
            kept = signing.loads(self.cleaned_data["planned"], salt=f"{SALT}:{user.pk}", max_age=PREVIEW_LASTS)
        except signing.BadSignature:
            return None
        owner = Organisation.objects.of(user).filter(pk=kept["owner"]).first()
        return {"events": read_calendar(kept["file"].encode()), "owner": owner, "tlp": kept["tlp"]} if owner else None


def sealed(form: ImportForm, user: Any) -> str:
    """Return what a checked form brought, signed for one person."""
    data = {"file": form.text, "owner": form.cleaned_data["owner"].pk, "tlp": form.cleaned_data["tlp"]}
    return signing.dumps(data, salt=f"{SALT}:{user.pk}", compress=True)
