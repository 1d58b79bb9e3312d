"""Initiatives and who takes part in them, in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cwn.core.admin import CwnInline, CwnModelAdmin, ReasonedForm
from cwn.core.enums import CwnFunction
from partners.forms.fields import LinesField, WebsiteField
from partners.models import Initiative, InitiativeParticipant


class InitiativeForm(ReasonedForm):
    """An initiative, with its names on lines and its functions as boxes to tick."""

    known_as = LinesField(label=_("Ook bekend als"), help_text=_("Eén naam per regel."), required=False)
    website = WebsiteField(required=False)
    functions = forms.MultipleChoiceField(
        label=_("Functies"), choices=CwnFunction.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


class ParticipantInline(CwnInline):
    """Organisations that take part."""

    model = InitiativeParticipant


@admin.register(Initiative)
class InitiativeAdmin(CwnModelAdmin):
    """Initiatives in the landscape (R11, R37)."""

    form = InitiativeForm
    group = (20, _("Organisaties"))
    list_display = ("name", "kind", "ownership", "status", "updated_at")
    list_filter = ("kind", "ownership", "status", "sectors", "regions")
    search_fields = ("name", "slug")
    inlines = (ParticipantInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Leave the address of an existing initiative as it is."""
        return ("slug",) if obj is not None else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """Propose an address for a new initiative."""
        return {} if obj is not None else {"slug": ("name",)}
