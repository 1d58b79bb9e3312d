"""What each function is and asks, in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cwn.core.admin import CwnModelAdmin
from functions.base.models import FunctionCharter, FunctionCondition


class ConditionInline(admin.StackedInline):
    """The conditions of a function, which the fit check asks about."""

    model = FunctionCondition
    extra = 0


@admin.register(FunctionCharter)
class FunctionCharterAdmin(CwnModelAdmin):
    """The agreements on a function, with their history (R47, R48)."""

    group = (40, _("Functies"))
    list_display = ("function", "flow_direction", "order")
    list_filter = ("flow_direction",)
    search_fields = ("summary", "main_task")
    inlines = (ConditionInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A charter belongs to its function."""
        return ("function",) if obj is not None else ()
