"""The working group and its talks in the admin, to look at; they are kept on their own pages (R85, R100)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from comms.planning.models import ActionItem, SessionAttendance, Talk, WorkingGroupSeat, WorkingGroupSession
from cwn.core.admin import CwnInline, CwnModelAdmin

GROUP = (54, _("Werkgroep Communicatie"))


@admin.register(WorkingGroupSeat)
class WorkingGroupSeatAdmin(CwnModelAdmin):
    """Who sits in the working group; a seat brings rights, so giving and ending one is an action."""

    group = GROUP
    list_display = ("user", "organisation", "role", "since", "until")
    list_filter = ("role",)
    search_fields = ("user__name", "organisation__name")
    list_select_related = ("user", "organisation")


class AttendanceInline(CwnInline):
    """Who came."""

    model = SessionAttendance
    fields = ("seat", "state")


class ActionItemInline(CwnInline):
    """What was agreed."""

    model = ActionItem
    fields = ("what", "who", "due_on", "status")


@admin.register(WorkingGroupSession)
class WorkingGroupSessionAdmin(CwnModelAdmin):
    """Sessions with what was agreed; the minutes are written on their own page, where two editors lose nothing."""

    group = GROUP
    list_display = ("title", "starts_at", "form")
    list_filter = ("form",)
    search_fields = ("title", "agenda")
    inlines = (AttendanceInline, ActionItemInline)


@admin.register(Talk)
class TalkAdmin(CwnModelAdmin):
    """One-to-one talks (R100)."""

    group = GROUP
    list_display = ("organisation", "on", "by", "next_step_on")
    list_filter = ("on",)
    search_fields = ("organisation__name", "with_whom")
    list_select_related = ("organisation", "by")
