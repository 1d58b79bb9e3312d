"""What must not be so in production, said by `manage.py check --deploy`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def only_on_loopback(**kwargs: Any) -> list[CheckMessage]:
    """Refuse the settings of one's own machine: no TLS, files from folders, and perhaps demo people."""
    if settings.ON_LOOPBACK:
        return [Error("DEBUG, CWN_DEMO of ON_LOOPBACK staat aan. Dat mag niet in productie.", id="cwn.E001")]
    return []
