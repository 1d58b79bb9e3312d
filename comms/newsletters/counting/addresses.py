"""Counted addresses: a signed key of a target and a mark of the mail; the address itself never (D06)."""

from django.conf import settings
from django.core.signing import BadSignature, Signer

from cwn.delivery.compiling import hole

_links, _pixels = Signer(salt="newsletters.link", sep="."), Signer(salt="newsletters.pixel", sep=".")
#: The open place for the mark of a mail.
MARK = "telling"


def link_address(target_id: int, mark: str = "") -> str:
    """Return the counted address of a target, with an open place for the mark unless one is given."""
    return f"{settings.SITE_URL}/n/k/{_links.sign(str(target_id))}/{mark or hole(MARK)}"


def pixel_address(issue_id: int, mark: str = "") -> str:
    """Return the address of the picture that says that a mail was opened."""
    return f"{settings.SITE_URL}/n/o/{_pixels.sign(str(issue_id))}/{mark or hole(MARK)}"


def target_of(signed: str) -> int | None:
    """Return the key of a target when we signed it."""
    return _key(_links, signed)


def issue_of(signed: str) -> int | None:
    """Return the key of an issue when we signed it."""
    return _key(_pixels, signed)


def _key(signer: Signer, signed: str) -> int | None:
    try:
        return int(signer.unsign(signed))
    except (BadSignature, ValueError):
        return None
