"""The building blocks of every page, as `/stijlgids/` shows them.

A tag takes plain values and escapes them; block tags wrap what the page writes between them. Names of CSS
classes follow the NL Design System (`utrecht-*`), our own start with `cwn-`.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, Form
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import escape_leading_slashes
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cwn.core.graphics import relation_nodes

register = template.Library()

#: The main menu: address name, words, and the other pages that belong to the same part of the site.
NAVIGATION = (
    ("home", pgettext_lazy("menu", "Overzicht"), ()),
    ("publication_list", _("Informatie"), ("publication_detail",)),
    ("event_list", pgettext_lazy("menu", "Agenda"), ("event_detail",)),
    ("organisation_list", _("Partners"), ("organisation_detail",)),
    ("initiative_list", _("Initiatieven"), ("initiative_detail",)),
    (
        "function_list",
        _("Functies"),
        ("function_detail", "function_changes", "function_phase", "function_phase_period"),
    ),
    ("faq_list", _("Vragen"), ("faq_detail",)),
    ("join", _("Meedoen"), ()),
)
#: What each language calls itself, so that its readers find it.
OWN_NAMES = {"nl": "Nederlands", "en": "English", "pap": "Papiamentu"}


# --- frame of the page -------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def primary_navigation(context: Context) -> SafeString:
    """Render the main menu with the part of the site that the reader is in marked as current."""
    match = getattr(context.get("request"), "resolver_match", None)
    page = match.url_name if match else ""
    part = next((name for name, _label, pages in NAVIGATION if page == name or page in pages), "")
    return _navigation(get_language() or "", part, "page" if page == part else "true")


@lru_cache(maxsize=64)
def _navigation(language: str, part: str, current: str) -> SafeString:
    """Render the menu once per language and place: it is on every page and costs six `reverse` calls."""
    items = format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        (
            (reverse(name), format_html(' aria-current="{}"', current) if name == part else "", label)
            for name, label, _pages in NAVIGATION
        ),
    )
    return format_html('<ul class="cwn-nav__list">{}</ul>', items)


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> SafeString:
    """Link this page, filters included, in the other languages; plain links, so that no cookie is needed."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    here, current = request.get_full_path(), get_language()
    bare = here.removeprefix(f"/{current}") if here.startswith(f"/{current}/") else here
    return format_html_join(
        "",
        '<li><a href="{}" hreflang="{}" lang="{}">{}</a></li>',
        (
            (_in_language(bare, code), code, code, OWN_NAMES.get(code, name))
            for code, name in settings.LANGUAGES
            if code != current
        ),
    )


def _in_language(path: str, code: str) -> str:
    """Return the address in a language; `//host` behind a prefix must not become an address elsewhere."""
    path = escape_leading_slashes(path)
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*trail: Any) -> dict[str, Any]:
    """Show where the page lies: label, address, label, address, …, label of the page itself."""
    labels, addresses = trail[::2], [*trail[1::2], ""]
    return {"steps": list(zip(labels, addresses, strict=False))}


@register.simple_block_tag
def page_header(content: str, title: str, lead: str = "", kind: str = "") -> SafeString:
    """Open a page with its only `h1`; between the tags comes what stands beside it, such as badges."""
    return _render("page_header", title=title, lead=lead, kind=kind, content=content)


@register.inclusion_tag("components/search_box.html")
def search_box(key: str = "zoeken", value: str = "", compact: bool = False, action: str = "") -> dict[str, Any]:
    """Show a search box that works as a plain form; `cwn.js` adds suggestions."""
    return {"action": action or reverse("home"), **_search_field(key, value, compact)}


@register.inclusion_tag("components/search_field.html")
def search_field(key: str = "zoeken", value: str = "") -> dict[str, Any]:
    """Show the box and button of `search_box` for a page that has a form of its own around them."""
    return _search_field(key, value, compact=False)


def _search_field(key: str, value: str, compact: bool) -> dict[str, Any]:
    return {
        "id": key,
        "value": value,
        "label": _("Zoek in het portaal") if compact else _("Zoek in het netwerk"),
        "placeholder": "" if compact else _("Bijvoorbeeld: zorg Zeeland"),
        "suggestions_url": reverse("suggestions"),
    }


# --- words in a box ----------------------------------------------------------------------------------
@register.simple_tag
def badge(label: str, tone: str = "neutral") -> SafeString:
    """Show a status in words; the tone (neutral, info, success, warning, danger) only adds to them."""
    return format_html('<span class="utrecht-badge-status utrecht-badge-status--{}">{}</span>', tone, label)


@register.simple_tag
def tlp(label: str, meaning: str = "") -> SafeString:
    """Show a TLP 2.0 label in the colours that FIRST prescribes, and beside it what it means."""
    colour = label.removeprefix("TLP:").split("+")[0].lower()
    badge = format_html('<span class="cwn-tlp cwn-tlp--{}">TLP:{}</span>', colour, label.removeprefix("TLP:"))
    return format_html('<p class="cwn-row">{} <span>{}</span></p>', badge, meaning) if meaning else badge


@register.filter
def message_tone(level: str) -> str:
    """Turn the level of a Django message into the tone of an alert."""
    return {"success": "success", "warning": "warning", "error": "danger"}.get(level, "info")


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "", role: str = "") -> SafeString:
    """Show a message in the page: info, success, warning or danger."""
    return _render("alert", tone=tone, title=title, role=role, content=content)


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    """Say that there is nothing, why, and what the reader can do now."""
    return _render("empty_state", title=title, content=content)


@register.simple_block_tag
def hint(content: str, question: str) -> SafeString:
    """Explain a term where it is used; opens on click or key, never on hovering."""
    return _render("hint", question=question, content=content)


@register.simple_block_tag
def dialog(content: str, key: str, button: str, title: str, tone: str = "") -> SafeString:
    """Show a button that opens a dialog, without JavaScript; for a detour, never for a necessary step."""
    return _render("dialog", id=key, button=button, title=title, tone=tone, content=content)


# --- data --------------------------------------------------------------------------------------------
@register.simple_block_tag
def table(content: str, caption: str, hide_caption: bool = False) -> SafeString:
    """Wrap the head and body of a table: captioned, and scrollable by keyboard on a small screen."""
    return _render("table", caption=caption, hide_caption=hide_caption, content=content)


@register.simple_block_tag
def description_list(content: str) -> SafeString:
    """Wrap the `description` rows of a detail page."""
    return format_html('<dl class="utrecht-data-list">{}</dl>', content)


@register.simple_block_tag
def description(content: str, label: str) -> SafeString:
    """Show one fact of a detail page, or nothing when there is nothing to tell."""
    if not content.strip():
        return SafeString("")
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.inclusion_tag("components/relation_map.html")
def relation_map(name: str, relations: Sequence[Any]) -> dict[str, Any]:
    """Show the organisations around one organisation, in a drawing and in a table that says the same."""
    return {"name": name, "relations": relations, "nodes": relation_nodes(len(relations))}


@register.inclusion_tag("components/stat.html")
def stat(value: Any, label: str, url: str = "") -> dict[str, Any]:
    """Show one figure with its meaning."""
    return {"value": value, "label": label, "url": url}


@register.inclusion_tag("components/logo.html")
def logo(name: str, url: str = "", small: bool = False) -> dict[str, Any]:
    """Show a partner's own logo on white with clear space around it, or its name (R17)."""
    return {"name": name, "url": url, "small": small}


# --- on the way --------------------------------------------------------------------------------------
@register.inclusion_tag("components/progress.html")
def progress(label: str, value: int, maximum: int) -> dict[str, Any]:
    """Show how much of something is done, in words and as a bar."""
    return {"id": f"voortgang-{slugify(label)}", "label": label, "value": value, "maximum": maximum}


@register.inclusion_tag("components/steps.html")
def steps(labels: Sequence[str], current: int) -> dict[str, Any]:
    """Show the steps of a form; `current` counts from 1."""
    return {"labels": labels, "current": current}


@register.inclusion_tag("components/tabs.html")
def tabs(label: str, items: Sequence[tuple[str, str]], current: str) -> dict[str, Any]:
    """Show the pages of one subject as links; `items` are pairs of title and address."""
    return {
        "label": label,
        "items": items,
        "current": current,
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: Form) -> dict[str, Any]:
    """List what is wrong in a form, above it, each line a link to its field."""
    return {"form": form}


@register.filter
def focus_id(field: BoundField) -> str:
    """Return the id of the element to go to for an error: the field, or the first of its choices."""
    return field.id_for_label or f"{field.auto_id}_0"


def _render(component: str, **values: Any) -> SafeString:
    return render_to_string(f"components/{component}.html", values)
