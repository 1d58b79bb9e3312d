"""Organisations in the admin: the record with all that hangs on it, and what coordinators do to many at once."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cwn.core.admin import CwnInline, CwnModelAdmin, ReasonedForm
from partners.actions.contacts import end_contact, save_contact
from partners.actions.duplicates import find_duplicates
from partners.admin.actions import CHANGE_STATUS, MERGE, SET_VALUE
from partners.admin.filters import FunctionFilter, value_filter
from partners.admin.merge import MergeMixin
from partners.admin.transfer import TransferMixin
from partners.enums import VisibilityLevel
from partners.forms.fields import LinesField, WebsiteField
from partners.forms.profile import FIELD_LABELS
from partners.images import clean_logo
from partners.models import (
    Constituency,
    Contact,
    LegalBasis,
    Maturity,
    Organisation,
    OrganisationAlias,
    Participation,
    Relation,
    StatusChange,
)
from partners.models.organisations import default_field_visibility

GROUP = (20, _("Organisaties"))


#: One choice per field of the profile: who reads it.
VISIBILITY = {
    f"reads_{name}": forms.ChoiceField(label=FIELD_LABELS[name], choices=VisibilityLevel.choices, initial=level)
    for name, level in default_field_visibility().items()
}
metaclass: Any = type(ReasonedForm)
VisibilityForm: Any = metaclass("VisibilityForm", (ReasonedForm,), {"__module__": __name__, **VISIBILITY})


class OrganisationForm(VisibilityForm):
    """An organisation, with its names on lines, a logo that is drawn anew, and who reads what."""

    known_as = LinesField(label=_("Ook bekend als"), help_text=_("Eén naam per regel."), required=False)
    website = WebsiteField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, level in self.instance.field_visibility.items():
            self.initial[f"reads_{name}"] = level

    def clean(self) -> dict[str, Any]:
        """Put who reads what together again."""
        cleaned = super().clean() or self.cleaned_data
        chosen = {name.removeprefix("reads_"): cleaned[name] for name in VISIBILITY if name in cleaned}
        self.instance.field_visibility = {**self.instance.field_visibility, **chosen}
        return cleaned

    def clean_slug(self) -> str:
        """Refuse the address that an organisation had before it was merged: people still come along."""
        slug = self.cleaned_data["slug"]
        if OrganisationAlias.objects.filter(slug=slug).exists():
            raise ValidationError(_("Dit adres was van een organisatie die is samengevoegd. Kies een ander adres."))
        return slug

    def clean_logo(self) -> Any:
        """Keep only the pixels of a new logo."""
        logo = self.cleaned_data.get("logo")
        return clean_logo(logo) if logo and "logo" in self.changed_data else logo


class ContactInline(CwnInline):
    """Contacts of an organisation."""

    model = Contact
    fields = ("role", "function", "name", "email", "phone", "visibility", "valid_from", "valid_until")


class ParticipationInline(CwnInline):
    """Functions in which an organisation takes part."""

    model = Participation
    fields = ("function", "degree", "phases", "basis", "since", "until", "note")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Show the phases as boxes to tick."""
        if db_field.name == "phases":
            choices = db_field.base_field.choices
            return forms.MultipleChoiceField(
                choices=choices, widget=forms.CheckboxSelectMultiple, label=db_field.verbose_name
            )
        return super().formfield_for_dbfield(db_field, request, **options)


class ConstituencyInline(CwnInline):
    """Whom an organisation reaches."""

    model = Constituency


class LegalBasisInline(CwnInline):
    """On what ground information is shared with it."""

    model = LegalBasis


class MaturityInline(CwnInline):
    """How mature it is, per function."""

    model = Maturity


class RelationInline(CwnInline):
    """Its relations to other organisations."""

    model = Relation
    fk_name = "from_organisation"


class StatusChangeInline(CwnInline):
    """How its status came about; written by the ladder, not by hand."""

    model = StatusChange
    fields = readonly_fields = ("changed_at", "old_status", "new_status", "reason", "changed_by")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only the ladder adds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes what was."""
        return False


@admin.register(Organisation)
class OrganisationAdmin(TransferMixin, MergeMixin, CwnModelAdmin):
    """The registry itself (R19–R39)."""

    form = OrganisationForm
    group = GROUP
    is_large = is_quick_search = True
    list_display = ("name", "status", "ownership", "partner_since", "updated_at")
    list_filter = (
        "status",
        "ownership",
        value_filter("kinds", "rol"),
        FunctionFilter,
        value_filter("regions", "regio"),
        value_filter("sectors", "sector"),
        value_filter("branches", "branche"),
        "was_lds_partner",
        "is_fictional",
    )
    search_fields = ("name", "known_as", "kvk_number", "email_domain")
    search_help_text = _("Naam, andere naam, KvK-nummer of maildomein.")
    ordering = ("name",)
    actions = (CHANGE_STATUS, SET_VALUE, MERGE)
    inlines = (
        ContactInline,
        ParticipationInline,
        ConstituencyInline,
        LegalBasisInline,
        MaturityInline,
        RelationInline,
        StatusChangeInline,
    )
    fieldsets = (
        (None, {"fields": ("name", "slug", "known_as", "status", "partner_since", "ownership", "kinds")}),
        (_("Profiel"), {"fields": ("description", "description_en", "website", "logo")}),
        (_("Wie leest wat"), {"fields": tuple(VISIBILITY), "classes": ("collapse",)}),
        (_("Domeinen"), {"fields": ("regions", "sectors", "branches"), "classes": ("collapse",)}),
        (_("Herkenning"), {"fields": ("email_domain", "kvk_number")}),
        (_("Intern"), {"fields": ("was_lds_partner", "source_reference", "internal_notes")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Leave the status to the ladder, and an address that exists as it is."""
        return ("status", "slug") if obj is not None else ("status",)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """Propose an address for a new organisation."""
        return {} if obj is not None else {"slug": ("name",)}

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Look at once whether a new organisation is here already; every night looks at the others."""
        super().save_related(request, form, formsets, change)
        if not change:
            find_duplicates(among=[form.instance.pk])

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """Whoever writes a contact down also says that it is right."""
        if formset.model is not Contact:
            formset.save()
            return
        for contact in formset.save(commit=False):
            save_contact(contact, by=request.user)
        for contact in formset.deleted_objects:
            end_contact(contact, by=request.user)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        """Find every word in a name, or a number or domain as a whole; the trigram index helps."""
        for word in search_term.split():
            queryset = queryset.filter(
                Q(name__iregex=re.escape(word))
                | Q(known_as__icontains=word)
                | Q(kvk_number=word)
                | Q(email_domain__iexact=word)
            )
        return queryset, False


@admin.register(StatusChange)
class StatusChangeAdmin(CwnModelAdmin):
    """Every step on the status ladder, to look back."""

    group = GROUP
    list_display = ("organisation", "old_status", "new_status", "changed_at", "changed_by")
    list_select_related = ("organisation", "changed_by")
    list_filter = ("new_status", "old_status", "changed_at")
    search_fields = ("organisation__name", "reason")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the ladder adds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes what was."""
        return False


@admin.register(LegalBasis)
class LegalBasisAdmin(CwnModelAdmin):
    """Legal grounds over all organisations, to see which of them end (R21)."""

    group = GROUP
    list_display = ("organisation", "kind", "regime", "valid_from", "valid_until")
    list_select_related = ("organisation", "regime")
    list_filter = ("kind", "regime", "valid_until")
    search_fields = ("organisation__name", "evidence")
