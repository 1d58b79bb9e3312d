"""Addresses of the year plan, of what the rules find, and of calendar files."""

from django.urls import URLPattern, URLResolver, path

from comms.planning.views import celebrations, feeds, findings, year_plan

year_patterns: list[URLPattern | URLResolver] = [
    path("jaarplanning/", year_plan.year_plan, name="year_plan"),
    path("jaarplanning/<int:year>/", year_plan.year_plan, name="year_plan"),
    path("jaarplanning/<int:year>/ambitie/", year_plan.ambition_edit, name="ambition_edit"),
    path("jaarplanning/fasen/", year_plan.phase_list, name="phase_list"),
    path("jaarplanning/fasen/activiteit/<int:pk>/", year_plan.activity_set, name="activity_set"),
    path("jaarplanning/momenten/nieuw/", year_plan.moment_edit, name="moment_new"),
    path("jaarplanning/momenten/<uuid:uid>/", year_plan.moment_edit, name="moment_edit"),
    path("jaarplanning/momenten/<uuid:uid>/weg/", year_plan.moment_remove, name="moment_remove"),
    path("jaarplanning/mijlpalen/nieuw/", year_plan.milestone_edit, name="milestone_new"),
    path("jaarplanning/mijlpalen/<uuid:uid>/", year_plan.milestone_detail, name="milestone_detail"),
    path("jaarplanning/mijlpalen/<uuid:uid>/wijzig/", year_plan.milestone_edit, name="milestone_edit"),
    path("jaarplanning/mijlpalen/<uuid:uid>/bereikt/", celebrations.milestone_reach, name="milestone_reach"),
    path("jaarplanning/mijlpalen/<uuid:uid>/vervalt/", celebrations.milestone_drop, name="milestone_drop"),
    path("jaarplanning/mijlpalen/<uuid:uid>/viering/", celebrations.celebration_accept, name="celebration_accept"),
    path(
        "jaarplanning/mijlpalen/<uuid:uid>/niet-vieren/", celebrations.celebration_decline, name="celebration_decline"
    ),
    path("contentkalender/bevindingen/", findings.finding_list, name="finding_list"),
    path("contentkalender/bevindingen/laat-zo/", findings.finding_accept, name="finding_accept"),
    path("contentkalender/bevindingen/<int:pk>/terug/", findings.finding_take_back, name="finding_take_back"),
    path("contentkalender/importeren/", feeds.calendar_import, name="calendar_import"),
    path("contentkalender.ics", feeds.public_calendar_file, name="public_calendar_file"),
    path("agenda-adressen/", feeds.calendar_feeds, name="calendar_feeds"),
    path("agenda-adressen/<int:pk>/trek-in/", feeds.calendar_feed_revoke, name="calendar_feed_revoke"),
    path("agenda-adressen/<str:secret>.ics", feeds.calendar_file, name="calendar_file"),
]
