"""The shapes of the API: English names that stay the same within version 1."""

from datetime import date
from typing import Any

from ninja import Field, Schema


class Link(Schema):
    """An address."""

    href: str


class Links(Schema):
    """Where this is, and where its page for people is."""

    self: Link
    html: Link


class PageLinks(Schema):
    """The addresses around a page of a list."""

    self: Link
    next: Link | None = None
    prev: Link | None = None


class ListItem(Schema):
    """One result of a list; `facets` are the slugs of each filter in which it counts."""

    slug: str
    title: str
    summary: str
    date: date
    tlp: str | None = Field(None, description="The TLP label of a publication.")
    facets: dict[str, list[str]]
    links: Links = Field(alias="_links")


class ResultList(Schema):
    """A page of 25 results, with how many there are in all."""

    count: int
    page: int
    pages: int
    results: list[ListItem]
    links: PageLinks = Field(alias="_links")


class Urgency(Schema):
    """How soon somebody must do something, and why."""

    level: str
    reason: str


class AudienceElement(Schema):
    """For whom it is, and why for them."""

    audiences: list[str]
    reader_roles: list[str]
    reason: str


class ChannelMessage(Schema):
    """The ready words for one channel."""

    channel: str
    message: str


class CommunicationMessage(Schema):
    """How the network communicates about it."""

    message: str
    channels: list[ChannelMessage]
    tone: str
    speaker: str


class ActionElement(Schema):
    """One thing to do, for one audience."""

    audience: str
    action: str
    deadline: str
    effort: str


class WiderDevelopments(Schema):
    """To which developments and functions of the network it belongs."""

    connection: str
    developments: list[str]
    functions: list[str]


class AttachmentItem(Schema):
    """A file of a publication."""

    title: str
    content_type: str
    size: int = Field(description="Bytes.")
    links: dict[str, Link] = Field(alias="_links")


class PublicationDetail(Schema):
    """A publication with the six elements of its cover sheet; of what is gone only the first fields are there."""

    slug: str
    status: str
    tlp: str
    title: str = ""
    kind: str = ""
    owner: str = ""
    published_on: date | None = None
    version: int
    language: str = "nl"
    summary: str = ""
    body: str = Field("", description="Markdown.")
    urgency: Urgency | None = None
    audience: AudienceElement | None = None
    key_points: list[str] = []
    communication_message: CommunicationMessage | None = None
    action_perspective: list[ActionElement] = []
    wider_developments: WiderDevelopments | None = None
    source: str = ""
    licence: str = ""
    correction: str = ""
    phase: str = ""
    attachments: list[AttachmentItem] = []
    links: Links = Field(alias="_links")


class OrganisationDetail(Schema):
    """The profile of an organisation, as far as the reader may see it."""

    slug: str
    name: str
    known_as: list[str]
    status: str
    ownership: str
    partner_since: date | None
    description: str | None
    website: str | None
    kinds: list[str]
    regions: list[str]
    sectors: list[str]
    branches: list[str]
    functions: list[str] | None
    links: Links = Field(alias="_links")


class InitiativeDetail(Schema):
    """An initiative or partnership beside the network."""

    slug: str
    name: str
    known_as: list[str]
    status: str
    ownership: str
    description: str
    functions: list[str]
    regions: list[str]
    sectors: list[str]
    branches: list[str]
    links: Links = Field(alias="_links")


class FunctionItem(Schema):
    """One of the five functions, with its charter."""

    slug: str
    name: str
    summary: str
    main_task: str
    activities: list[str]
    contribution: str
    served_organisations: str
    links: Links = Field(alias="_links")


class FunctionList(Schema):
    """The five functions."""

    count: int
    results: list[FunctionItem]
    links: dict[str, Any] = Field(alias="_links")
