"""Items of the calendar in the admin, to look at; they are planned on their own pages (R86)."""

from django.contrib import admin

from comms.planning.admin.campaigns import GROUP
from comms.planning.models import CalendarEntry, EntryComment
from cwn.core.admin import CwnInline, CwnModelAdmin


class CommentInline(CwnInline):
    """What was said about an item."""

    model = EntryComment
    fields = ("at", "by", "text")
    readonly_fields = fields


@admin.register(CalendarEntry)
class CalendarEntryAdmin(CwnModelAdmin):
    """What is planned, with its label, its owner and how far it is; nobody changes it here."""

    group = GROUP
    list_display = ("title", "starts_at", "owner", "status", "tlp", "readers")
    list_filter = ("status", "tlp", "readers")
    list_select_related = ("owner",)
    search_fields = ("title", "owner__name")
    date_hierarchy = "starts_at"
    inlines = (CommentInline,)
