"""The banner about a raised phase, on every page of the people whom it concerns (R45)."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from functions.base.phases import phases_for

register = template.Library()

#: Phases in the banner; it must leave room for the page, and the list of functions has them all.
MOST_SHOWN = 2
#: Banners by what they say: every page of everybody whom a phase concerns has the same one.
_written: dict[tuple[Any, ...], SafeString] = {}
MOST_KEPT = 100


@register.simple_tag(takes_context=True)
def phase_banner(context: Context) -> SafeString:
    """Show the raised phases that concern the reader; a visitor gets nothing and costs nothing."""
    user: Any = context.get("user")
    phases = phases_for(user) if user is not None and user.is_authenticated else []
    if not phases:
        return SafeString("")
    said = tuple((one.phase, one.function, one.scope, one.began_at) for one in phases[:MOST_SHOWN])
    key = (get_language(), said, len(phases))
    if key not in _written:
        if len(_written) >= MOST_KEPT:
            _written.clear()
        shown = {"phases": phases[:MOST_SHOWN], "number_of_others": len(phases[MOST_SHOWN:])}
        _written[key] = render_to_string("functions/_phase_banner.html", shown)
    return _written[key]
