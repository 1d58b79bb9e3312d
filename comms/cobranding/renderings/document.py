"""A template as Word document, for a press release and for other uses; built by code, so no binary is kept (R96)."""

from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from comms.cobranding.enums import TemplateFormat
from comms.cobranding.logos.placing import clear_space, fitted
from comms.cobranding.renderings.material import LogoPicture, Material, actions_heading
from comms.cobranding.texts import Block
from comms.renderings.labels import BACKGROUND, COLOURS

INK, BRAND = RGBColor(0x14, 0x21, 0x1F), RGBColor(0x0B, 0x59, 0x52)
LOGO_WIDTH, LOGO_HEIGHT = Mm(55), Mm(20)
FONT = "Verdana"


def as_docx(material: Material) -> bytes:
    """Return a Word document with headings, lists and language, and the label in the header and footer of each page.

    The actions stand in a content control that Word keeps closed to changes.
    """
    document = Document()
    _set_up(document, material)
    _frame(document.sections[0], material)
    if material.format == TemplateFormat.PRESS:
        document.add_paragraph(f"{_('Persbericht')} · {material.day_in_words}")
    document.add_heading(material.title, level=1)
    if material.opening:
        document.add_paragraph(material.opening)
    for block in material.blocks:
        _write(document, block, material)
    if material.contact:
        if material.format == TemplateFormat.PRESS:
            document.add_heading(_("Noot voor de redactie"), level=2)
        document.add_paragraph(material.contact)
    for line in material.closing_lines:
        document.add_paragraph(line).runs[0].font.size = Pt(9)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _set_up(document: Any, material: Material) -> None:
    """Set the type, the language and the facts of the file."""
    for name, size in (("Normal", 11), ("Heading 1", 20), ("Heading 2", 14)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = INK if name == "Normal" else BRAND
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"nl": "nl-NL", "en": "en-GB"}.get(material.language, material.language))
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    moment = datetime.combine(material.day, time(), UTC)
    facts = document.core_properties
    facts.title, facts.author, facts.language = material.title, material.maker[:250], material.language
    facts.keywords, facts.comments, facts.subject = material.label, "", material.brand[:250]
    facts.created = facts.modified = moment
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)


def _frame(section: Any, material: Material) -> None:
    """Put brand, logo and label in the header, and maker and label in the footer."""
    header = section.header.paragraphs[0]
    _label(header, material)
    brand = section.header.add_paragraph()
    brand.add_run(material.brand).bold = True
    brand.add_run(f" – {material.tagline}" if material.tagline else "")
    if material.logo_on_light:
        _logo(section.header.add_paragraph(), material.logo_on_light, material.partner)
    footer = section.footer.paragraphs[0]
    _label(footer, material)
    section.footer.add_paragraph().add_run(material.maker_line).font.size = Pt(9)


def _label(paragraph: Any, material: Material) -> None:
    run = paragraph.add_run(f" {material.label} ")
    run.bold, run.font.size = True, Pt(11)
    run.font.color.rgb = RGBColor.from_string(COLOURS[material.tlp].removeprefix("#"))
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", BACKGROUND.removeprefix("#"))):
        shade.set(qn(f"w:{name}"), value)
    run._r.get_or_add_rPr().append(shade)


def _logo(paragraph: Any, logo: LogoPicture, partner: str) -> None:
    """Set the logo in its own place with the space around it that it asks for."""
    width, height = fitted(logo.width, logo.height, LOGO_WIDTH, LOGO_HEIGHT)
    space = Emu(int(clear_space(height)))
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = space
    paragraph.paragraph_format.right_indent = space
    picture = paragraph.add_run().add_picture(BytesIO(logo.content), Emu(int(width)), Emu(int(height)))
    picture._inline.docPr.set("descr", _("Beeldmerk van %(partner)s") % {"partner": partner})


def _write(document: Any, block: Block, material: Material) -> None:
    if block.kind == "actions":
        _write_actions(document, material)
    elif block.kind == "heading":
        document.add_heading(block.lines[0], level=2)
    elif block.kind == "list":
        for line in block.lines:
            document.add_paragraph(line, style="List Bullet")
    else:
        paragraph = document.add_paragraph()
        for number, line in enumerate(block.lines):
            if number:
                paragraph.add_run().add_break()
            paragraph.add_run(line)


def _write_actions(document: Any, material: Material) -> None:
    """Write the action perspective into a content control that can neither be changed nor taken away."""
    paragraphs = [document.add_heading(actions_heading(), level=2)]
    paragraphs += [document.add_paragraph(action, style="List Bullet") for action in material.actions]
    control, facts, content = (OxmlElement(name) for name in ("w:sdt", "w:sdtPr", "w:sdtContent"))
    for name, value in (
        ("alias", _("Handelingsperspectief")),
        ("tag", "handelingsperspectief"),
        ("lock", "sdtContentLocked"),
    ):
        fact = OxmlElement(f"w:{name}")
        fact.set(qn("w:val"), value)
        facts.append(fact)
    control.append(facts)
    paragraphs[0]._p.addprevious(control)
    for paragraph in paragraphs:
        content.append(paragraph._p)
    control.append(content)
