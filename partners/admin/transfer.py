"""Organisations as a table, in the admin: send a file, see what it would do, say yes; and take a file with you."""

from typing import Any

import structlog
from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cwn.accounts.reauthentication import recently_authenticated
from cwn.core.sheets import read_sheet, write_csv, write_xlsx
from partners.actions.import_plan import ImportPlan, plan_import
from partners.actions.imports import import_organisations, prepare_import, sheet_rows
from partners.models import PendingImport
from partners.transfer import HEADER, organisation_rows

log = structlog.get_logger("cwn.partners")

#: Rows of each kind that the preview shows; the counts are over all of them.
SHOWN = 100
FORMATS = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class ImportForm(forms.Form):
    """A table of organisations, read as it is checked."""

    file = forms.FileField(label=gettext_lazy("Bestand"), help_text=gettext_lazy("CSV of Excel (.xlsx), tot 10 MB."))

    def clean_file(self) -> Any:
        """Read the rows, or say in one sentence why they cannot be read or used."""
        upload = self.cleaned_data["file"]
        self.rows = read_sheet(upload)
        plan_import(self.rows)
        return upload


class TransferMixin:
    """The pages to import and export organisations, for an admin of organisations."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[Any]:
        """Add the pages before those of Django, which take any address for a key."""
        view = self.admin_site.admin_view
        preview = view(recently_authenticated(self.import_preview_view))
        return [
            path("import/", view(self.import_view), name="partners_organisation_import"),
            path("import/<int:pk>/", preview, name="partners_organisation_import_preview"),
            path("export/<slug:kind>/", view(self.export_view), name="partners_organisation_export"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take a file and set it ready; nothing is written to the registry yet."""
        self._refuse_unless_importing(request)
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            pending = prepare_import(form.rows, file_name=form.cleaned_data["file"].name, by=request.user)
            return redirect("admin:partners_organisation_import_preview", pending.pk)
        context = {"title": _("Organisaties importeren"), "form": form, "header": HEADER}
        return self._page(request, "import", context)

    def import_preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what a file would do; do it when the sender says yes to exactly that."""
        self._refuse_unless_importing(request)
        pending = get_object_or_404(PendingImport, pk=pk, uploaded_by=request.user)
        plan = plan_import(sheet_rows(pending))
        if request.method == "POST":
            if request.POST.get("fingerprint") == plan.fingerprint:
                return self._carry_out(request, pending)
            messages.warning(request, _("Er is intussen iets gewijzigd. Bekijk opnieuw wat er gebeurt."))
        kinds = [
            (name, label, plan.of_kind(name), plan.of_kind(name)[:SHOWN])
            for name, label in (
                ("error", _("Regels met een fout")),
                ("new", _("Nieuwe organisaties")),
                ("change", _("Wijzigingen")),
                ("same", _("Ongewijzigd")),
            )
        ]
        context = {"title": _("Wat deze import doet"), "pending": pending, "plan": plan, "kinds": kinds}
        return self._page(request, "import_preview", context)

    def _carry_out(self, request: HttpRequest, pending: PendingImport) -> HttpResponse:
        try:
            plan: ImportPlan = import_organisations(pending, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            if PendingImport.objects.filter(pk=pending.pk).exists():
                return redirect("admin:partners_organisation_import_preview", pending.pk)
            return redirect("admin:partners_organisation_import")
        counts = {"new": len(plan.of_kind("new")), "changed": len(plan.of_kind("change"))}
        messages.success(request, _("Import klaar: %(new)d nieuw, %(changed)d gewijzigd.") % counts)
        return redirect(reverse("admin:partners_organisation_changelist"))

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Send the organisations of the list as it is filtered now."""
        if not self.has_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        write, content_type = FORMATS[kind] if kind in FORMATS else FORMATS["csv"]
        try:
            organisations = self.get_changelist_instance(request).get_queryset(request)  # type: ignore[attr-defined]
        except IncorrectLookupParameters:
            messages.error(request, _("Dit filter kennen wij niet. Kies het filter opnieuw."))
            return redirect("admin:partners_organisation_changelist")
        rows = list(organisation_rows(organisations))
        log.info("organisations_exported", by=request.user.pk, filter=request.GET.urlencode(), rows=len(rows))
        name = f"organisaties-{timezone.localdate()}.{kind if kind in FORMATS else 'csv'}"
        return HttpResponse(
            write(HEADER, rows),
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _refuse_unless_importing(self, request: HttpRequest) -> None:
        if not (self.has_add_permission(request) and self.has_change_permission(request)):  # type: ignore[attr-defined]
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/partners/organisation/{template}.html", {**common, **context})
