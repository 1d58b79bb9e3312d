"""The cover sheet in a mail: a block of HTML that stands on its own, and how much of it the label lets through.

Mail programs know no stylesheets, so the declarations of `static/css/mail.css` are written onto the elements. The
preview in the portal has the same elements with that stylesheet instead: the pages of the portal have no inline
styles (strict CSP).
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from comms.enums import RESTRICTED, Tlp
from comms.renderings.labels import MailAudience, refuse_to_mail
from comms.renderings.outline import cleaned, cleaned_text, facts, headings
from comms.renderings.text import as_text
from comms.sheet import CoverSheet

#: One rule of mail.css: `.name { declarations }` on one line, after `.cwn-mail-dark` where it is for the dark.
_RULE = re.compile(r"^(\.cwn-mail-dark )?\.(cwn-mail__[\w-]+) \{ (.+) \}$", re.MULTILINE)
#: A class of the block in our own template; in what people wrote the quotes are escaped.
_CLASS = re.compile(r'class="(cwn-mail__[\w-]+)(?: (cwn-mail__[\w-]+))?"(?! style)')


@dataclass(frozen=True, slots=True)
class MailForm:
    """What a mail about a publication may hold."""

    subject: str
    text: str
    html: str


def mail_form(
    sheet: CoverSheet, audience: MailAudience, *, brand: str = "Cyberweerbaarheidsnetwerk", tagline: str = ""
) -> MailForm:
    """Return a mail as its label allows: all of the sheet, title and address, or that there is a message.

    The subject always starts with the label. Raises `NotToBeMailed` when even that may not reach the audience.
    """
    refuse_to_mail(sheet, audience)
    sheet = cleaned(sheet)
    with override(sheet.language):
        if sheet.tlp in RESTRICTED:
            notice = _notice(sheet)
            title, text = notice["title"], render_to_string("email/comms/notice.txt", notice).strip() + "\n"
            block = _styled(render_to_string("email/comms/notice.html", notice))
        else:
            title, text, block = sheet.title, as_text(sheet), as_mail_block(sheet)
    subject = " ".join(f"[{sheet.tlp.label}] {title}".split())
    return MailForm(subject, text, framed(block, subject, sheet.language, brand=brand, tagline=tagline))


def framed(block: SafeString, subject: str, language: str, *, brand: str, tagline: str) -> str:
    """Put a block into a whole HTML mail, with the rules for programs that show it in the dark."""
    context = {"block": block, "subject": subject, "language": language, "brand": brand, "tagline": tagline}
    return _styled(render_to_string("email/comms/frame.html", {**context, "dark_rules": _dark_rules()}))


def as_mail_block(sheet: CoverSheet) -> SafeString:
    """Return a sheet as HTML to put into a mail, every style on its own element."""
    return _styled(_block(sheet))


def as_mail_preview(sheet: CoverSheet, *, dark: bool = False) -> str:
    """Return a page that shows the mail as programs in light or dark do, with a stylesheet of the portal."""
    context = {"block": _block(sheet), "language": sheet.language, "title": cleaned_text(sheet.title), "dark": dark}
    return render_to_string("comms/mail_preview.html", context)


def _block(sheet: CoverSheet) -> SafeString:
    sheet = cleaned(sheet)
    with override(sheet.language):
        return render_to_string(
            "email/comms/sheet.html",
            {"sheet": sheet, "tlp": sheet.tlp, "facts": facts(sheet), "elements": headings()},
        )


def _styled(html: str) -> SafeString:
    """Write the declarations of each class onto its element; the class stays, for the dark.

    What has a style already is left alone, so that a block inside a frame is styled once.
    """
    light, _dark = _looks()

    def with_style(match: re.Match[str]) -> str:
        declarations = " ".join(light.get(name, "") for name in match.groups() if name).strip()
        return f'{match[0]} style="{declarations}"'

    return mark_safe(_CLASS.sub(with_style, html))  # noqa: S308  a template has escaped what people wrote


def _dark_rules() -> SafeString:
    """Return the rules that turn the styles on the elements to dark, for programs that know media queries."""
    _light, dark = _looks()
    rules = (f".{name} {{ {declarations.replace(';', ' !important;')} }}" for name, declarations in dark.items())
    return mark_safe("\n".join(rules))  # noqa: S308  from our own stylesheet


@cache
def _looks() -> tuple[dict[str, str], dict[str, str]]:
    """Read class → declarations from the stylesheet, for light and for dark."""
    found = finders.find("css/mail.css")
    rules = _RULE.findall(Path(str(found)).read_text())
    light = {name: declarations for dark, name, declarations in rules if not dark}
    return light, {name: declarations for dark, name, declarations in rules if dark}


def _notice(sheet: CoverSheet) -> dict[str, str]:
    """Return what a mail about a restricted sheet says; for TLP:RED not even what it is about.

    The address of a page holds its title, so TLP:RED has another one: that of the portal, if none was given.
    """
    if sheet.tlp == Tlp.RED:
        front = urlunsplit((*urlsplit(sheet.url)[:2], "/", "", ""))
        return {"tlp": sheet.tlp, "title": gettext("U heeft een bericht"), "url": sheet.discreet_url or front}
    return {"tlp": sheet.tlp, "title": sheet.title, "url": sheet.url}
