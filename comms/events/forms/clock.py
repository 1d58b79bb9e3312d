"""Times as people read them on the clock on the wall, in the zone of the event (security.md H01)."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.events.enums import EventZone


def zone_named(name: str) -> ZoneInfo:
    """Return one of the clocks of the Kingdom; Amsterdam for what is none of them."""
    return ZoneInfo(name if name in EventZone.values else EventZone.AMSTERDAM)


class WallClockField(forms.DateTimeField):
    """A moment, typed and shown on the clock of `zone`.

    Of the hour that comes twice when winter time begins it is the first; an hour that is skipped is refused.
    """

    zone = ZoneInfo(EventZone.AMSTERDAM)

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        options.setdefault("error_messages", {"invalid": _("Vul een dag en een tijd in.")})
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored moment on the clock of the zone."""
        if isinstance(value, datetime) and timezone.is_aware(value):
            return value.astimezone(self.zone).replace(tzinfo=None)
        return value

    def to_python(self, value: Any) -> datetime | None:
        """Read a time of the clock as a moment."""
        with timezone.override(UTC):
            typed = super().to_python(value)
        if typed is None:
            return None
        moment = typed.replace(tzinfo=self.zone)
        if moment.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) != typed.replace(tzinfo=None):
            raise ValidationError(_("Deze tijd bestaat niet: die nacht gaat de klok een uur vooruit."))
        return moment

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare moments."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True
