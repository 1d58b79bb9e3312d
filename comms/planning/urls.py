"""Addresses of the calendar, the year plan, campaigns and the working group."""

from django.urls import URLPattern, URLResolver, path

from comms.planning.views import (
    audiences,
    campaign_desk,
    campaign_steps,
    campaigns,
    channels,
    core_messages,
    talks,
    working_group,
)
from comms.planning.views.calendar import bulk, entry, pages, writing
from comms.planning.year_urls import year_patterns

#: The content calendar.
calendar_patterns: list[URLPattern | URLResolver] = [
    path("contentkalender/", pages.calendar_agenda, name="calendar_agenda"),
    path("contentkalender/maand/", pages.calendar_month, name="calendar_month"),
    path("contentkalender/week/", pages.calendar_week, name="calendar_week"),
    path("contentkalender/bord/", pages.calendar_board, name="calendar_board"),
    path("contentkalender/nieuw/", writing.entry_new, name="entry_new"),
    path("contentkalender/samen/", bulk.entry_bulk, name="entry_bulk"),
    path("contentkalender/samen/<int:pk>/", bulk.bulk_detail, name="bulk_detail"),
    path("contentkalender/samen/<int:pk>/terug/", bulk.bulk_undo, name="bulk_undo"),
    path("contentkalender/item/<uuid:uid>/", entry.entry_detail, name="entry_detail"),
    path("contentkalender/item/<uuid:uid>/wijzig/", writing.entry_edit, name="entry_edit"),
    path("contentkalender/item/<uuid:uid>/bewaar/", writing.entry_save, name="entry_save"),
    path("contentkalender/item/<uuid:uid>/samenvoegen/", writing.entry_merge, name="entry_merge"),
    path("contentkalender/item/<uuid:uid>/wie/", writing.entry_presence, name="entry_presence"),
    path("contentkalender/item/<uuid:uid>/verplaats/", entry.entry_move, name="entry_move"),
    path("contentkalender/item/<uuid:uid>/weg/", entry.entry_remove, name="entry_remove"),
    path("contentkalender/item/<uuid:uid>/opmerking/", entry.entry_comment, name="entry_comment"),
    path("contentkalender/item/<uuid:uid>/geschiedenis/", entry.entry_history, name="entry_history"),
]
#: Campaigns, channels, core messages, target groups and the working group.
campaign_patterns: list[URLPattern | URLResolver] = [
    path("campagnes/", campaigns.campaign_list, name="campaign_list"),
    path("campagnes/nieuw/", campaign_desk.campaign_new, name="campaign_new"),
    path("campagnes/actualiteit/", campaign_desk.campaign_topical, name="campaign_topical"),
    path("campagnes/<slug:slug>/", campaigns.campaign_detail, name="campaign_detail"),
    path("campagnes/<slug:slug>/wijzig/", campaign_desk.campaign_edit, name="campaign_edit"),
    path("campagnes/<slug:slug>/kopie/", campaign_desk.campaign_copy, name="campaign_copy"),
    path("campagnes/<slug:slug>/meedoen/", campaigns.campaign_join, name="campaign_join"),
    path("campagnes/<slug:slug>/stap/<slug:step>/", campaign_steps.campaign_step, name="campaign_step"),
    path("campagnes/<slug:slug>/materiaal/", campaign_desk.campaign_asset_new, name="campaign_asset_new"),
    path(
        "campagnes/<slug:slug>/materiaal/<int:pk>/weg/",
        campaign_desk.campaign_asset_remove,
        name="campaign_asset_remove",
    ),
    path("campagnes/<slug:slug>/resultaat/", campaign_desk.campaign_result_new, name="campaign_result_new"),
    path(
        "campagnes/<slug:slug>/resultaat/<int:pk>/weg/",
        campaign_desk.campaign_result_remove,
        name="campaign_result_remove",
    ),
    path("kanalen/", channels.channel_list, name="channel_list"),
    path("kanalen/mediamix/", channels.media_mix_page, name="media_mix"),
    path("kanalen/nieuw/", channels.channel_new, name="channel_new"),
    path("kanalen/<int:pk>/wijzig/", channels.channel_edit, name="channel_edit"),
    path("kanalen/plaatsing/nieuw/", channels.placement_ask, name="placement_ask"),
    path("kanalen/plaatsing/<int:pk>/", channels.placement_detail, name="placement_detail"),
    path("mijn/<slug:slug>/kanalen/", channels.my_channels, name="my_channels"),
    path("mijn/<slug:slug>/kanalen/nieuw/", channels.my_channel_new, name="my_channel_new"),
    path("kernboodschappen/", core_messages.core_message_list, name="core_message_list"),
    path("kernboodschappen/nieuw/", core_messages.core_message_new, name="core_message_new"),
    path("kernboodschappen/<int:pk>/besluit/", core_messages.core_message_decide, name="core_message_decide"),
    path("doelgroepen/", audiences.audience_list, name="audience_list"),
    path("doelgroepen/<slug:slug>/", audiences.audience_detail, name="audience_detail"),
    path("doelgroepen/<slug:slug>/analyse/", audiences.analysis_new, name="analysis_new"),
    path("werkgroep/", working_group.working_group, name="working_group"),
    path("werkgroep/zetels/nieuw/", working_group.seat_new, name="seat_new"),
    path("werkgroep/zetels/<int:pk>/einde/", working_group.seat_end, name="seat_end"),
    path("werkgroep/sessies/nieuw/", working_group.session_new, name="session_new"),
    path("werkgroep/sessies/<uuid:uid>/", working_group.session_detail, name="session_detail"),
    path("werkgroep/sessies/<uuid:uid>/wijzig/", working_group.session_edit, name="session_edit"),
    path("werkgroep/sessies/<uuid:uid>/kom-ik/", working_group.session_attend, name="session_attend"),
    path("werkgroep/sessies/<uuid:uid>/aanwezig/", working_group.session_attendance, name="session_attendance"),
    path("werkgroep/sessies/<uuid:uid>/actiepunt/", working_group.action_item_new, name="action_item_new"),
    path("werkgroep/actiepunten/", working_group.action_item_list, name="action_item_list"),
    path("werkgroep/actiepunten/<int:pk>/stand/", working_group.action_item_status, name="action_item_status"),
    path("werkgroep/gesprekken/", talks.talk_list, name="talk_list"),
    path("werkgroep/gesprekken/nieuw/", talks.talk_new, name="talk_new"),
    path("werkgroep/gesprekken/<int:pk>/klaar/", talks.talk_done, name="talk_done"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *calendar_patterns,
    *campaign_patterns,
    *year_patterns,
]
