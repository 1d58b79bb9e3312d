"""The audit log in the admin: to be read, by coordinators and technical administrators."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cwn.core.admin import CwnModelAdmin
from cwn.core.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(CwnModelAdmin):
    """Who read, got or changed what is restricted; it holds keys, so nothing of a text can be read here."""

    group = (90, _("Toezicht"))
    list_display = ("id", "at", "verb", "kind", "object_id", "actor", "detail")
    list_filter = ("verb", "kind", "at")
    search_fields = ("verb", "kind", "=object_id", "=actor_id")
    fields = readonly_fields = (
        "id", "at", "verb", "kind", "object_id", "actor", "organisation_id", "detail", "previous", "digest",
    )  # fmt: skip

    @admin.display(description=_("door"), ordering="actor_id")
    def actor(self, entry: Any) -> str:
        """Name the person; the key is left when the account is gone."""
        return entry.actor_name or (f"#{entry.actor_id}" if entry.actor_id else str(_("het portaal")))

    def get_queryset(self, request: HttpRequest) -> Any:
        """Find the names with the lines."""
        people = get_user_model()._default_manager.filter(pk=OuterRef("actor_id"))
        return super().get_queryset(request).annotate(actor_name=Subquery(people.values("name")[:1]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody writes in it by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody takes a line away."""
        return False
