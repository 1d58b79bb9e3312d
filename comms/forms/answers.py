"""What readers fill in: what their organisation did, whether it was useful, and the answer of the owner."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.actions.responding import LARGEST_REACH
from comms.enums import NOT_TO_BE_FORWARDED, Answer
from comms.models import Acknowledgement, Publication
from cwn.core.trap import TrapForm
from cwn.core.validators import single_line
from partners.models import Organisation


def answer_choices(publication: Publication) -> list[tuple[str, Any]]:
    """Return the answers in the words that the label allows: what is not passed on can be told inside."""
    passed_on = (
        _("Wij deelden dit binnen onze organisatie")
        if publication.tlp in NOT_TO_BE_FORWARDED
        else _("Wij gaven dit door")
    )
    return [
        (Answer.PASSED_ON.value, passed_on),
        (Answer.LATER.value, _("Wij doen dit later")),
        (Answer.NOT_RELEVANT.value, _("Niet relevant voor ons")),
    ]


class AnswerForm(forms.Form):
    """What an organisation did with a publication; only the answer is asked, the rest helps the owner."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Namens welke organisatie?"), to_field_name="slug", empty_label=None
    )
    answer = forms.ChoiceField(label=_("Wat deed uw organisatie?"), choices=Answer.choices, widget=forms.RadioSelect)
    channel = forms.CharField(
        label=_("Langs welke weg?"),
        help_text=_("Bijvoorbeeld: nieuwsbrief, mail of overleg."),
        max_length=100,
        required=False,
        validators=[single_line],
    )
    passed_on_on = forms.DateField(
        label=_("Wanneer?"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    reach = forms.IntegerField(
        label=_("Ongeveer hoeveel organisaties bereikte u?"),
        help_text=_("Een schatting is goed. Wij tellen organisaties, geen personen."),
        min_value=0,
        max_value=LARGEST_REACH,
        required=False,
        error_messages={
            "invalid": _("Vul een heel getal in, zonder woorden."),
            "min_value": _("Vul 0 of een hoger getal in."),
            "max_value": _("Zoveel organisaties zijn er niet. Controleer het aantal."),
        },
    )
    note = forms.CharField(
        label=_("Wilt u iets toelichten?"),
        help_text=_("De eigenaar en de coördinatoren lezen dit."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(
        self, *args: Any, publication: Publication, organisations: QuerySet[Organisation] | None = None, **kwargs: Any
    ) -> None:
        """Offer the organisations of a reader; none where the page says itself for which one it asks."""
        super().__init__(*args, **kwargs)
        if organisations is not None:
            self._offer(organisations)
        self.fields["answer"].choices = answer_choices(publication)  # type: ignore[attr-defined]
        self.fields["passed_on_on"].widget.attrs["max"] = timezone.localdate().isoformat()
        if publication.tlp in NOT_TO_BE_FORWARDED:
            del self.fields["reach"]

    def _offer(self, organisations: QuerySet[Organisation]) -> None:
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        if len(organisations) == 1:
            field.widget, field.initial = forms.HiddenInput(), organisations[0].slug

    @property
    def details(self) -> list[forms.BoundField]:
        """The fields that one may skip."""
        return [self[name] for name in ("channel", "passed_on_on", "reach", "note") if name in self.fields]


def given_values(given: Acknowledgement | None) -> dict[str, Any]:
    """Return an answer as a form shows it."""
    if given is None:
        return {}
    return {name: getattr(given, name) for name in ("answer", "channel", "passed_on_on", "reach", "note")}


class FeedbackForm(TrapForm):
    """Was it useful, and a word about it (R153)."""

    is_useful = forms.TypedChoiceField(
        label=_("Was dit nuttig?"),
        choices=[("ja", _("Ja")), ("nee", _("Nee"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Wat kan er beter, of wat hielp u?"),
        help_text=_("Schrijf geen namen of gegevens van anderen."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    field_order = ("is_useful", "text", "nickname")


class FeedbackAnswerForm(forms.Form):
    """What the owner did with the reactions."""

    text = forms.CharField(
        label=_("Dit deden we ermee"),
        help_text=_("Alle lezers van deze publicatie zien dit. Wie met een account reageerde, krijgt een mail."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )
