"""The second factor: secrets at rest, codes that work once, and a last factor that stays."""

import base64
import hashlib
from urllib.parse import urlsplit

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cwn.accounts.models import User


class SecondFactorAdapter(DefaultMFAAdapter):
    """Allauth's second factor, as this portal wants it."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _(
            "Uw account heeft een tweede factor. Vraag een coördinator om u op uw nieuwe e-mailadres uit te nodigen."
        ),
        "cannot_delete_authenticator": _(
            "Uw rol vraagt een tweede factor. Stel eerst een andere in; daarna kunt u deze weghalen."
        ),
        "cannot_generate_recovery_codes": _("Stel eerst een code-app of passkey in. Dan krijgt u ook herstelcodes."),
        "incorrect_code": _("Deze code klopt niet of is al gebruikt. Wacht op een nieuwe code."),
        "unverified_email": _("Bevestig eerst uw nieuwe e-mailadres. Daarna kunt u een tweede factor instellen."),
    }

    def encrypt(self, text: str) -> str:
        """Keep secrets unreadable in the database and its backups."""
        return _locker().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret, also one that was written under a key of SECRET_KEY_FALLBACKS."""
        return _locker().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to remove the last factor of somebody whose role asks for one."""
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=authenticator.user_id)  # two removals at once
            others = Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk)
            return not user.needs_second_factor or others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002  allauth's name for it
        """Propose a name for a passkey."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code on a white ground of its own, also on a dark page, without inline style."""
        import qrcode
        from qrcode.image.svg import SvgPathFillImage

        image = qrcode.make(url, image_factory=SvgPathFillImage, box_size=8)
        return image.to_string(encoding="unicode")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the address of the site, never to the Host header (security.md C14)."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "localhost", "name": settings.MFA_TOTP_ISSUER}


def _locker() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(b"cwn.accounts.second_factor" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


@transaction.atomic
def use_code_once(authenticator: Authenticator, code: str) -> bool:
    """Tell whether a valid code of a code app is newer than the last one used, and remember it.

    Allauth remembers a code for one period in the cache; with a tolerance of one period a code is valid for
    three, so it could be replayed, or after a restart of the cache at once (security.md C07).
    """
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(row.data["secret"])
    steps = yield_hotp_counters_from_time()
    matching = (step for step in steps if compare_user_code(actual=code, expected=_code_at(secret, step)))
    counter = max(matching, default=-1)
    if counter <= row.data.get("last_counter", -1):
        return False
    row.data["last_counter"] = counter
    row.save(update_fields=["data"])
    return True


def _code_at(secret: str, step: int) -> str:
    return format_hotp_value(hotp_value(secret, step))
