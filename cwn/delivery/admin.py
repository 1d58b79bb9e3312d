"""Mailings in the admin, to read only: what can be done with them is on `/verzending/`."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cwn.core.admin import CwnModelAdmin
from cwn.delivery.models import Mailing


@admin.register(Mailing)
class MailingAdmin(CwnModelAdmin):
    """What left and when; without recipients, for those are nobody's to list."""

    group = (90, _("Toezicht"))
    list_display = ("key", "kind", "state", "sends_at", "finished_at")
    list_filter = ("state", "kind")
    search_fields = ("key",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a mailing comes from what it is about."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: it says what happened."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a mailing that is gone could be sent again."""
        return False
