"""Issues, to read along in the admin; they are made and sent at the desk."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from comms.admin.audiences import GROUP
from comms.newsletters.models import Issue, LinkCheck
from cwn.core.admin import CwnModelAdmin


@admin.register(Issue)
class IssueAdmin(CwnModelAdmin):
    """Issues of newsletters; who got one stands nowhere here."""

    group = GROUP
    list_display = ("subject", "newsletter", "number", "tlp", "status", "sent_at")
    list_filter = ("newsletter", "status", "tlp")
    list_select_related = ("newsletter",)
    search_fields = ("subject", "preheader", "introduction")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        """Show the newest first."""
        rows: QuerySet[Issue] = super().get_queryset(request)
        return rows.order_by("-pk")


@admin.register(LinkCheck)
class LinkCheckAdmin(CwnModelAdmin):
    """Addresses outside the portal, and whether they answered."""

    group = GROUP
    list_display = ("url", "is_broken", "explanation", "checked_at")
    list_filter = ("is_broken",)
    search_fields = ("url",)
