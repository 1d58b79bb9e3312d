"""What each function is and asks, over which channels it works, and who thinks along, in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cwn.core.admin import CwnInline, CwnModelAdmin
from cwn.core.enums import IncidentPhase
from functions.base.balance import balance_of
from functions.base.models import (
    FunctionChannel,
    FunctionCharter,
    FunctionCondition,
    FunctionGoal,
    SoundingBoard,
    SoundingBoardSeat,
)

GROUP = (40, _("Functies"))


#: Boxes in which a sentence can be read as a whole.
PROSE: dict[Any, Any] = {models.CharField: {"widget": forms.Textarea(attrs={"rows": 2})}}


def phase_boxes(db_field: Any) -> forms.MultipleChoiceField:
    """Show the phases as boxes to tick."""
    return forms.MultipleChoiceField(
        choices=IncidentPhase.choices, widget=forms.CheckboxSelectMultiple, label=db_field.verbose_name
    )


class ConditionInline(admin.StackedInline):
    """The conditions of a function, which the fit check asks about."""

    model = FunctionCondition
    extra = 0


class GoalInline(admin.StackedInline):
    """The goals of a function, with their progress."""

    model = FunctionGoal
    extra = 0
    formfield_overrides = PROSE
    fields = ("goal", "goal_en", "activity", "activity_en", "due_on", "progress", "done_on", "order")


@admin.register(FunctionCharter)
class FunctionCharterAdmin(CwnModelAdmin):
    """The agreements on a function, with their history (R47, R48, R50)."""

    group = GROUP
    list_display = ("function", "flow_direction", "order")
    list_filter = ("flow_direction",)
    search_fields = ("summary", "main_task")
    inlines = (GoalInline, ConditionInline)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A charter belongs to its function."""
        return ("function",) if obj is not None else ()


@admin.register(FunctionChannel)
class FunctionChannelAdmin(CwnModelAdmin):
    """How partners in a function reach each other, and what may go over it (R72)."""

    group = GROUP
    list_display = ("name", "function", "kind", "ceiling", "is_public")
    list_filter = ("function", "kind", "ceiling", "is_public")
    search_fields = ("name", "address")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Show the phases as boxes to tick."""
        if db_field.name == "phases":
            return phase_boxes(db_field)
        return super().formfield_for_dbfield(db_field, request, **options)


class SeatInline(CwnInline):
    """The seats of a sounding board; one that ended keeps its row."""

    model = SoundingBoardSeat
    classes: Any = ()


@admin.register(SoundingBoard)
class SoundingBoardAdmin(CwnModelAdmin):
    """Who thinks along on a function, compared with who takes part (R145)."""

    group = GROUP
    list_display = ("function", "meets")
    list_filter = ("function",)
    search_fields = ("purpose", "meets")
    formfield_overrides = PROSE
    fields = ("function", "purpose", "purpose_en", "meets", "meets_en", "balance")
    readonly_fields = ("balance",)
    inlines = (SeatInline,)

    @admin.display(description=_("afspiegeling"))
    def balance(self, board: SoundingBoard) -> SafeString | str:
        """Say in words whether the board is a fair picture of who takes part."""
        if board.pk is None:
            return "–"
        return render_to_string("functions/_board_remarks.html", {"balance": balance_of(board)})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A board belongs to its function."""
        return (*super().get_readonly_fields(request, obj), *(("function",) if obj is not None else ()))
