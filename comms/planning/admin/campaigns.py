"""Campaigns, channels and core messages in the admin; steps are taken on their own pages (R90, R97, R105)."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comms.planning.models import (
    AudienceAnalysis,
    Campaign,
    CampaignAsset,
    CampaignResult,
    Channel,
    CoreMessage,
    Placement,
)
from cwn.core.admin import CwnInline, CwnModelAdmin

GROUP = (52, _("Samen plannen"))


class AssetInline(CwnInline):
    """What a campaign works with."""

    model = CampaignAsset
    fields = ("title", "publication", "url")
    readonly_fields = ("title", "publication", "url")

    def has_add_permission(self, request: HttpRequest, obj: Campaign | None = None) -> bool:
        """Leave adding to the page of the campaign: it asks who may read the publication."""
        return False


class ResultInline(CwnInline):
    """What was counted."""

    model = CampaignResult
    fields = ("what", "value", "unit", "goal_value", "counted_on", "source")


@admin.register(Campaign)
class CampaignAdmin(CwnModelAdmin):
    """Campaigns; status and approval follow from steps with a second person."""

    group = GROUP
    list_display = ("name", "owner", "status", "starts_on", "ends_on")
    list_filter = ("status",)
    search_fields = ("name", "goal")
    fields = ("name", "goal", "owner", "starts_on", "ends_on", "status", "approved_by", "evaluation")
    readonly_fields = ("status", "approved_by", "evaluation")
    inlines = (AssetInline, ResultInline)
    list_select_related = ("owner",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Begin a campaign on its own page: there it gets its target groups."""
        return False


@admin.register(Channel)
class ChannelAdmin(CwnModelAdmin):
    """Channels of the network and of partners; a partner keeps its own (R106)."""

    group = GROUP
    list_display = ("name", "organisation", "kind", "cadence", "reach", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "organisation__name")
    list_select_related = ("organisation",)


@admin.register(CoreMessage)
class CoreMessageAdmin(CwnModelAdmin):
    """Sentences of the network; adopting one is a step on its own page, by a second person."""

    group = GROUP
    list_display = ("text", "status", "decided_on", "order")
    list_filter = ("status",)
    search_fields = ("text", "source")
    fields = ("text", "text_en", "audiences", "proof", "source", "order", "status", "suggested_by", "decided_by")
    readonly_fields = ("status", "suggested_by", "decided_by")


@admin.register(AudienceAnalysis)
class AudienceAnalysisAdmin(CwnModelAdmin):
    """What was known of target groups at a moment; kept as it was written (R102)."""

    group = GROUP
    list_display = ("audience", "made_on", "made_by")
    list_filter = ("audience",)
    search_fields = ("who", "needs", "ways")
    list_select_related = ("audience", "made_by")


@admin.register(Placement)
class PlacementAdmin(CwnModelAdmin):
    """Places asked in channels of partners; the partner answers (R91)."""

    group = GROUP
    list_display = ("entry", "channel", "state", "placed_on", "reach")
    list_filter = ("state",)
    search_fields = ("entry__title", "channel__name")
    list_select_related = ("entry", "channel")
