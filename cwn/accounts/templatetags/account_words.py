"""Words for what allauth stores."""

from allauth.mfa.models import Authenticator
from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def factor_name(factor: Authenticator) -> str:
    """Name a second factor the way the pages do."""
    if factor.type == Authenticator.Type.WEBAUTHN:
        return _("passkey “%(name)s”") % {"name": factor.wrap().name}
    return _("code-app") if factor.type == Authenticator.Type.TOTP else _("herstelcodes")
