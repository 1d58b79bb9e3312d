"""What keeps an issue from leaving, and what could be better (security.md D12; R76, R104)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from comms.checker import CheckedText, check
from comms.enums import Tlp
from comms.newsletters.contents import Block, blocks_of
from comms.newsletters.enums import TOLD_IN_FULL, ItemKind
from comms.newsletters.mails.issue_mail import HOLES, LANGUAGES, LARGEST, IssueMail, as_bytes, write_mail
from comms.newsletters.models import Issue, LinkCheck
from comms.newsletters.pictures import LARGEST as LARGEST_PICTURE
from comms.newsletters.pictures import LEAST_WIDTH

#: Beyond this programs on a phone cut the subject off, the label included.
LONGEST_SUBJECT = 70
#: What people leave standing to fill in later.
PLACEHOLDER = re.compile(
    r"\{\{.*?\}\}|\{[a-z_]{2,30}\}|\[(?:invullen|naam|datum|titel|link|tekst|todo)[^\]]*\]|\bx{3,}\b|\btodo\b"
    r"|lorem ipsum|HOLE0\w+0ELOH",
    re.IGNORECASE,
)
LINK = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
#: What a camera or a program calls a picture.
NO_DESCRIPTION = re.compile(r"\.(?:png|jpe?g|webp)\b|\b(?:img|dsc|pxl)[_-]?\d{3,}|schermafbeelding \d", re.IGNORECASE)
#: Names of links that say nothing to who hears only the links (WCAG 2.4.4).
EMPTY_NAMES = {"klik hier", "klik", "hier", "lees meer", "meer", "link", "click here", "here", "read more"}


@dataclass(frozen=True, slots=True)
class IssueFinding:
    """One thing to look at, with where it stands."""

    message: str
    is_error: bool
    place: str = ""
    """Anchor on the page of the editor: "id_subject", "onderdeel-12"."""


def findings_of(issue: Issue, reader: Any) -> list[IssueFinding]:
    """Return what there is to say about an issue, errors first."""
    blocks = blocks_of(issue, reader)
    found = [
        *_about_the_issue(issue, blocks),
        *(finding for block in blocks for finding in _about_a_block(issue, block)),
        *_about_links(issue, blocks),
        *_about_words(issue, blocks),
        *_about_the_mail(issue, blocks),
    ]
    return sorted(dict.fromkeys(found), key=lambda finding: not finding.is_error)


def errors_of(issue: Issue, reader: Any) -> list[IssueFinding]:
    """Return what must be mended before anybody can agree."""
    return [finding for finding in findings_of(issue, reader) if finding.is_error]


def _about_the_issue(issue: Issue, blocks: Sequence[Block]) -> Iterator[IssueFinding]:
    if not issue.subject.strip():
        yield IssueFinding(_("Schrijf een onderwerp."), True, "id_subject")
    if len(f"[{issue.label.label}] {issue.subject}") > LONGEST_SUBJECT:
        yield IssueFinding(_("Het onderwerp is lang. Op een telefoon valt het einde weg."), False, "id_subject")
    if not issue.preheader:
        yield IssueFinding(_("Schrijf een eerste regel. Mailprogramma’s tonen die naast het onderwerp."), False)
    if not blocks:
        yield IssueFinding(_("Er staat nog niets in deze editie."), True, "onderdelen")
    if issue.label != Tlp.CLEAR and issue.newsletter.label_ceiling == Tlp.CLEAR:
        yield IssueFinding(_("Deze nieuwsbrief bevat alleen TLP:CLEAR."), True, "onderdelen")
    for words, place in ((issue.subject, "id_subject"), (issue.preheader, "id_preheader")):
        yield from _left_standing(words, place)
    yield from _left_standing(issue.introduction, "id_introduction")


def _about_a_block(issue: Issue, block: Block) -> Iterator[IssueFinding]:
    place = f"onderdeel-{block.item.pk}"
    if block.notice:
        sentence = _("Onderdeel %(number)d bestaat niet meer, of uw account leest het niet. Haal het weg.")
        if block.item.kind == ItemKind.PICTURE:
            sentence = _("Onderdeel %(number)d is een beeld. Boven TLP:GREEN gaat geen beeld mee. Haal het weg.")
        yield IssueFinding(sentence % {"number": block.item.position}, True, place)
        return
    if block.picture:
        yield from _about_a_picture(block, place)
        return
    if not block.title:
        yield IssueFinding(_("Onderdeel %(number)d heeft geen kop.") % {"number": block.item.position}, True, place)
    if block.item.tlp in TOLD_IN_FULL and not block.plain:
        yield IssueFinding(_("Onderdeel %(number)d heeft geen tekst.") % {"number": block.item.position}, True, place)
    if block.label.strictness > Tlp(issue.tlp).strictness:
        sentence = _("Onderdeel %(number)d heeft een strenger label dan de editie.")
        yield IssueFinding(sentence % {"number": block.item.position}, True, place)
    yield from _left_standing(f"{block.item.heading}\n{block.item.text}\n{block.item.link_text}", place)
    for alternative in PICTURE.findall(block.item.text):
        sentence = _("Een mail toont geen afbeeldingen. Beschrijf wat erop staat in de tekst.")
        if not alternative.strip():
            sentence = _("Een afbeelding heeft geen beschrijving. Een mail toont geen beelden: schrijf wat u ziet.")
        yield IssueFinding(sentence, True, place)


def _about_a_picture(block: Block, place: str) -> Iterator[IssueFinding]:
    """Look at what is said of a picture, how large it is to fetch and how sharp it will be."""
    item = block.item
    if len(item.alternative.split()) < 2 or NO_DESCRIPTION.search(item.alternative):
        sentence = _("De beschrijving van beeld %(number)d zegt niet wat er te zien is. Schrijf een zin.")
        yield IssueFinding(sentence % {"number": item.position}, True, place)
    yield from _left_standing(f"{item.alternative}\n{item.source}", place)
    if item.picture_bytes > LARGEST_PICTURE:
        sentence = _("Beeld %(number)d is %(size)d kB. Boven 500 kB komt het op een telefoon te laat.")
        yield IssueFinding(sentence % {"number": item.position, "size": item.picture_bytes // 1000}, True, place)
    if item.picture_width < LEAST_WIDTH:
        sentence = _("Beeld %(number)d is maar %(width)d pixels breed. Het kan onscherp zijn.")
        yield IssueFinding(sentence % {"number": item.position, "width": item.picture_width}, False, place)


def _left_standing(words: str, place: str) -> Iterator[IssueFinding]:
    if found := PLACEHOLDER.search(words):
        sentence = _("Hier staat nog iets om in te vullen: “%(words)s”.")
        yield IssueFinding(sentence % {"words": found[0][:40]}, True, place)


def links_of(issue: Issue, blocks: Iterable[Block]) -> Iterator[tuple[str, str, str]]:
    """Yield every link of the content: address, name and place."""
    from cwn.core.markdown import render_markdown

    texts = [(render_markdown(issue.introduction), "id_introduction")]
    for block in blocks:
        place = f"onderdeel-{block.item.pk}"
        if block.url:
            yield block.url, block.link_name, place
        texts.append((block.html, place))
    for html, place in texts:
        for address, name in LINK.findall(html):
            yield unescape(address), unescape(re.sub(r"<[^>]+>", "", name)), place


def outside_addresses(issue: Issue, reader: Any) -> list[str]:
    """Return the addresses outside the portal that an issue links to."""
    links = links_of(issue, blocks_of(issue, reader))
    return list(dict.fromkeys(address for address, _name, _place in links if _path_of(address) is None))


def _path_of(address: str) -> str | None:
    """Return the path of an address of this portal, None for another site."""
    if address.startswith("/"):
        return urlsplit(address).path
    parts, own = urlsplit(address), urlsplit(settings.SITE_URL)
    return parts.path or "/" if (parts.scheme, parts.netloc) == (own.scheme, own.netloc) else None


def _about_links(issue: Issue, blocks: Sequence[Block]) -> Iterator[IssueFinding]:
    links = list(links_of(issue, blocks))
    outside = {address for address, _name, _place in links if _path_of(address) is None}
    checked = {check.url: check for check in LinkCheck.objects.filter(url__in=outside)}
    for address, name, place in links:
        if name.strip().lower().rstrip(".!") in EMPTY_NAMES:
            sentence = _("De link “%(name)s” zegt niet waar hij heen gaat. Noem de pagina.")
            yield IssueFinding(sentence % {"name": name}, True, place)
        path = _path_of(address)
        if path is not None:
            if not _leads_somewhere(path):
                sentence = _("Deze link werkt niet: %(address)s")
                yield IssueFinding(sentence % {"address": address}, True, place)
            continue
        result = checked.get(address)
        if result is None or result.is_broken is None:
            sentence = _("Deze link is nog niet nagekeken: %(address)s")
            yield IssueFinding(sentence % {"address": address}, False, place)
        elif result.is_broken:
            sentence = _("Deze link werkt niet (%(why)s): %(address)s")
            yield IssueFinding(sentence % {"address": address, "why": result.explanation}, True, place)


def _leads_somewhere(path: str) -> bool:
    """Tell whether the site map knows a path; no network and no rights are needed for that."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _about_words(issue: Issue, blocks: Sequence[Block]) -> Iterator[IssueFinding]:
    """Let the checker of the desk read what was written for this issue; publications were checked before."""
    own = [block.item for block in blocks if block.item.text or block.item.heading]
    body = "\n\n".join(f"{item.heading}\n\n{item.text}" if item.heading else item.text for item in own)
    text = CheckedText(
        title=issue.subject, tlp=issue.tlp, language=issue.language, summary=issue.introduction, body=body
    )
    places = {"title": "id_subject", "summary": "id_introduction", "body": "onderdelen"}
    for finding in check(text):
        yield IssueFinding(finding.message, finding.is_error, places.get(finding.field, ""))


def _about_the_mail(issue: Issue, blocks: Sequence[Block]) -> Iterator[IssueFinding]:
    """Look at the mail itself: its label, its text part and its size."""
    for language in LANGUAGES:
        mail = write_mail(issue, blocks, language)
        yield from _about_label(issue, mail)
        if len(mail.text.split()) < 10:
            yield IssueFinding(_("De mail heeft geen tekst voor wie geen opmaak ziet."), True)
        try:
            size = len(as_bytes(issue, mail, HOLES))
        except ValueError:  # somebody wrote what looks like an open place; it was reported above
            continue
        if size > LARGEST:
            sentence = _("De mail is %(size)d kB. Boven 100 kB knippen mailprogramma’s hem af.")
            yield IssueFinding(sentence % {"size": size // 1000}, True, "onderdelen")


def _about_label(issue: Issue, mail: IssueMail) -> Iterator[IssueFinding]:
    words = str(issue.label.label)
    if not mail.subject.startswith(f"[{words}]") or words not in mail.html or not mail.text.startswith(words):
        yield IssueFinding(_("Het TLP-label ontbreekt in de mail."), True)
