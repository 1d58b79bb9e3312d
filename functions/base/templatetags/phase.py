"""The banner about a raised phase, on every page of the people whom it concerns (R45)."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from functions.base.phases import phases_for

register = template.Library()

#: Phases in the banner; it must leave room for the page, and the list of functions has them all.
MOST_SHOWN = 2


@register.simple_tag(takes_context=True)
def phase_banner(context: Context) -> SafeString:
    """Show the raised phases that concern the reader; a visitor gets nothing and costs nothing."""
    user: Any = context.get("user")
    phases = phases_for(user) if user is not None and user.is_authenticated else []
    if not phases:
        return SafeString("")
    shown = {"phases": phases[:MOST_SHOWN], "number_of_others": len(phases[MOST_SHOWN:])}
    return render_to_string("functions/_phase_banner.html", shown)
