"""What the pages of the desk show in more than one place."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comms.enums import PublicationStatus
from comms.models import Publication
from comms.writers import works_here
from cwn.core.markdown import render_article
from cwn.core.templatetags.components import badge

register = template.Library()
register.filter(works_here)
_TAGS = {"gone": "del", "new": "ins"}


@register.simple_tag
def status_badge(publication: Publication) -> SafeString:
    """Show where a publication stands."""
    status = PublicationStatus(publication.status)
    return badge(str(status.label), status.tone)


@register.simple_tag
def compared(pieces: list[tuple[str, str]]) -> SafeString:
    """Show a text with what went and what came, marked for eyes and ears."""
    html = format_html_join(
        "",
        "{}",
        ((format_html("<{0}>{1}</{0}>", _TAGS[what], words) if what in _TAGS else words,) for what, words in pieces),
    )
    return format_html('<div class="cwn-compared">{}</div>', html)


@register.filter
def article(text: str) -> SafeString:
    """Render the body of a publication."""
    return render_article(text)
