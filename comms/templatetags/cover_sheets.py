"""The cover sheet on a page."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from comms.renderings.outline import cleaned, facts, headings
from comms.sheet import CoverSheet

register = template.Library()


@register.simple_tag
def cover_sheet(sheet: CoverSheet) -> SafeString:
    """Show a sheet, all of it in its own language and marked as such; its body and attachments stand beside it."""
    sheet = cleaned(sheet)
    with override(sheet.language):
        return render_to_string(
            "comms/_cover_sheet.html", {"sheet": sheet, "facts": facts(sheet), "elements": headings()}
        )
