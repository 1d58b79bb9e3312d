"""For whom the network communicates: target groups, developments, and groups that share with each other."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comms.models import Audience, Development, SharingGroup, SharingGroupMember
from cwn.core.admin import CwnInline, CwnModelAdmin

GROUP = (50, _("Communicatie"))


@admin.register(Audience)
class AudienceAdmin(CwnModelAdmin):
    """Target groups with their objective (R101)."""

    group = GROUP
    list_display = ("name", "slug", "order")
    list_filter = ("order",)
    search_fields = ("name", "objective")


@admin.register(Development)
class DevelopmentAdmin(CwnModelAdmin):
    """What goes on in the world, and lasting themes, to which publications refer (R64, R83)."""

    group = GROUP
    list_display = ("name", "kind", "is_current", "order")
    list_filter = ("kind", "is_current")
    search_fields = ("name", "explanation")

    def get_readonly_fields(self, request: HttpRequest, obj: Development | None = None) -> tuple[str, ...]:
        """Keep an address that others may have linked to."""
        return ("slug",) if obj is not None else ()


class MemberInline(CwnInline):
    """The organisations of a group; who leaves loses what is addressed to the group at once (A05)."""

    model = SharingGroupMember
    fields = ("organisation", "since")
    readonly_fields = ("since",)


@admin.register(SharingGroup)
class SharingGroupAdmin(CwnModelAdmin):
    """Groups to which TLP:AMBER can be addressed."""

    group = GROUP
    list_display = ("name", "size", "shows_policy_owner")
    list_filter = ("shows_policy_owner",)
    search_fields = ("name", "purpose")
    inlines = (MemberInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SharingGroup]:
        """Count the members along."""
        groups: QuerySet[SharingGroup] = super().get_queryset(request)
        return groups.annotate(size=Count("members"))

    @admin.display(description=_("organisaties"), ordering="size")
    def size(self, group: SharingGroup) -> int:
        """Return how many organisations are in it."""
        return group.size  # type: ignore[attr-defined,no-any-return]
