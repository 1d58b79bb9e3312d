"""Two organisations side by side: choose per field what stays, then make them one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cwn.accounts.reauthentication import recently_authenticated
from partners.actions.merge import (
    ABSORB,
    BOTH,
    KEEP,
    LINK_FIELDS,
    SINGLE_FIELDS,
    merge_organisations,
    references,
    why_not_merge,
)
from partners.enums import PartnerStatus
from partners.models import Organisation


class MergeMixin:
    """The page to merge two organisations, for an admin of organisations."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[Any]:
        """Add the page before those of Django, which take any address for a key."""
        view = self.admin_site.admin_view(recently_authenticated(self.merge_view))
        address = path("samenvoegen/<int:keep>/<int:absorb>/", view, name="partners_organisation_merge")
        return [address, *super().get_urls()]  # type: ignore[misc]

    def merge_view(self, request: HttpRequest, keep: int, absorb: int) -> HttpResponse:
        """Show both records; merge them as chosen."""
        if not self.has_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        found = Organisation.objects.editable_by(request.user).with_domains().in_bulk([keep, absorb])
        if found.keys() != {keep, absorb}:
            raise Http404
        kept, absorbed = found[keep], found[absorb]
        if request.method == "POST":
            choices = {name: request.POST.get(f"keuze_{name}", "") for name in (*SINGLE_FIELDS, *LINK_FIELDS)}
            try:
                merge_organisations(keep=kept, absorb=absorbed, choices=choices, by=request.user)
            except ValidationError as error:
                messages.error(request, _("Er is niets gewijzigd. %(why)s") % {"why": " ".join(error.messages)})
            else:
                messages.success(request, _("Samengevoegd tot %(name)s.") % {"name": kept.name})
                return redirect("admin:partners_organisation_change", keep)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Twee organisaties samenvoegen"),
            "opts": self.opts,
            "keep": kept,
            "absorb": absorbed,
            "refusal": why_not_merge(kept, absorbed),
            "rows": _rows(kept, absorbed),
            "moving": _moving(absorbed),
            "ends_access": absorbed.status != PartnerStatus.PARTNER,
        }
        return TemplateResponse(request, "admin/partners/organisation/merge.html", context)


def _rows(keep: Organisation, absorb: Organisation) -> list[dict[str, Any]]:
    """List the fields that differ with both values; what the kept one lacks is proposed from the other."""
    rows = []
    for name in (*SINGLE_FIELDS, *LINK_FIELDS):
        ours, theirs = _text(keep, name), _text(absorb, name)
        if ours == theirs:
            continue
        label = capfirst(Organisation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        proposed = BOTH if name in LINK_FIELDS else KEEP if ours else ABSORB
        options = [(KEEP, ours), (ABSORB, theirs), *([(BOTH, _("beide"))] if name in LINK_FIELDS else [])]
        rows.append({"name": name, "label": label, "proposed": proposed, "options": options})
    return rows


def _text(organisation: Organisation, name: str) -> str:
    if name in LINK_FIELDS:
        return ", ".join(value.label for value in getattr(organisation, name).all())
    display = getattr(organisation, f"get_{name}_display", None)
    value = display() if display else getattr(organisation, name)
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, dict):
        return ", ".join(f"{key}: {item}" for key, item in sorted(value.items()))
    return "" if value is None else str(value)


def _moving(absorb: Organisation) -> list[tuple[str, int]]:
    """Count what hangs on the organisation that goes, per table."""
    counts: dict[str, int] = {}
    for model, field in references():
        label = str(capfirst(model._meta.verbose_name_plural))
        counts[label] = counts.get(label, 0) + model._base_manager.filter(**{field: absorb.pk}).count()
    return sorted((label, count) for label, count in counts.items() if count)
