"""Texts that people wrote, on a page: in the right language, formatted, or as data for search engines."""

import json
import re
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cwn.core.markdown import render_markdown

register = template.Library()

#: What could end the script element or start another; the JSON stays the same.
JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def in_language(row: Any, field: str) -> str:
    """Return a field in the language of the page; Dutch, and marked as Dutch, where there is no English yet."""
    dutch: str = getattr(row, field)
    if get_language() != "en":
        return dutch
    english: str = getattr(row, f"{field}_en")
    return english or (format_html('<span lang="nl">{}</span>', dutch) if dutch else "")


@register.filter
def markdown_in_language(row: Any, field: str) -> SafeString:
    """Return a field with its formatting in the language of the page, like `in_language`."""
    english: str = getattr(row, f"{field}_en") if get_language() == "en" else ""
    marked = SafeString("" if english or get_language() != "en" else ' lang="nl"')
    return format_html('<div class="cwn-stack"{}>{}</div>', marked, render_markdown(english or getattr(row, field)))


@register.filter
def json_ld(facts: dict[str, Any]) -> SafeString:
    """Return public facts as structured data; a block of data, which no browser executes."""
    data = json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False).translate(JSON_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(data))  # noqa: S308  escaped above


@register.filter
def own_links(text: str) -> SafeString:
    """Make links of addresses of the portal, and of nothing else that somebody got into a mail (D01)."""
    own = re.compile(rf"(?<!\S){re.escape(settings.SITE_URL)}/\S*")
    linked = own.sub(r'<a href="\g<0>">\g<0></a>', conditional_escape(text))
    return mark_safe(linked)  # noqa: S308  escaped above
