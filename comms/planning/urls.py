"""Addresses of the calendar, the year plan, campaigns and the working group."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
