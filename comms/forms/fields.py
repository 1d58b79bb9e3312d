"""The fields of the cover sheet that hold several things: key points, channel messages and actions.

They are plain boxes with repeated names, so that they work without JavaScript and one row more is one box more.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.enums import Deadline, Effort, MessageChannel
from comms.models.cover_sheet import KEY_POINT_LENGTH, MOST_KEY_POINTS

#: Rows that the page shows at least, and the most that can be written.
FEWEST_ROWS, MOST_ROWS = 2, 30
MESSAGE_LENGTH, ACTION_LENGTH, KEYWORD_LENGTH, MOST_KEYWORDS = 2_000, 500, 60, 20
PARTS = ("audience", "action", "when", "date", "effort")


def tidy(text: str) -> str:
    """Return a text with the line ends that are stored and without blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def show_version(form: forms.BaseForm, edit_version: int) -> None:
    """Let a form that was sent go on from a version, where it would show the one that it was sent with."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["edit_version"] = str(edit_version)
    form.data = data


class TextField(forms.CharField):
    """A longer text; a browser sends other line ends than are stored."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        """Return the text with plain line ends."""
        return tidy(super().clean(tidy(value) if isinstance(value, str) else value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what would be stored."""
        return tidy(str(initial or "")) != tidy(str(data or ""))


class KeyPointsWidget(forms.Widget):
    """One box per key point."""

    template_name = "comms/desk_widget_key_points.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the points and the boxes that are still empty."""
        points = [*(value or []), *[""] * MOST_KEY_POINTS][: max(MOST_KEY_POINTS, len(value or []))]
        return super().get_context(name, value, attrs) | {"points": points, "longest": KEY_POINT_LENGTH}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return every box."""
        return list(data.getlist(name)) if hasattr(data, "getlist") else list(data.get(name, []))

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """Name no box: the group has a legend."""
        return ""


class KeyPointsField(forms.Field):
    """One to five short sentences; empty boxes do not count (R80)."""

    widget = KeyPointsWidget

    def clean(self, value: Sequence[str]) -> list[str]:
        """Return the points that say something."""
        points = [" ".join(point.split()) for point in value if point.strip()]
        if len(points) > MOST_KEY_POINTS:
            raise ValidationError(_("Schrijf hoogstens %(most)d kernpunten.") % {"most": MOST_KEY_POINTS})
        too_long = [number for number, point in enumerate(points, 1) if len(point) > KEY_POINT_LENGTH]
        if too_long:
            raise ValidationError(
                _("Kernpunt %(number)d is te lang. Gebruik hoogstens %(most)d tekens.")
                % {"number": too_long[0], "most": KEY_POINT_LENGTH}
            )
        return points

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare without the empty boxes."""
        return [point for point in data or [] if point.strip()] != list(initial or [])


class ChannelMessagesWidget(forms.Widget):
    """One box per channel."""

    template_name = "comms/desk_widget_channels.html"
    use_fieldset = True
    proposed: Iterable[str] = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add each channel with its words, the proposed ones first."""
        words = value if isinstance(value, Mapping) else {}
        channels = sorted(MessageChannel, key=lambda channel: channel.value not in set(self.proposed))
        boxes = [(channel, words.get(channel.value, ""), channel.value in set(self.proposed)) for channel in channels]
        return super().get_context(name, value, attrs) | {"boxes": boxes}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """Return the words per channel."""
        return {channel.value: data.get(f"{name}-{channel.value}", "") for channel in MessageChannel}

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """Name no box: the group has a legend."""
        return ""


class ChannelMessagesField(forms.Field):
    """The message in other words for a channel that needs them (R81)."""

    widget = ChannelMessagesWidget

    def clean(self, value: Mapping[str, str]) -> dict[str, str]:
        """Return the channels that have words."""
        words = {channel: tidy(text) for channel, text in value.items() if text.strip()}
        if any(len(text) > MESSAGE_LENGTH for text in words.values()):
            raise ValidationError(_("Een boodschap is te lang. Gebruik hoogstens %d tekens.") % MESSAGE_LENGTH)
        return words

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare without the empty boxes."""
        return {channel: tidy(text) for channel, text in (data or {}).items() if text.strip()} != (initial or {})


class ActionsWidget(forms.Widget):
    """One row per action: for whom, what, by when and how much work."""

    template_name = "comms/desk_widget_actions.html"
    use_fieldset = True
    audiences: Sequence[tuple[str, str]] = ()
    spare = 0
    """Empty rows that a writer asked for."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the rows, as stored or as typed, and some empty ones."""
        rows = [_as_typed(row) for row in value or [] if isinstance(row, Mapping)]
        rows += [dict.fromkeys(PARTS, "")] * max(self.spare, 1, FEWEST_ROWS - len(rows))
        return super().get_context(name, value, attrs) | {
            "rows": rows[:MOST_ROWS],
            "audiences": self.audiences,
            "deadlines": [*Deadline.choices, ("datum", _("Uiterlijk op een dag"))],
            "efforts": Effort.choices,
            "longest": ACTION_LENGTH,
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        """Return the rows that are not quite empty, as typed."""
        if not hasattr(data, "getlist"):
            return list(data.get(name, []))
        columns = [data.getlist(f"{name}-{part}") for part in PARTS]
        rows = [dict(zip(PARTS, cells, strict=True)) for cells in zip(*columns, strict=False)]
        return [row for row in rows if any(cell.strip() for cell in row.values())]

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """Name no box: the group has a legend."""
        return ""


def _as_typed(row: Mapping[str, Any]) -> dict[str, str]:
    """Return a row as boxes show it, whether it comes from the table or from the boxes."""
    if "when" in row:
        return {part: str(row.get(part, "")) for part in PARTS}
    deadline = str(row.get("deadline", ""))
    is_word = deadline in Deadline.values or not deadline
    return {
        "audience": str(row.get("audience", "")),
        "action": str(row.get("action", "")),
        "when": deadline if is_word else "datum",
        "date": "" if is_word else deadline,
        "effort": str(row.get("effort", "")),
    }


class ActionsField(forms.Field):
    """What readers can do, per audience (R82); a draft may hold half an action."""

    widget = ActionsWidget
    default_error_messages = {
        "date": gettext_lazy("Actie %(number)d: kies een dag die bestaat."),
        "choice": gettext_lazy("Actie %(number)d: deze keuze bestaat niet."),
        "long": gettext_lazy("Actie %(number)d is te lang. Gebruik hoogstens %(most)d tekens."),
        "many": gettext_lazy("Noem hoogstens %(most)d acties."),
    }

    def clean(self, value: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
        """Return the actions as they are stored."""
        if len(value) > MOST_ROWS:
            raise ValidationError(self.error_messages["many"] % {"most": MOST_ROWS})
        return [self._clean_row(number, row) for number, row in enumerate(value, 1)]

    def _clean_row(self, number: int, row: Mapping[str, str]) -> dict[str, str]:
        typed = _as_typed(row)
        text = tidy(typed["action"])
        if len(text) > ACTION_LENGTH:
            raise ValidationError(self.error_messages["long"] % {"number": number, "most": ACTION_LENGTH})
        known = {slug for slug, _name in self.widget.audiences}
        if typed["audience"] not in known | {""} or typed["effort"] not in (*Effort.values, ""):
            raise ValidationError(self.error_messages["choice"] % {"number": number})
        return {
            "audience": typed["audience"],
            "action": text,
            "deadline": self._deadline(number, typed["when"], typed["date"].strip()),
            "effort": typed["effort"],
        }

    def _deadline(self, number: int, when: str, day: str) -> str:
        if when in Deadline.values:
            return when
        if not day:
            return ""
        try:
            found = parse_date(day)
        except ValueError:
            found = None
        if found is None:
            raise ValidationError(self.error_messages["date"] % {"number": number})
        return found.isoformat()

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare row by row."""
        return [_as_typed(row) for row in data or []] != [_as_typed(row) for row in initial or []]


class KeywordsField(forms.CharField):
    """Free words with commas between them."""

    def clean(self, value: Any) -> list[str]:
        """Return each word once."""
        text = super().clean(value)
        words = list(dict.fromkeys(" ".join(word.split()) for word in text.split(",") if word.strip()))
        if len(words) > MOST_KEYWORDS or any(len(word) > KEYWORD_LENGTH for word in words):
            raise ValidationError(
                _("Schrijf hoogstens %(most)d trefwoorden van hoogstens %(longest)d tekens.")
                % {"most": MOST_KEYWORDS, "longest": KEYWORD_LENGTH}
            )
        return words

    def prepare_value(self, value: Any) -> Any:
        """Show a list as one line, and what was typed as typed."""
        return ", ".join(value) if isinstance(value, list) else value
