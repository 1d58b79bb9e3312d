"""What must not be so in production, said by `manage.py check --deploy`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def only_on_loopback(**kwargs: Any) -> list[CheckMessage]:
    """Refuse the settings of one's own machine: no TLS, files from folders, and perhaps demo people."""
    if settings.ON_LOOPBACK or settings.CWN_DEMO or settings.DEBUG:
        return [Error("DEBUG, CWN_DEMO of ON_LOOPBACK staat aan. Dat mag niet in productie.", id="cwn.E001")]
    return []


@register(Tags.security, deploy=True)
def links_in_mail_lead_here(**kwargs: Any) -> list[CheckMessage]:
    """Refuse an address for links in mail that is not the portal behind TLS."""
    if not settings.SITE_URL.startswith("https://"):
        return [Error("SITE_URL moet het https-adres van het portaal zijn.", id="cwn.E002")]
    return []
