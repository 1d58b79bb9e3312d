"""The whole site map: Dutch addresses, English names; English pages live under `/en/`."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from cwn.core.views import media_file

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("media/<str:folder>/<str:name>", media_file, name="media_file"),
    path("api/v1/", include("cwn.portal.api.urls")),
    path("", include("cwn.portal.machine_urls")),
]
if settings.ANYMAIL_WEBHOOK_SECRET:
    urlpatterns += [path("anymail/", include("anymail.urls"))]  # bounces and complaints that a provider reports
urlpatterns += i18n_patterns(
    path("", include("cwn.portal.urls")),
    path("", include("cwn.delivery.urls")),
    path("", include("partners.urls")),
    path("", include("comms.urls")),
    path("", include("comms.planning.urls")),
    path("", include("comms.cobranding.urls")),
    path("", include("comms.events.urls")),
    path("", include("comms.subscriptions.urls")),
    path("", include("comms.newsletters.urls")),
    path("", include("functions.base.urls")),
    path("redactie/", include("comms.desk_urls")),
    path("account/", include("cwn.accounts.urls")),
    prefix_default_language=False,
)
