"""Addresses of issues of newsletters, from composing to figures."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
