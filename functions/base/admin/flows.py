"""Information flows in the admin: the places, and the arrows between them (R43, R44)."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cwn.core.admin import CwnInline, CwnModelAdmin
from functions.base.admin.agreements import GROUP, PROSE, phase_boxes
from functions.base.models import FlowEdge, FlowNode, InformationFlow


class NodeInline(CwnInline):
    """The places of a flow. A place with arrows can only go when its arrows are gone."""

    model = FlowNode
    classes: Any = ()


class EdgeInline(CwnInline):
    """The arrows of a flow, between places that are saved already."""

    model = FlowEdge
    classes: Any = ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Show the phases as boxes to tick."""
        if db_field.name == "phases":
            return phase_boxes(db_field)
        return super().formfield_for_dbfield(db_field, request, **options)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Offer the places of this flow only."""
        if db_field.name in ("start", "end"):
            match = request.resolver_match
            flow = match.kwargs.get("object_id") if match else None
            options["queryset"] = FlowNode.objects.filter(flow=flow) if flow else FlowNode.objects.none()
        return super().formfield_for_foreignkey(db_field, request, **options)


@admin.register(InformationFlow)
class InformationFlowAdmin(CwnModelAdmin):
    """How information flows in a function."""

    group = GROUP
    list_display = ("function", "source_note")
    list_filter = ("function",)
    search_fields = ("description", "source_note", "nodes__label")
    inlines = (NodeInline, EdgeInline)
    formfield_overrides = PROSE
    fieldsets = (
        (
            None,
            {
                "fields": ("function", "description", "description_en", "source_note", "source_note_en"),
                "description": _(
                    "Voeg eerst de plekken toe en sla op. Daarna kunt u ze met pijlen verbinden. "
                    "Haal eerst de pijlen van een plek weg als u de plek wilt verwijderen."
                ),
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A flow belongs to its function."""
        return ("function",) if obj is not None else ()
