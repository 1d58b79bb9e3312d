"""Plain formatting in texts that people write: paragraphs, lists, emphasis and links.

Two independent locks (security.md B11): the parser knows no HTML, images or headings, and what it makes
goes through an allow-list. A link leads to a page of this portal or to an https address, nowhere else.
"""

import re
from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "code", "blockquote", "a"}
#: An https address with a host (and no name before it), or a path of this portal; never `//host` or `/\host`.
SAFE_LINK = re.compile(r"(?:https://[a-z0-9][a-z0-9.:-]*(?:[/?#]|\Z)|/(?![/\\]))[^\s\\\x00-\x1f]*\Z", re.IGNORECASE)

_parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading", "hr", "fence", "code"])


def render_markdown(text: str) -> SafeString:
    """Turn a text that somebody wrote into HTML that is safe to show."""
    return mark_safe(  # noqa: S308  nh3 has just cleaned it
        nh3.clean(
            _parser.render(text),
            tags=TAGS,
            attributes={"a": {"href"}},
            attribute_filter=_safe_attribute,
            url_schemes={"https"},
            link_rel="noopener noreferrer",
        )
    )


def plain_text(text: str) -> str:
    """Return the words of a text without its formatting, for the search and for summaries."""
    return " ".join(unescape(nh3.clean(_parser.render(text), tags=set())).split())


def _safe_attribute(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if SAFE_LINK.match(value) else None
    return value if attribute == "rel" else None
