"""Fields that several forms of the registry share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

#: Lines in one list of short texts.
MOST_LINES = 20


class DomainField(forms.ModelMultipleChoiceField):
    """Regions, sectors, branches or kinds as checkboxes; the values are slugs, as in every address."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(queryset, to_field_name="slug", **kwargs)


class WebsiteField(forms.URLField):
    """A web address, with https where nothing is said; no other kind of address gets onto a page."""

    default_validators = [URLValidator(schemes=["https", "http"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Website"),
            assume_scheme="https",
            max_length=200,
            widget=forms.URLInput({"autocomplete": "url"}),
            **kwargs,
        )


class LinesField(forms.CharField):
    """A list of short texts, one per line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines, and what somebody typed as it was typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Return the lines that say something, each once."""
        lines = list(dict.fromkeys(line.strip() for line in super().clean(value).splitlines() if line.strip()))
        if len(lines) > MOST_LINES:
            raise ValidationError(_("Schrijf hoogstens %(most)d regels."), params={"most": MOST_LINES})
        return lines
