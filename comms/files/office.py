"""Office files: only words, numbers and pictures; no programs, no files inside, nothing from elsewhere (B08).

Parts are read by a real XML parser without building a tree, so that no spelling of an attribute hides it and no
part fills the memory.
"""

import re
from collections.abc import Callable

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comms.files.archives import Package, not_an_office_file

Attributes = dict[str, str]

#: The main part of each type, as its package names it.
_MAIN_PARTS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
#: Content types of parts that run, or that hold another file.
_HARMFUL_TYPES = re.compile(
    r"macroenabled|vbaproject|activex|oleobject|html|rfc822|msdownload|webextension", re.IGNORECASE
)
#: Kinds of relations of parts that run, or that bring in something from elsewhere.
_HARMFUL_RELATIONS = re.compile(
    r"/(?:vbaProject|wordVbaData|attachedTemplate|externalLink|externalLinkPath|oleObject|package|control|afChunk"
    r"|activeXControl\w*|subDocument|frame|connections|queryTable|webextension\w*|extensibility)\Z",
    re.IGNORECASE,
)
_PROGRAM_PARTS = re.compile(r"(?:^|/)(?:vbaproject|activex|macros?|basic|scripts|dialogs)(?:[./]|\d|$)", re.IGNORECASE)
_FILE_PARTS = re.compile(
    r"(?:^|/)(?:embeddings|externallinks|webextensions)/|^Object \d+$"
    r"|\.(?:exe|dll|js|vbs|bat|cmd|ps1|lnk|jar|html?|svg|docm?|xlsm|pptm|zip|ole)$",
    re.IGNORECASE,
)
#: Printers leave their settings behind; other binary parts are refused.
_PRINTER_SETTINGS = re.compile(r"/printerSettings\d*\.bin$")
#: Fields of Word and functions of Excel that run a program or fetch a file.
_HARMFUL_FIELDS = re.compile(r"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|RD)\b", re.IGNORECASE)
_HARMFUL_FORMULAS = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER|REGISTER\.ID|EXEC|IMAGE)\s?\(|\|\s?'", re.IGNORECASE)
_FORMULAS = {"docx": ("instrText", "instr", _HARMFUL_FIELDS), "xlsx": ("f", "", _HARMFUL_FORMULAS)}
#: Where a hyperlink may lead.
_SAFE_TARGET = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
#: Elements of OpenDocument that run or fetch, and addresses that do.
_ODF_PROGRAMS = {"event-listener", "script", "applet", "plugin", "object-ole"}
_ODF_SOURCES = {"dde-source", "dde-link", "dde-connection-decl", "table-source", "section-source", "floating-frame"}
_ODF_RUNS = re.compile(r"\s*(?:vnd\.sun\.star\.|macro:|javascript:|service:)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\|\.\./)", re.IGNORECASE)
_HREF = "{http://www.w3.org/1999/xlink}href"


def inspect_open_xml(content: bytes, extension: str, *, forbidden: bytes) -> None:
    """Refuse a Word, Excel or PowerPoint file that is more than a document."""
    package = _opened(content, forbidden)
    types: list[str] = []
    _walk(package.read("[Content_Types].xml"), lambda _name, found: types.append(found.get("ContentType", "")))
    if any(_HARMFUL_TYPES.search(one) for one in types):
        raise _has_programs()
    if _MAIN_PARTS[extension] not in types:
        raise not_an_office_file()
    for relations in package.parts(".rels"):
        _walk(relations, _inspect_relation)
    if extension in _FORMULAS:
        element, attribute, harmful = _FORMULAS[extension]
        for part in package.parts(".xml"):
            if harmful.search(_words_in(part, element, attribute)):
                raise _fetches()


def _inspect_relation(_name: str, attributes: Attributes) -> None:
    """Refuse a relation to a program or to something elsewhere; a hyperlink may leave."""
    kind, target = attributes.get("Type", ""), attributes.get("Target", "").strip()
    if _HARMFUL_RELATIONS.search(kind):
        raise _fetches()
    is_elsewhere = attributes.get("TargetMode", "").lower() == "external" or "://" in target or target[:2] == "\\\\"
    if is_elsewhere and not (kind.endswith("/hyperlink") and _SAFE_TARGET.match(target)):
        raise _fetches()


def inspect_open_document(content: bytes, content_type: str, *, forbidden: bytes) -> None:
    """Refuse a LibreOffice file that is more than a document."""
    package = _opened(content, forbidden)
    if package.names[0] != "mimetype" or package.read("mimetype") != content_type.encode():
        raise not_an_office_file()
    if "META-INF/manifest.xml" not in package.names:
        raise not_an_office_file()
    for part in filter(None, package.parts(".xml")):  # LibreOffice leaves empty parts
        _walk(part, _inspect_element)


def _inspect_element(name: str, attributes: Attributes) -> None:
    """Refuse an element of OpenDocument that runs, or that brings in something from elsewhere."""
    if name == "encryption-data":
        raise ValidationError(_("Dit bestand is versleuteld. Haal het wachtwoord eraf."))
    if name in _ODF_PROGRAMS or any(_ODF_RUNS.match(value) for value in attributes.values()):
        raise _has_programs()
    if name in _ODF_SOURCES:
        raise _fetches()
    target = attributes.get(_HREF, "")
    may_leave = name == "template" or (name == "a" and _SAFE_TARGET.match(target.strip()))
    if _ELSEWHERE.match(target) and not may_leave:
        raise _fetches()


def _opened(content: bytes, forbidden: bytes) -> Package:
    package = Package(content, forbidden=forbidden)
    for name in package.names:
        if _PROGRAM_PARTS.search(name):
            raise _has_programs()
        if _FILE_PARTS.search(name) or (name.lower().endswith(".bin") and not _PRINTER_SETTINGS.search(name)):
            raise ValidationError(_("In dit bestand zit een ander bestand. Voeg dat apart toe of plak een plaatje."))
    return package


class _Target:
    """What the parser hands its findings to."""

    def __init__(self, see: Callable[[str, Attributes], None], hear: Callable[[str], None] | None = None) -> None:
        self._see = see
        if hear:
            self.data = hear

    def start(self, tag: str, attributes: Attributes) -> None:
        self._see(tag.rpartition("}")[2], attributes)

    def close(self) -> None:
        """Nothing was built."""


def _walk(part: bytes, see: Callable[[str, Attributes], None], hear: Callable[[str], None] | None = None) -> None:
    """Show each element of a part to a function, and its words to another."""
    try:
        parser = DefusedXMLParser(target=_Target(see, hear), forbid_dtd=True)
        parser.feed(part)
        parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise not_an_office_file() from None


def _words_in(part: bytes, element: str, attribute: str) -> str:
    """Return the words in one kind of element together, since a word may be cut over several of them."""
    words: list[str] = []
    inside = [False]

    def see(name: str, attributes: Attributes) -> None:
        inside[0] = name == element
        if not inside[0] and words[-1:] != [" "] and element == "f":
            words.append(" ")
        words.extend(f" {value} " for key, value in attributes.items() if attribute and key.endswith("}" + attribute))

    def hear(text: str) -> None:
        if inside[0]:
            words.append(text)

    _walk(part, see, hear)
    return "".join(words)


def _has_programs() -> ValidationError:
    return ValidationError(_("In dit bestand zitten macro's of andere programma's. Sla het op zonder macro's."))


def _fetches() -> ValidationError:
    return ValidationError(
        _("Dit bestand haalt iets op van elders, zoals een sjabloon of gegevens. Verbreek die koppeling.")
    )
