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


@register(Tags.security, deploy=True)
def mail_password_is_not_said_aloud(**kwargs: Any) -> list[CheckMessage]:
    """Refuse to log in to a mail server over a line that others can hear."""
    is_private = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or settings.EMAIL_HOST in ("localhost", "127.0.0.1")
    if settings.EMAIL_HOST_PASSWORD and not is_private:
        return [Error("EMAIL_URL heeft een wachtwoord zonder TLS. Gebruik smtp+tls:// of smtp+ssl://.", id="cwn.E003")]
    return []
