"""A template as mail: MJML compiled to HTML, a text part, and a draft that mail programs open (R92, D17)."""

import base64
import hashlib
import html
import re
from email.message import EmailMessage
from email.policy import SMTP

from django.template.loader import render_to_string
from mjml import mjml2html

from comms.cobranding.logos.placing import clear_space, fitted
from comms.cobranding.renderings.material import LogoPicture, Material, actions_heading
from comms.cobranding.texts import Block
from comms.renderings.labels import BACKGROUND, COLOURS

LOGO_WIDTH, LOGO_HEIGHT = 240, 90
#: The name under which the mail refers to the picture inside it.
CONTENT_ID = "beeldmerk"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_STYLE_ATTRIBUTE = re.compile(r'\sstyle="([^"]*)"')
_STYLE_ELEMENT = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def subject_of(material: Material) -> str:
    """Return the subject: one line that begins with the label."""
    return f"[{material.label}] {material.title}"


def as_mail_html(material: Material) -> str:
    """Return the mail as one file, with the logo inside it."""
    logo = material.logo_on_light
    source = f"data:image/png;base64,{base64.b64encode(logo.content).decode()}" if logo else ""
    return _compiled(material, source)


def as_mail_text(material: Material) -> str:
    """Return the text part: first and last line are the label."""
    parts = [material.label_line, material.opening, material.title]
    parts += [_words(block, material) for block in material.blocks]
    parts += [material.contact, "\n".join(material.closing_lines), material.label]
    return "\n\n".join(part for part in parts if part) + "\n"


def as_eml(material: Material) -> bytes:
    """Return a draft with text, HTML and logo that a mail program opens to be sent; nobody is addressed in it."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject_of(material)
    message["X-Unsent"] = "1"
    message.set_content(as_mail_text(material))
    logo = material.logo_on_light
    message.add_alternative(_compiled(material, f"cid:{CONTENT_ID}" if logo else ""), subtype="html")
    if logo:
        part = message.get_payload()[1]  # type: ignore[index]
        part.add_related(logo.content, "image", "png", cid=f"<{CONTENT_ID}>", filename="beeldmerk.png")  # type: ignore[union-attr]
    _name_boundaries(message)
    message["Content-Language"] = material.language  # at last: a part takes such headers along
    return message.as_bytes()


def _name_boundaries(message: EmailMessage) -> None:
    """Let equal mails be equal bytes: the parts are told apart by a digest of all that is in them.

    Nobody can type it, because what is typed changes it.
    """
    content = [part.get_payload() for part in message.walk() if not part.is_multipart()]
    digest = hashlib.sha256("\0".join(map(str, content)).encode()).hexdigest()[:40]
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{digest}_{number}")


def preview_policy(page: str) -> str:
    """Return the content security policy under which a browser shows a mail: its own styles and pictures, no more.

    Each style is named by its hash, so that nothing else on the page gets one; there is no script in a sandbox.
    """
    shown = _COMMENT.sub("", page)
    styles = {html.unescape(one) for one in _STYLE_ATTRIBUTE.findall(shown)} | set(_STYLE_ELEMENT.findall(shown))
    hashes = sorted(base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles)
    allowed = " ".join(f"'sha256-{one}'" for one in hashes)
    return f"default-src 'none'; img-src data:; style-src 'unsafe-hashes' {allowed}; frame-ancestors 'self'; sandbox"


def _compiled(material: Material, source: str) -> str:
    """Fill the MJML and compile it; Django has escaped what people wrote."""
    logo = material.logo_on_light
    context = {
        "material": material,
        "subject": subject_of(material),
        "actions_heading": actions_heading(),
        "tlp_colour": COLOURS[material.tlp],
        "tlp_background": BACKGROUND,
        "logo": _placed(logo, source) if logo else None,
    }
    compiled: str = mjml2html(render_to_string("cobranding/mail.mjml", context))
    return compiled


def _placed(logo: LogoPicture, source: str) -> dict[str, object]:
    width, height = fitted(logo.width, logo.height, LOGO_WIDTH, LOGO_HEIGHT)
    return {"source": source, "width": round(width), "clear": round(clear_space(height))}


def _words(block: Block, material: Material) -> str:
    if block.kind == "actions":
        return "\n".join([actions_heading().upper(), *(f"- {action}" for action in material.actions)])
    if block.kind == "heading":
        return block.lines[0].upper()
    return "\n".join(f"- {line}" for line in block.lines) if block.kind == "list" else "\n".join(block.lines)
