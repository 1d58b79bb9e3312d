"""The cover sheet ("verplichte oplegger", R77–R84) as something to render: one shape for every form.

Page, PDF, plain text, mail block, forward pack and JSON all render a `CoverSheet`, so that they say the same in
the same order. It holds words, no keys and no rights: whoever makes one has already asked `visible_to`.
"""

from dataclasses import dataclass
from datetime import date

from comms.enums import Tlp


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, for one audience."""

    audience: str
    text: str
    deadline: str
    """In words: "direct", "doorlopend" or a day written out."""
    effort: str


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """What is shared, with its six elements, in the words of one language."""

    title: str
    kind: str
    tlp: Tlp
    owner: str
    published_on: date | None
    version: int
    """1 for the first publication; one more for each correction."""
    url: str
    """The full address of the page."""
    language: str
    summary: str
    body: str
    """Markdown, see `cwn.core.markdown`."""
    # the six elements, in the order of the source
    urgency: str
    urgency_tone: str
    urgency_reason: str
    audiences: tuple[str, ...]
    reader_roles: tuple[str, ...]
    audience_reason: str
    key_points: tuple[str, ...]
    message: str
    channel_messages: tuple[tuple[str, str], ...]
    """Channel and its own words, in pairs."""
    tone: str
    speaker: str
    actions: tuple[Action, ...]
    wider_developments: str
    developments: tuple[str, ...]
    functions: tuple[str, ...]
    # what stands below it
    source: str = ""
    licence: str = ""
    correction: str = ""
    """What changed since the version before and why; empty for the first version."""
    status_note: str = ""
    """That it is a draft, expired or for partners first; empty when there is nothing to say."""
    phase: str = ""
    discreet_url: str = ""
    """The full address of the page without words of the title in it, for mails about TLP:RED."""
