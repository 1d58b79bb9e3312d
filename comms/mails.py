"""What a mail about a publication says, as its label allows (security.md chapter 3, TLP x channel).

CLEAR and GREEN: title, summary and actions. AMBER and AMBER+STRICT: title and address. RED: that there is a message.
"""

from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import override

from comms.actions.sending import DELIVERING, Claim
from comms.enums import RESTRICTED, Tlp
from comms.models import Notice, NoticeKind, Publication
from comms.sheets import sheet_of
from cwn.core.mail import compose, site_address


def message_of(claim: Claim) -> EmailMultiAlternatives:
    """Compose the mail of a claimed notice, in the language of its reader."""
    notice, publication = claim.notice, claim.publication
    user = notice.user
    with override(user.language):
        context = _context(notice, publication) if claim.is_readable else _context_of_lost(publication)
    template = "publication" if claim.is_readable else "label_lost"
    message = compose(f"email/comms/{template}", to=user.email, context=context, language=user.language)
    message.extra_headers["Message-ID"] = message_id(notice)
    return message


def message_id(notice: Notice) -> str:
    """Return the same name for a mail at each attempt, so that a mail program shows one; it tells nothing."""
    digest = sha256(f"{settings.SECRET_KEY}:notice:{notice.pk}".encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"


def _context(notice: Notice, publication: Publication) -> dict[str, Any]:
    is_full = publication.tlp not in RESTRICTED and notice.kind in DELIVERING
    context: dict[str, Any] = {
        "label": publication.label.label,
        "meaning": publication.label.meaning,
        "is_red": publication.tlp == Tlp.RED,
        "kind": notice.get_kind_display(),
        "opening": opening_of(notice),
        "title": publication.title,
        "owner": publication.owner.name,
        "url": address_of(publication),
        "is_full": is_full,
    }
    if is_full:
        sheet = sheet_of(publication, publication.language)
        context |= {"summary": sheet.summary, "actions": sheet.actions, "correction": sheet.correction}
    return context


def _context_of_lost(publication: Publication) -> dict[str, Any]:
    """Say which one as far as somebody who had it must know: not its title, and no address."""
    return {
        "label": publication.label.label,
        "meaning": publication.label.meaning,
        "owner": publication.owner.name,
        "published_on": publication.published_at,
        "url": site_address("contact"),
    }


def address_of(publication: Publication) -> str:
    """Return where the mail leads: the page, and of RED a number, because an address may hold the title."""
    if publication.tlp == Tlp.RED:
        return site_address("publication_by_number", publication.pk)
    return site_address("publication_detail", publication.slug)


def opening_of(notice: Notice) -> str:
    """Say in one sentence why somebody gets this mail."""
    return {
        NoticeKind.PUBLISHED: _("Er is nieuwe informatie voor u."),
        NoticeKind.CORRECTED: _("Dit bericht is gecorrigeerd. U kreeg eerder een andere versie."),
        NoticeKind.WITHDRAWN: _("Dit bericht is ingetrokken. Gebruik wat u eerder kreeg niet meer."),
        NoticeKind.RELABELLED: _("Dit bericht heeft een strenger label. Dat geldt ook voor wat u eerder kreeg."),
        NoticeKind.REVIEW_ASKED: _("Iemand vraagt u om dit bericht te beoordelen."),
        NoticeKind.ANSWERED: _("U reageerde op dit bericht. De eigenaar vertelt wat er met de reacties gebeurde."),
    }[NoticeKind(notice.kind)]
