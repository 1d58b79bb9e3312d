"""Phases in the admin: to look through; they change on the pages of the function, with two people (R45)."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cwn.core.admin import CwnModelAdmin
from functions.base.admin.agreements import GROUP
from functions.base.models import FunctionPhase


class StateFilter(admin.SimpleListFilter):
    """What waits, what holds and what is over."""

    title = _("stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the three states."""
        return [("voorstel", _("Wacht op een besluit")), ("nu", _("Geldt nu")), ("eerder", _("Eerder"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Return the phases in the chosen state."""
        match self.value():
            case "voorstel":
                return queryset.proposed()
            case "nu":
                return queryset.current()
            case "eerder":
                return queryset.exclude(ended_at=None, withdrawn_at=None)
        return queryset


@admin.register(FunctionPhase)
class FunctionPhaseAdmin(CwnModelAdmin):
    """Every phase that was proposed or held, with who decided and why."""

    group = GROUP
    list_display = ("phase", "function", "sector", "region", "proposed_at", "began_at", "ended_at")
    list_filter = (StateFilter, "function", "phase")
    list_select_related = ("sector", "region")
    search_fields = ("reason",)
    fields = (
        "decide", "function", "sector", "region", "phase", "reason", "proposed_by", "proposed_at", "confirmed_by",
        "began_at", "ended_at", "withdrawn_at",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("besluiten"))
    def decide(self, period: FunctionPhase) -> SafeString:
        """Link to the page on which coordinators decide."""
        address = reverse("function_phase_period", args=[period.function, period.pk])
        return format_html('<a href="{}">{}</a>', address, _("Bekijk wie dit aangaat en beslis"))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Phases begin as a proposal, on the page of the function."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was decided stays."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The history stays."""
        return False
