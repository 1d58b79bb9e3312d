"""Addresses of issues of newsletters, from composing to figures."""

from django.urls import URLPattern, URLResolver, path

from comms.newsletters.views import archive, figures, items, preview, reading, segment, sending, writing

DESK = "nieuwsbrief/redactie/"
ONE = f"{DESK}<int:pk>/"
ITEM = f"{ONE}onderdeel/<int:item_pk>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(DESK, writing.issue_desk_list, name="issue_desk_list"),
    path(f"{DESK}nieuw/", writing.issue_new, name="issue_new"),
    path(ONE, writing.issue_desk, name="issue_desk"),
    path(f"{ONE}bewaar/", writing.issue_save, name="issue_save"),
    path(f"{ONE}weg/", writing.issue_discard, name="issue_discard"),
    path(f"{ONE}kiezen/", items.issue_choose, name="issue_choose"),
    path(f"{ONE}volgorde/", items.issue_arrange, name="issue_arrange"),
    path(f"{ONE}tekst/", items.issue_text_new, name="issue_text_new"),
    path(f"{ONE}beeld/", items.issue_picture_new, name="issue_picture_new"),
    path(ITEM, items.item_edit, name="item_edit"),
    path(f"{ITEM}verplaats/", items.item_move, name="item_move"),
    path(f"{ITEM}weg/", items.item_remove, name="item_remove"),
    path(f"{ONE}voor-wie/", segment.issue_segment, name="issue_segment"),
    path(f"{ONE}voor-wie/aantal/", segment.issue_segment_count, name="issue_segment_count"),
    path(f"{ONE}voorbeeld/", preview.issue_preview, name="issue_preview"),
    path(f"{ONE}voorbeeld/mail/", preview.issue_preview_mail, name="issue_preview_mail"),
    path(f"{ONE}controle/", sending.issue_check, name="issue_check"),
    path(f"{ONE}akkoord/", sending.issue_approval, name="issue_approval"),
    path(f"{ONE}verzending/", sending.issue_progress, name="issue_progress"),
    path(f"{ONE}cijfers/", figures.issue_figures, name="issue_figures"),
    path("hoe-tellen-wij/", archive.counting_method, name="counting_method"),
    path("n/k/<str:signed>/<str:mark>", reading.issue_click, name="issue_click"),
    path("n/o/<str:signed>/<str:mark>", reading.issue_open, name="issue_open"),
    path("nieuwsbrief/<slug:slug>/", archive.newsletter_detail, name="newsletter_detail"),
    path("nieuwsbrief/<slug:slug>/feed.atom", archive.newsletter_feed, name="newsletter_feed"),
    path("nieuwsbrief/<slug:slug>/<int:number>/", archive.issue_detail, name="issue_detail"),
]
