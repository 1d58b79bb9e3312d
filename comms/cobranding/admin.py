"""Templates, logos and downloads in the admin, to look at; people make them on the portal with a second person."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from comms.admin.audiences import GROUP
from comms.cobranding.models import MessageTemplate, PartnerLogo, TemplateDownload
from cwn.core.admin import CwnModelAdmin


class ReadOnlyAdmin(CwnModelAdmin):
    """Rows that come about on the portal."""

    group = GROUP

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let nobody add one here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody change one here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody delete one here."""
        return False


@admin.register(MessageTemplate)
class MessageTemplateAdmin(ReadOnlyAdmin):
    """What partners can pass on."""

    list_display = ("name", "tlp", "status", "owner", "language")
    list_filter = ("status", "tlp", "language")
    list_select_related = ("owner", "publication")
    search_fields = ("name", "purpose")


@admin.register(PartnerLogo)
class PartnerLogoAdmin(ReadOnlyAdmin):
    """Logos of partners with what was measured of them."""

    list_display = ("organisation", "colour", "contrast_light", "contrast_dark", "plate_on_light", "plate_on_dark")
    list_filter = ("plate_on_light", "plate_on_dark")
    list_select_related = ("organisation",)
    search_fields = ("organisation__name",)


@admin.register(TemplateDownload)
class TemplateDownloadAdmin(ReadOnlyAdmin):
    """How often templates were taken along, per partner and day (R129)."""

    list_display = ("version", "format", "organisation", "day", "count")
    list_filter = ("format",)
    list_select_related = ("version__template", "organisation")
    search_fields = ("version__template__name", "organisation__name")
