"""Plain formatting in texts that people write: paragraphs, lists, emphasis and links; in articles headings too.

Two independent locks (security.md B11): the parser knows no HTML and no images, and what it makes goes through
an allow-list. A link leads to a page of this portal or to an https address, nowhere else.
"""

import re
from collections.abc import Iterable
from html import unescape

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "code", "blockquote", "a"}
ARTICLE_TAGS = TAGS | {"h2", "h3", "pre", "table", "thead", "tbody", "tr", "th", "td"}
#: An https address with a host (and no name before it), or a path of this portal; never `//host` or `/\host`.
SAFE_LINK = re.compile(r"(?:https://[a-z0-9][a-z0-9.:-]*(?:[/?#]|\Z)|/(?![/\\]))[^\s\\\x00-\x1f]*\Z", re.IGNORECASE)

_parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading", "hr", "fence", "code"])
_article_parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "lheading", "hr", "code"])
#: Finds headings, paragraphs and code of an article and leaves the words in them alone.
_block_parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "lheading", "hr", "code"])
_block_parser.core.ruler.disable("inline")


def render_markdown(text: str) -> SafeString:
    """Turn a text that somebody wrote into HTML that is safe to show."""
    return mark_safe(_clean(_parser.render(text), TAGS))  # noqa: S308  nh3 has just cleaned it


def render_article(text: str) -> SafeString:
    """Turn the body of a publication into safe HTML, with headings, tables and blocks of code.

    The title of the page is its h1, so the highest heading that the text uses becomes h2 and all below it h3,
    whatever numbers of signs the writer chose.
    """
    tokens = _article_parser.parse(text)
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((token.tag for token in headings), default="")
    for token in headings:
        token.tag = "h2" if token.tag == highest else "h3"
    html = _clean(_article_parser.renderer.render(tokens, _article_parser.options, {}), ARTICLE_TAGS)
    # After the cleaning "<table>" is a tag of the parser: what people type has become "&lt;table&gt;".
    opening = (
        f'<div class="utrecht-table-container" role="region" aria-label="{escape(_("Tabel"))}" tabindex="0">'
        '<table class="utrecht-table">'
    )
    return mark_safe(html.replace("<table>", opening).replace("</table>", "</table></div>"))  # noqa: S308


def article_blocks(text: str) -> list[Token]:
    """Return the blocks of an article as `render_article` sees them, each with the lines it came from.

    Blocks only: the words stand unparsed in the `inline` tokens, so this costs little.
    """
    return _block_parser.parse(text)


def plain_text(text: str) -> str:
    """Return the words of a text without its formatting, for the search and for summaries."""
    return _words_of(_parser.render(text))


def plain_article(text: str) -> str:
    """Return the words of an article without its formatting, like `plain_text`."""
    return _words_of(_article_parser.render(text))


def _clean(html: str, tags: Iterable[str]) -> str:
    return nh3.clean(
        html,
        tags=set(tags),
        attributes={"a": {"href"}},
        attribute_filter=_safe_attribute,
        url_schemes={"https"},
        link_rel="noopener noreferrer",
    )


def _words_of(html: str) -> str:
    return " ".join(unescape(nh3.clean(html, tags=set())).split())


def _safe_attribute(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if SAFE_LINK.match(value) else None
    return value if attribute == "rel" else None
