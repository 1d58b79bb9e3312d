"""The stock admin on the same rows, with the facets that Django 5 offers."""

from django.contrib import admin
from peers.models import Item


@admin.register(Item)
class ItemAdmin(admin.ModelAdmin):
    """As the documentation of Django shows it."""

    list_display = ["title", "date", "url"]
    list_filter = ["status", "pps", "rol", "regio", "sector", "branche", "functie"]
    search_fields = ["title"]
    list_per_page = 25
    show_facets = admin.ShowFacets.ALWAYS
