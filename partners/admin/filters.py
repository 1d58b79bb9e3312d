"""Filters of the lists in the admin that stay quick with many rows."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from cwn.core.enums import CwnFunction
from partners.models import Organisation, Participation


def _link(field: str) -> Any:
    return Organisation._meta.get_field(field)


class ValueFilter(SimpleListFilter):
    """A filter on one value: of a choice, or of a link to many values."""

    #: The field of the organisation.
    field = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer every value, by slug."""
        return list(_link(self.field).related_model._default_manager.values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the organisations with the value; a subquery, so that no row comes back twice."""
        if not self.value():
            return queryset
        through = getattr(Organisation, self.field).through
        column = _link(self.field).m2m_reverse_field_name()
        return queryset.filter(
            pk__in=through.objects.filter(**{f"{column}__slug": self.value()}).values("organisation")
        )


def value_filter(field: str, parameter: str) -> type[ValueFilter]:
    """Return a filter on a link to many values, under the name that the public pages give it."""
    title = _link(field).verbose_name
    return type(f"{field.title()}Filter", (ValueFilter,), {"field": field, "title": title, "parameter_name": parameter})


class FunctionFilter(SimpleListFilter):
    """A filter on taking part in a function now."""

    title = Participation._meta.get_field("function").verbose_name
    parameter_name = "functie"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """Offer the five functions."""
        return CwnFunction.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the organisations that take part now."""
        if not self.value():
            return queryset
        current = Participation.objects.current().filter(function=self.value())
        return queryset.filter(pk__in=current.values("organisation"))
