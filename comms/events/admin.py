"""Events, to read along in the admin; they are made and changed on the portal."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from comms.admin.audiences import GROUP
from comms.events.models import Event
from cwn.core.admin import CwnModelAdmin


@admin.register(Event)
class EventAdmin(CwnModelAdmin):
    """Meetings of the network; who comes stands on the page of the organiser and nowhere here."""

    group = GROUP
    list_display = ("title", "kind", "owner", "starts_at", "status", "tlp")
    list_filter = ("status", "kind", "tlp")
    list_select_related = ("owner",)
    search_fields = ("title", "summary", "place", "hosted_by")
    exclude = ("address", "online_address")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """Show the next one first."""
        rows: QuerySet[Event] = super().get_queryset(request)
        return rows.order_by("-starts_at", "-pk")
