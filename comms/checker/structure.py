"""How a text is built: headings, paragraphs, links, pictures and titles of files.

What keeps people with a screen reader from finding their way is an error; the rest is style.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from comms.checker.findings import CheckedText, Finding, Level
from comms.checker.lists import read_list
from comms.checker.prose import ADDRESS, Block, Prose
from cwn.core.markdown import SAFE_LINK

#: Words of a body from which it needs headings, and of a paragraph and a title from which they are long.
WORDS_WITHOUT_HEADING = 300
WORDS_OF_PARAGRAPH = 120
CHARACTERS_OF_TITLE = 110
CHARACTERS_OF_ALT = 200

_SAYS_NOTHING = frozenset(read_list("words")["says_nothing"])
_SAYS_LITTLE = frozenset(read_list("words")["says_little"])
#: An address without its scheme, or with one that nobody should use.
_ALMOST_AN_ADDRESS = re.compile(r"\A(?:http://)?(?=[\w-]{1,63}\.[\w.-]{2,200}(?:/|\Z))", re.IGNORECASE)
_FALSE_HEADING = re.compile(r"\*\*[^*\n]{1,100}+\*\*:?\Z")
_FILE_NAME = re.compile(r"[^\s]{1,200}\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|csv|txt|json|png|jpe?g|webp)\Z", re.IGNORECASE)
_CAMERA_NAME = re.compile(r"(?:img|dsc|image|afbeelding|foto|scan)[_ -]?\d+\Z", re.IGNORECASE)
_OBVIOUS_START = re.compile(r"(?:een )?(?:afbeelding|foto|plaatje|image|picture|photo) (?:van|of)\b", re.IGNORECASE)


def check_headings(_text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """Headings have words and follow each other in order; a long text has some (R2)."""
    for prose in texts:
        headings = [block for block in prose.blocks if block.kind == "heading"]
        highest = min((block.level for block in headings), default=1)
        before = highest - 1
        for block in headings:
            yield from _heading(prose, block, highest, before)
            before = block.level
        if prose.is_markdown and not headings and len(prose.words) > WORDS_WITHOUT_HEADING:
            yield prose.finding(Level.WARNING, "kop-ontbreekt", _("Deze tekst is lang. Zet er koppen in."), 0, 0)


def _heading(prose: Prose, block: Block, highest: int, before: int) -> Iterator[Finding]:
    place = block.start, block.end
    if not any(block.words):
        message = _("Deze kop is leeg. Schrijf er woorden in of haal hem weg.")
        yield prose.finding(Level.ERROR, "kop-leeg", message, *place)
    elif _shouts(prose.text[block.start : block.end]):
        yield prose.finding(Level.WARNING, "hoofdletters", _("Schrijf deze kop niet in hoofdletters."), *place)
    if block.level > before + 1:
        wanted = "#" * (before + 1)
        message = _("Deze kop slaat een niveau over. Schrijf hem met %(signs)s.") % {"signs": wanted}
        yield prose.finding(Level.ERROR, "kop-niveau", message, *place)
    elif block.level > highest + 1:
        yield prose.finding(Level.WARNING, "kop-diep", _("Gebruik niet meer dan twee niveaus koppen."), *place)


def check_titles(text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """A title is short, and no shout."""
    for prose in texts:
        if prose.field != "title":
            continue
        if _shouts(text.title):
            message = _("Schrijf de titel niet in hoofdletters.")
            yield prose.finding(Level.WARNING, "hoofdletters", message, 0, len(text.title))
        if len(text.title) > CHARACTERS_OF_TITLE:
            message = _("De titel is lang. Zeg het in minder woorden.")
            yield prose.finding(Level.WARNING, "titel-lang", message, 0, len(text.title))


def _shouts(words: str) -> bool:
    """Tell whether several words are all capitals; one word may be an abbreviation."""
    return words.isupper() and sum(sign.isalpha() for sign in words) >= 10 and " " in words.strip()


def check_paragraphs(_text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """A paragraph has one thought; a bold line is no heading."""
    for prose in texts:
        for block in prose.blocks:
            if block.kind != "paragraph":
                continue
            count = sum(len(sentence.words) for sentence in block.sentences)
            if count > WORDS_OF_PARAGRAPH:
                message = _("Deze alinea heeft %(count)d woorden. Verdeel haar over meer alinea's.") % {"count": count}
                yield prose.finding(Level.WARNING, "alinea-lang", message, block.start, block.end)
            if prose.is_markdown and _FALSE_HEADING.match(prose.text, block.start, block.end):
                message = _("Dit lijkt een kop, maar is een vette regel. Gebruik ## in plaats van sterretjes.")
                yield prose.finding(Level.WARNING, "kop-vet", message, block.start, block.end)


def check_links(_text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """The words of a link say where it leads, and it leads somewhere."""
    for prose in texts:
        goes_to: dict[str, str] = {}
        for link in prose.links:
            if link[1]:
                message = _("Een plaatje in de tekst wordt niet getoond. Voeg het toe als bijlage.")
                yield prose.finding(Level.ERROR, "plaatje-in-tekst", message, link.start(), link.end())
                continue
            yield from _address(prose, link)
            yield from _words_of_link(prose, link, goes_to)
        if prose.is_markdown:
            for address in prose.bare_addresses:
                message = _("Een los adres is geen link. Schrijf het als [woorden die zeggen wat het is](adres).")
                yield prose.finding(Level.WARNING, "los-adres", message, address.start(), address.end())


def _address(prose: Prose, link: re.Match[str]) -> Iterator[Finding]:
    address = link[3]
    if SAFE_LINK.match(address):
        return
    better = _ALMOST_AN_ADDRESS.sub("https://", address)
    suggestion = better if better != address and SAFE_LINK.match(better) else ""
    message = _("Deze link werkt niet in het portaal. Gebruik een adres dat begint met https:// of met /.")
    yield prose.finding(Level.ERROR, "link-adres", message, link.start(3), link.end(3), suggestion)


def _words_of_link(prose: Prose, link: re.Match[str], goes_to: dict[str, str]) -> Iterator[Finding]:
    place = link.start(), link.end()
    words = " ".join(re.sub(r"[*_`!.,:;>»→]", " ", link[2]).lower().split())
    if not words:
        message = _("Deze link heeft geen woorden. Schrijf waar hij heen gaat.")
        yield prose.finding(Level.ERROR, "link-leeg", message, *place)
    elif words in _SAYS_NOTHING:
        message = _("“%(words)s” zegt niet waar de link heen gaat. Schrijf bijvoorbeeld: lees het advies over NIS2.")
        yield prose.finding(Level.ERROR, "link-woorden", message % {"words": link[2].strip()}, *place)
    elif words in _SAYS_LITTLE:
        message = _("“%(words)s” zegt weinig voor wie alleen de link hoort. Schrijf erbij waarover het gaat.")
        yield prose.finding(Level.WARNING, "link-woorden", message % {"words": link[2].strip()}, *place)
    elif ADDRESS.fullmatch(link[2].strip()):
        message = _("Schrijf woorden in de link in plaats van een adres. Een schermlezer leest elk teken voor.")
        yield prose.finding(Level.WARNING, "link-woorden", message, *place)
    elif goes_to.setdefault(words, link[3]) != link[3]:
        message = _("Twee links met dezelfde woorden gaan naar verschillende plekken. Geef elk eigen woorden.")
        yield prose.finding(Level.WARNING, "link-dubbel", message, *place)


def check_pictures(text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """Each picture says in words what it shows."""
    for prose in texts:
        if prose.field != "image_alts":
            continue
        alt, place = prose.text.strip(), (0, len(prose.text))
        if not alt:
            message = _("Schrijf wat er op dit plaatje staat, voor wie het niet kan zien.")
            yield prose.finding(Level.ERROR, "plaatje-zonder-tekst", message, *place)
        elif _FILE_NAME.match(alt) or _CAMERA_NAME.match(alt):
            message = _("Dit is een bestandsnaam. Schrijf wat er op het plaatje staat.")
            yield prose.finding(Level.ERROR, "plaatje-zonder-tekst", message, *place)
        elif match := _OBVIOUS_START.match(alt):
            message = _("“%(words)s” kan weg: een schermlezer zegt al dat het een plaatje is.") % {"words": match[0]}
            yield prose.finding(Level.WARNING, "plaatje-woorden", message, *place)
        elif len(alt) > CHARACTERS_OF_ALT:
            message = _("Deze beschrijving is lang. Zet de uitleg in de tekst en houd het hier kort.")
            yield prose.finding(Level.WARNING, "plaatje-woorden", message, *place)


def check_attachments(text: CheckedText, texts: list[Prose]) -> Iterator[Finding]:
    """The title of an attachment says what it is."""
    for prose in texts:
        if prose.field != "attachment_titles":
            continue
        if not prose.text.strip():
            yield prose.finding(Level.ERROR, "bijlage-titel", _("Geef deze bijlage een titel."), 0, 0)
        elif _FILE_NAME.match(prose.text.strip()):
            message = _("Dit is een bestandsnaam. Schrijf wat er in de bijlage staat.")
            yield prose.finding(Level.WARNING, "bijlage-titel", message, 0, len(prose.text))
