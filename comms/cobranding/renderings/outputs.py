"""Which files each form gives, and the pictures in which the library shows them."""

from collections.abc import Callable
from functools import lru_cache

from django.utils.translation import override

from comms.cobranding.enums import TemplateFormat
from comms.cobranding.renderings.document import as_docx
from comms.cobranding.renderings.mail import as_eml, as_mail_html, as_mail_text
from comms.cobranding.renderings.material import Material, Rendered
from comms.cobranding.renderings.paper import as_pdf, as_picture, page_picture
from comms.cobranding.renderings.slides import as_pptx
from comms.cobranding.renderings.social import alt_text_file, social_text

_OFFICE = "application/vnd.openxmlformats-officedocument"
TXT, HTML, PDF = "text/plain; charset=utf-8", "text/html; charset=utf-8", "application/pdf"
DOCX, PPTX = f"{_OFFICE}.wordprocessingml.document", f"{_OFFICE}.presentationml.presentation"

#: Form → ending → content type and renderer, the usual one first.
OUTPUTS: dict[TemplateFormat, dict[str, tuple[str, Callable[[Material], bytes]]]] = {
    TemplateFormat.MAIL: {
        "html": (HTML, lambda material: as_mail_html(material).encode()),
        "eml": ("message/rfc822", as_eml),
        "txt": (TXT, lambda material: as_mail_text(material).encode()),
    },
    TemplateFormat.SOCIAL: {"txt": (TXT, lambda material: social_text(material).encode())},
    TemplateFormat.PRESS: {"docx": (DOCX, as_docx), "pdf": (PDF, as_pdf)},
    TemplateFormat.ONE_PAGER: {"pdf": (PDF, as_pdf)},
    TemplateFormat.WORD: {"docx": (DOCX, as_docx)},
    TemplateFormat.SLIDES: {"pptx": (PPTX, as_pptx)},
    TemplateFormat.IMAGE: {"png": ("image/png", as_picture), "txt": (TXT, alt_text_file)},
}


def render(material: Material, ending: str) -> Rendered:
    """Return one file of a form, in the language of the template; `KeyError` for an ending that it has not."""
    content_type, renderer = OUTPUTS[material.format][ending]
    with override(material.language):
        return Rendered(ending, content_type, renderer(material))


@lru_cache(maxsize=128)
def preview(material: Material) -> bytes:
    """Return a PNG of the first page or picture; what it shows is its own key, so a change makes a new one."""
    with override(material.language):
        if material.format in (TemplateFormat.IMAGE, TemplateFormat.SLIDES):
            return as_picture(material)
        return page_picture(material)
