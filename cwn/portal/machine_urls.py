"""Addresses that machines ask for; they have one language."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path

from cwn.portal import brand, health, pages
from cwn.portal.sitemaps import SITEMAPS

urlpatterns = [
    path("gezond/live", health.health_live, name="health_live"),
    path("gezond/klaar", health.health_ready, name="health_ready"),
    path("gezond/verzending", health.health_mail, name="health_mail"),
    path("huisstijl.css", brand.brand_stylesheet, name="brand_stylesheet"),
    path("robots.txt", pages.robots, name="robots"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path("sitemap-<slug:section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
]
