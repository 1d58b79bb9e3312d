"""The base of every admin: rows and rights through the policy, history with a reason, quick lists."""

from typing import Any

import pghistory
from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ShowFacets
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms.models import _get_foreign_key
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cwn.core.admin_actions import PreviewedAction
from cwn.core.history import event_model, history_of

#: An address without a scheme is https, as in every form of the portal.
HTTPS: Any = {models.URLField: {"assume_scheme": "https"}}


class ReasonedForm(forms.ModelForm):
    """A form of a record that asks why; the answer stands in the history beside the change."""

    change_reason = forms.CharField(
        label=_("Reden van de wijziging"),
        max_length=300,
        required=False,
        help_text=_("Staat in de geschiedenis, bij uw naam."),
    )


class LabelledFormSet(forms.BaseInlineFormSet):
    """Rows of a table in which every box has a name of its own, also for who does not see the column."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Give each box the label of its column."""
        super().add_fields(form, index)
        for one in form.fields.values():
            widget = getattr(one.widget, "widget", one.widget)  # inside the wrapper with the buttons
            if not widget.is_hidden:
                widget.attrs.setdefault("aria-label", one.label)


class CwnInline(admin.TabularInline):
    """Rows that belong to a record; what may not be deleted gets an end date."""

    formset = LabelledFormSet
    formfield_overrides = HTTPS
    classes = ("collapse",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the rows that this person may read."""
        return visible(super().get_queryset(request), request.user)

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        """Search in large tables instead of listing them."""
        return [*self.autocomplete_fields, *large_relations(self.model, self.admin_site, self.fk_name)]


class CwnModelAdmin(admin.ModelAdmin):
    """What every list, form and page of the admin has in common (architecture.md chapter 6)."""

    form: Any = ReasonedForm
    formfield_overrides = HTTPS
    list_per_page = 25
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    view_on_site = False
    #: Whether foreign keys to this table are searched instead of listed.
    is_large = False
    #: Under which heading of the first page this table stands, with the place of the heading.
    group: tuple[int, Any] | None = None

    @admin.display(description="")
    def action_checkbox(self, obj: Any) -> SafeString:
        """Return the box that selects a row; Django renders a template for each."""
        label = _("Kies %(name)s") % {"name": obj}
        box = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
        return format_html(box, ACTION_CHECKBOX_NAME, obj.pk, label)

    # --- who may what ----------------------------------------------------------------------------
    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the rows that this person may read."""
        return visible(super().get_queryset(request), request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the policy of the model too, where it has one."""
        if not super().has_change_permission(request, obj):
            return False
        manager = self.model._default_manager
        if obj is None or obj.pk is None or not hasattr(manager, "editable_by"):
            return True
        known = request.__dict__.setdefault("_editable_rows", {})
        if obj.pk not in known:
            known[obj.pk] = manager.editable_by(request.user).filter(pk=obj.pk).exists()
        return known[obj.pk]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Offer and accept only what this person may read (security.md A17)."""
        options.setdefault("queryset", visible(db_field.remote_field.model._default_manager.all(), request.user))
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Show the values of a vocabulary as boxes to tick: no script needed, nothing hidden."""
        options.setdefault("queryset", visible(db_field.remote_field.model._default_manager.all(), request.user))
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        return super().formfield_for_manytomany(db_field, request, **options)

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        """Search in large tables instead of listing them."""
        return [*self.autocomplete_fields, *large_relations(self.model, self.admin_site)]

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Filter by what the list offers and by key only: any other field could be guessed letter by letter."""
        offered = {"pk", self.opts.pk.name, self.date_hierarchy}
        for one in self.get_list_filter(request):
            field: Any = one[0] if isinstance(one, list | tuple) else one
            offered.add(getattr(one, "parameter_name", field))
        named = lookup.split("__")
        is_offered = any("__".join(named[:length]) in offered for length in range(1, len(named) + 1))
        return is_offered and super().lookup_allowed(lookup, value, request)

    # --- why, and what happened ------------------------------------------------------------------
    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for a reason below every form that can be saved."""
        fieldsets = [
            (name, {**options, "fields": [one for one in options["fields"] if one != "change_reason"]})
            for name, options in list(super().get_fieldsets(request, obj) or [])
        ]
        may_save = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [*fieldsets, (None, {"fields": ["change_reason"]})] if may_save else fieldsets

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **options: Any) -> Any:
        """Keep the reason with everything that the form writes, its inlines included."""
        with pghistory.context(reason=request.POST.get("change_reason", "")[:300]):
            return super().changeform_view(request, object_id, *args, **options)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Call the list what it is."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **options: Any) -> HttpResponse:
        """Name the record, and offer the actions that make sense for it as buttons."""
        record = options.get("obj")
        if record is not None:
            context.update(title=str(record), subtitle=capfirst(self.opts.verbose_name))
        context["record_actions"] = self.actions_for(request, record) if record is not None else []
        return super().render_change_form(request, context, *args, **options)

    def actions_for(self, request: HttpRequest, record: models.Model) -> list[PreviewedAction]:
        """Return the actions that can be done to one record now."""
        actions: list[Any] = [found[0] for found in self.get_actions(request).values() if found]
        return [
            action
            for action in actions
            if isinstance(action, PreviewedAction) and action.single and not action.preview(record, {}).refusal
        ]

    def history_tables(self, request: HttpRequest, record: Any) -> list[tuple[type[models.Model], str]]:
        """Name the tables whose rows belong to a record: its inlines, and its links to many values."""
        tables = [
            (inline.model, _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name).name)
            for inline in self.get_inline_instances(request, record)
        ]
        for link in self.model._meta.many_to_many:
            through = link.remote_field.through
            tracked = [proxy for proxy in through.__subclasses__() if proxy._meta.proxy and event_model(proxy)]
            tables += [(proxy, link.m2m_field_name()) for proxy in tracked]
        return tables

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show who changed what, when and why."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Geschiedenis van %(name)s") % {"name": record},
            "lines": history_of(record, self.history_tables(request, record)),
            "opts": self.opts,
            "object": record,
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave it to the history, which also knows of what happens outside the admin."""

    log_change = log_addition

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Leave it to the history, which keeps deleted rows."""


def visible(queryset: Any, user: Any) -> Any:
    """Return the rows that a person may read, for any model."""
    return queryset.visible_to(user) if hasattr(queryset, "visible_to") else queryset


def large_relations(model: type[models.Model], site: admin.AdminSite, besides: str | None = None) -> list[str]:
    """Name the foreign keys to tables that grow with the network; their admin can be searched."""
    return [
        one.name
        for one in model._meta.fields
        if isinstance(one, models.ForeignKey)
        and one.editable
        and one.name != besides
        and site.is_registered(one.related_model)
        and getattr(site.get_model_admin(one.related_model), "is_large", False)
    ]
