"""From an issue to what the outbox keeps: one mail per language, and one more for who lets us count (D08).

The words around the content are in the language of the subscriber, the content in that of whoever wrote it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from mjml import mjml2html

from comms.enums import Tlp
from comms.newsletters.contents import Block, full_address
from comms.newsletters.counting.addresses import link_address, pixel_address
from comms.newsletters.enums import TOLD_IN_FULL
from comms.newsletters.models import Issue
from comms.subscriptions.models import Newsletter
from cwn.core.markdown import plain_text, render_markdown
from cwn.delivery.compiling import compile_mail, hole

#: Open places of each mail.
GREETING, PREFERENCES, UNSUBSCRIBE, COUNTED = "aanhef", "voorkeuren", "afmelden", "telling"
HOLES = (GREETING, PREFERENCES, UNSUBSCRIBE)
LANGUAGES = ("nl", "en")
#: Larger mails are cut off by several programs (security.md D12).
LARGEST = 100_000
#: Added to the language of who agreed to counting: such a mail has other links.
COUNTING = "-t"
LinkOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class IssueMail:
    """An issue in one language, before it becomes bytes."""

    subject: str
    text: str
    html: str
    language: str


def subject_of(issue: Issue) -> str:
    """Return the subject, which always starts with the label (D17)."""
    return " ".join(f"[{issue.label.label}] {issue.subject}".split())


def as_it_stands(address: str) -> str:
    """Lead a link straight to its page."""
    return address


def write_mail(
    issue: Issue, blocks: Sequence[Block], language: str, *, link: LinkOf = as_it_stands, pixel: str = ""
) -> IssueMail:
    """Return an issue as text and HTML with open places; `link` says where each link of the content leads."""
    with override(language):
        context = {
            "issue": issue,
            "newsletter": issue.newsletter,
            "label": issue.label,
            "colour": COLOURS[issue.label],
            "subject": subject_of(issue),
            "language": language,
            "blocks": [(block, link(block.url) if block.url else "") for block in blocks],
            "introduction": render_markdown(issue.introduction),
            "introduction_plain": plain_text(issue.introduction),
            "web_address": full_address(issue.get_absolute_url()) if issue.tlp in TOLD_IN_FULL else "",
            "portal": settings.SITE_URL,
            "shows_pictures": issue.tlp == Tlp.CLEAR,
            "pixel": pixel,
            "styles": _styles(),
            **places(),
        }
        html = mjml2html(render_to_string("email/newsletters/issue.mjml", context))
        text = get_template("email/newsletters/issue.txt").render(context).strip() + "\n"
    return IssueMail(subject_of(issue), text, html, language)


#: Names in the templates and the open places that they become.
PLACES = {"greeting": GREETING, "preferences": PREFERENCES, "unsubscribe": UNSUBSCRIBE}


def places() -> dict[str, str]:
    """Return the open places under their names in the templates."""
    return {name: mark_safe(hole(place)) for name, place in PLACES.items()}  # noqa: S308  a marker of our own


#: Words of the labels as FIRST prescribes, on black.
COLOURS = {
    Tlp.CLEAR: "#FFFFFF",
    Tlp.GREEN: "#33FF00",
    Tlp.AMBER: "#FFC000",
    Tlp.AMBER_STRICT: "#FFC000",
}


@cache
def _styles() -> str:
    """Return the rules for programs that show mail in the dark, which cannot stand on the elements."""
    return mark_safe(render_to_string("email/newsletters/dark.css"))  # noqa: S308  a template of our own


def compiled_mails(issue: Issue, blocks: Sequence[Block], targets: Mapping[str, int]) -> dict[str, bytes]:
    """Return the mails of an issue as the outbox keeps them: per language, and again for who lets us count."""
    mails = {}
    for language in LANGUAGES:
        mails[language] = as_bytes(issue, write_mail(issue, blocks, language), HOLES)
        if targets:
            counted = write_mail(
                issue,
                blocks,
                language,
                link=lambda address: link_address(targets[address]) if address in targets else address,
                pixel=pixel_address(issue.pk),
            )
            mails[language + COUNTING] = as_bytes(issue, counted, (*HOLES, COUNTED))
    return mails


def as_bytes(issue: Issue, mail: IssueMail, holes: Sequence[str]) -> bytes:
    """Return a mail with the headers that every issue carries (D17); the outbox adds its own."""
    return compile_mail(
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        language=mail.language,
        headers=headers_of(issue.newsletter),
        holes=holes,
    )


def headers_of(newsletter: Newsletter) -> dict[str, str]:
    """Return the headers of a list (RFC 2919, RFC 2369, RFC 8058)."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {
        "List-Id": f"<{newsletter.slug}.nieuwsbrief.{host}>",
        "List-Unsubscribe": f"<{hole(UNSUBSCRIBE)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def content_hash(issue: Issue, blocks: Sequence[Block]) -> str:
    """Return a fingerprint of all that readers get; an approval is for exactly this."""
    parts = [(mail.subject, mail.text, mail.html) for mail in (write_mail(issue, blocks, name) for name in LANGUAGES)]
    return sha256(repr((parts, issue.segment, issue.newsletter_id)).encode()).hexdigest()


def greeting_of(name: str, language: str) -> str:
    """Return how a mail begins; without a name it still does."""
    with override(language.removesuffix(COUNTING)):
        return _("Beste %(name)s,") % {"name": " ".join(name.split())} if name.strip() else _("Beste lezer,")
