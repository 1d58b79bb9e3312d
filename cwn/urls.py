"""The whole site map."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("beheer/", admin.site.urls),
]
urlpatterns += i18n_patterns(
    path("account/", include("allauth.urls")),
    prefix_default_language=False,
)
