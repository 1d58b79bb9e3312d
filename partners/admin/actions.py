"""What coordinators do to many organisations at once; each shows first what it would change."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cwn.accounts.reauthentication import recently_authenticated
from cwn.core.admin_actions import PreviewedAction, PreviewLine, ReasonForm
from cwn.core.enums import CwnFunction, IncidentPhase
from partners.actions.participation import set_participation
from partners.actions.status import NEXT_STATUSES, change_status, why_not
from partners.enums import ParticipationDegree, PartnerStatus
from partners.models import Branch, Organisation, OrganisationKind, Region, Sector


class StatusForm(ReasonForm):
    """To which step of the ladder, and why."""

    to = forms.ChoiceField(label=gettext_lazy("Nieuwe status"), choices=PartnerStatus.choices)
    field_order = ("to", "reason")


def _preview_status(organisation: Organisation, data: dict[str, Any]) -> PreviewLine:
    old = organisation.get_status_display()
    if not data:
        return PreviewLine(organisation, old, "", "" if NEXT_STATUSES[organisation.status] else old)
    return PreviewLine(organisation, old, PartnerStatus(data["to"]).label, why_not(organisation.status, data["to"]))


CHANGE_STATUS = PreviewedAction(
    "change_status",
    gettext_lazy("Status wijzigen"),
    form=StatusForm,
    preview=_preview_status,
    perform=lambda organisation, data, by: change_status(organisation, to=data["to"], reason=data["reason"], by=by),
    single=True,
    guard=recently_authenticated,
)

#: The fields of which a value can be added or removed, by the prefix of the choice.
VALUE_FIELDS = {
    "sectors": Sector,
    "regions": Region,
    "branches": Branch,
    "kinds": OrganisationKind,
}


class ValueForm(ReasonForm):
    """Which value, added or removed."""

    what = forms.ChoiceField(
        label=gettext_lazy("Wat"),
        choices=[("add", gettext_lazy("Toevoegen")), ("remove", gettext_lazy("Weghalen"))],
        widget=forms.RadioSelect,
    )
    value = forms.ChoiceField(label=gettext_lazy("Functie, regio, sector, branche of soort"))
    field_order = ("what", "value", "reason")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups: list[Any] = [(_("functies"), [(f"functions:{value}", label) for value, label in CwnFunction.choices])]
        for field, model in VALUE_FIELDS.items():
            options_of = [(f"{field}:{row.slug}", row.label) for row in model._default_manager.all()]
            groups.append((str(model._meta.verbose_name_plural), options_of))
        self.fields["value"].choices = groups  # type: ignore[attr-defined]


def _preview_value(organisation: Organisation, data: dict[str, Any]) -> PreviewLine:
    if not data:
        return PreviewLine(organisation, "", "")
    field, slug = data["value"].split(":", 1)
    values = _values(organisation, field)
    old = ", ".join(sorted(values.values()))
    if data["what"] == "add":
        if slug in values:
            return PreviewLine(organisation, old, old, _("Heeft dit al."))
        values[slug] = _label(field, slug)
    else:
        if slug not in values:
            return PreviewLine(organisation, old, old, _("Heeft dit niet."))
        del values[slug]
    return PreviewLine(organisation, old, ", ".join(sorted(values.values())))


def _values(organisation: Organisation, field: str) -> dict[str, str]:
    if field == "functions":
        current = organisation.participations.current()
        return {row.function: row.get_function_display() for row in current}
    return {row.slug: row.label for row in getattr(organisation, field).all()}


def _label(field: str, slug: str) -> str:
    if field == "functions":
        return str(CwnFunction(slug).label)
    return VALUE_FIELDS[field]._default_manager.get(slug=slug).label


def _set_value(organisation: Organisation, data: dict[str, Any], by: Any) -> None:
    field, slug = data["value"].split(":", 1)
    adding = data["what"] == "add"
    if field == "functions":
        degree = ParticipationDegree.FOLLOW if adding else ""
        set_participation(organisation, function=slug, degree=degree, phases=IncidentPhase.values, by=by)
        return
    if not Organisation.objects.editable_by(by).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    row = VALUE_FIELDS[field]._default_manager.get(slug=slug)
    links = getattr(organisation, field)
    (links.add if adding else links.remove)(row)


SET_VALUE = PreviewedAction(
    "set_value",
    gettext_lazy("Functie, regio, sector, branche of soort toevoegen of weghalen"),
    form=ValueForm,
    preview=_preview_value,
    perform=_set_value,
)


def merge_selected(modeladmin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """Go to the page on which two organisations stand side by side."""
    keys = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
    if len(keys) != 2:
        messages.warning(request, _("Kies precies twee organisaties om samen te voegen."))
        return None
    return redirect(reverse("admin:partners_organisation_merge", args=keys))


merge_selected.short_description = gettext_lazy("Twee organisaties samenvoegen")  # type: ignore[attr-defined]
merge_selected.allowed_permissions = ["change"]  # type: ignore[attr-defined]
MERGE = merge_selected
