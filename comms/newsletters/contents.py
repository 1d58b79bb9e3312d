"""What an issue says to a reader: each item as the label and the rights of that reader let it through.

The mail, the preview and the archive all come here, so they cannot differ (security.md chapter 3, TLP x channel).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from comms.enums import PublicationStatus, Tlp
from comms.events.models import Event
from comms.models import Publication
from comms.newsletters.enums import TOLD_IN_FULL, ItemKind
from comms.newsletters.models import Issue, IssueItem
from cwn.core.markdown import plain_text, render_markdown

NOTHING = SafeString("")
#: What a mail leaves for a picture, in pixels.
MAIL_WIDTH = 592


@dataclass(frozen=True, slots=True)
class Block:
    """One item as this reader gets it; with a `notice` there is nothing else."""

    item: IssueItem
    kind: str
    label: Tlp
    language: str
    title: str = ""
    html: SafeString = NOTHING
    plain: str = ""
    url: str = ""
    """Full address, empty for an own text without one."""
    link_text: str = ""
    facts: str = ""
    """When and where, for an event."""
    picture: str = ""
    """Full address of a picture; a mail shows it where everybody may have it, and its description elsewhere."""
    notice: str = ""

    @property
    def link_name(self) -> str:
        """What a screen reader says of the link; three links that all say "Lees verder" help nobody."""
        return f"{self.link_text}: {self.title}" if self.title else self.link_text

    @property
    def shown_width(self) -> int:
        """How wide its picture stands in a mail, in pixels."""
        return min(self.item.picture_width, MAIL_WIDTH)

    @property
    def name(self) -> str:
        """What the desk calls it beside its buttons."""
        return self.title or self.item.alternative


def label_of_publication(publication: Publication) -> Tlp:
    """Return the label that counts for a mail: what partners read first is GREEN until it is public (R110)."""
    return Tlp.GREEN if publication.is_partners_first else publication.label


def label_of_item(item: IssueItem) -> Tlp | None:
    """Return the label that what an item is about has now; None for words of the desk, and for what is not there."""
    if item.publication is not None:
        return label_of_publication(item.publication)
    return item.event.label if item.event is not None else None


def blocks_of(issue: Issue, reader: Any) -> list[Block]:
    """Return the items of an issue as somebody may read them now; two queries, whatever their number."""
    items = list(issue.items.order_by("position", "pk"))
    publications = readable_publications(items, reader)
    events = readable_events(items, reader)
    with override(issue.language):
        return [_block(issue, item, publications, events) for item in items]


def readable_publications(items: Iterable[IssueItem], reader: Any) -> dict[int, Publication]:
    """Return the publications of items that somebody may read and that are in force, by key."""
    keys = [item.publication_id for item in items if item.publication_id]
    rows = Publication.objects.visible_to(reader).filter(pk__in=keys, status=PublicationStatus.PUBLISHED)
    return {publication.pk: publication for publication in rows.select_related("owner")}


def readable_events(items: Iterable[IssueItem], reader: Any) -> dict[int, Event]:
    """Return the events of items that somebody may read, by key."""
    keys = [item.event_id for item in items if item.event_id]
    return {event.pk: event for event in Event.objects.visible_to(reader).listed().filter(pk__in=keys)} if keys else {}


def _block(issue: Issue, item: IssueItem, publications: dict[int, Publication], events: dict[int, Event]) -> Block:
    if item.kind == ItemKind.OWN_TEXT:
        return _own_text(issue, item)
    if item.kind == ItemKind.PICTURE:
        return _picture(issue, item)
    if item.kind == ItemKind.EVENT:
        event = events.get(item.event_id or 0)
        return _of_event(issue, item, event) if event else _gone(issue, item)
    publication = publications.get(item.publication_id or 0)
    if publication is None or label_of_publication(publication).strictness > Tlp(item.tlp).strictness:
        return _gone(issue, item)
    return _of_publication(item, publication)


def _gone(issue: Issue, item: IssueItem) -> Block:
    """Say that there was something, not what or why: the label may have changed, or the reader's rights."""
    notice = _("Dit onderdeel is er niet meer, of het is niet meer voor u bestemd.")
    return Block(item, str(item.get_kind_display()), Tlp(issue.own_tlp), issue.language, notice=notice)


def _own_text(issue: Issue, item: IssueItem) -> Block:
    return Block(
        item,
        "",
        Tlp(item.tlp),
        issue.language,
        title=item.heading,
        html=render_markdown(item.text),
        plain=plain_text(item.text),
        url=full_address(item.url),
        link_text=(item.link_text or _("Lees verder")) if item.url else "",
    )


def _picture(issue: Issue, item: IssueItem) -> Block:
    """Show a picture, which beside a title of AMBER never stands in a mail."""
    if issue.tlp not in TOLD_IN_FULL:
        notice = _("Boven TLP:GREEN gaat geen beeld mee in de mail.")
        return Block(item, str(item.get_kind_display()), Tlp(item.tlp), issue.language, notice=notice)
    return Block(item, "", Tlp(item.tlp), issue.language, picture=full_address(item.picture.url))


def _of_publication(item: IssueItem, publication: Publication) -> Block:
    """Tell a publication in full, or by title and address only where its label asks that."""
    is_full = item.is_told_in_full and publication.tlp in TOLD_IN_FULL
    text = (item.text or publication.summary) if is_full else ""
    is_interview = item.kind == ItemKind.INTERVIEW
    return Block(
        item,
        str(publication.get_kind_display()),
        label_of_publication(publication),
        publication.language,
        title=(item.heading if is_full else "") or publication.title,
        html=render_markdown(text),
        plain=plain_text(text),
        url=full_address(publication.get_absolute_url()),
        link_text=(item.link_text if is_full else "")
        or (_("Lees het interview") if is_interview else _("Lees op het portaal")),
    )


def _of_event(issue: Issue, item: IssueItem, event: Event) -> Block:
    if event.label.strictness > Tlp(item.tlp).strictness:
        return _gone(issue, item)
    is_full = item.is_told_in_full and event.tlp in TOLD_IN_FULL
    text = (item.text or event.summary) if is_full else ""
    return Block(
        item,
        str(item.get_kind_display()),
        event.label,
        issue.language,
        title=(item.heading if is_full else "") or event.title,
        html=render_markdown(text),
        plain=plain_text(text),
        url=full_address(event.get_absolute_url()),
        link_text=(item.link_text if is_full else "") or _("Bekijk en meld u aan"),
        facts=date_format(event.starts_there, "j F Y, H:i") if is_full else "",
    )


def full_address(path: str) -> str:
    """Return the address for a mail: SITE_URL before a path of the portal, others as they are."""
    return settings.SITE_URL + path if path.startswith("/") else path
