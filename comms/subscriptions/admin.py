"""Newsletters, topics and consent texts in the admin; subscribers stand there never, only their number counts."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comms.subscriptions.models import ConsentText, Newsletter, Topic
from cwn.core.admin import CwnModelAdmin

GROUP = (50, _("Communicatie"))


@admin.register(Newsletter)
class NewsletterAdmin(CwnModelAdmin):
    """Lists that people subscribe to."""

    group = GROUP
    list_display = ("name", "is_public", "label_ceiling", "is_active", "order")
    list_filter = ("is_public", "is_active")
    search_fields = ("name", "purpose")

    def get_readonly_fields(self, request: HttpRequest, obj: Newsletter | None = None) -> tuple[str, ...]:
        """Keep an address that others may have linked to."""
        return ("slug",) if obj is not None else ()


@admin.register(Topic)
class TopicAdmin(CwnModelAdmin):
    """Subjects that a subscriber can choose."""

    group = GROUP
    list_display = ("name", "slug", "order")
    list_filter = ("newsletters",)
    search_fields = ("name",)


@admin.register(ConsentText)
class ConsentTextAdmin(CwnModelAdmin):
    """What subscribers agree to: new versions are added, none is changed."""

    group = GROUP
    list_display = ("newsletter", "version", "language", "valid_from")
    list_filter = ("newsletter", "language")
    list_select_related = ("newsletter",)
    search_fields = ("text",)

    def has_change_permission(self, request: HttpRequest, obj: ConsentText | None = None) -> bool:
        """Refuse: people agreed to what stands there."""
        return False
