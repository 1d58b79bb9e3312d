"""`/plain/` is Django with django-filter, `/beheer/` the stock admin, and all else is Wagtail."""

from django.contrib import admin
from django.urls import include, path
from peers.plain import empty, item_list
from wagtail import urls as wagtail_urls

urlpatterns = [
    path("empty/", empty),
    path("plain/", item_list),
    path("plain/partners/", item_list, {"kind": "organisatie"}),
    path("plain/informatie/", item_list, {"kind": "publicatie"}),
    path("beheer/", admin.site.urls),
    path("", include(wagtail_urls)),
]
