"""What a renderer gets, and the words that every form shares."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comms.cobranding.enums import TemplateFormat
from comms.cobranding.texts import Block
from comms.enums import Tlp


class TooLongError(ValidationError):
    """A text does not fit a form in which nothing may be left out."""


@dataclass(frozen=True, slots=True)
class LogoPicture:
    """A logo as PNG, on its plate where it needs one, with its size in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Material:
    """One form of a template for one partner, or for nobody in particular, with everything filled in."""

    format: TemplateFormat
    language: str
    title: str
    blocks: tuple[Block, ...]
    """Exactly one of them is "actions"."""
    alt: str
    # what the partner adds
    partner: str
    opening: str
    contact: str
    logo_on_light: LogoPicture | None
    logo_on_dark: LogoPicture | None
    # what is locked
    tlp: Tlp
    actions: tuple[str, ...]
    maker: str
    """The organisation that made it."""
    brand: str
    tagline: str
    # what stands below
    version: int
    licence: str
    day: date
    url: str = ""
    """Where one can read more."""
    mark: bytes = b""
    """The brand mark of the network as PNG, if it has one."""

    @property
    def label(self) -> str:
        """The label in words, such as TLP:GREEN."""
        return str(self.tlp.label)

    @property
    def label_line(self) -> str:
        """The label with who may read it."""
        return f"{self.label} – {self.tlp.meaning}"

    @property
    def maker_line(self) -> str:
        """Who made it: part of what is locked."""
        return _("Gemaakt door %(maker)s voor het %(brand)s, versie %(version)s.") % {
            "maker": self.maker,
            "brand": self.brand,
            "version": self.version,
        }

    @property
    def sender_line(self) -> str:
        """Which partner passes it on."""
        return _("Doorgegeven door %(partner)s.") % {"partner": self.partner} if self.partner else ""

    @property
    def day_in_words(self) -> str:
        """The day of the file."""
        return date_format(self.day, "j F Y")

    @property
    def closing_lines(self) -> tuple[str, ...]:
        """What stands below every form, in this order."""
        licence = _("Licentie: %(licence)s") % {"licence": self.licence} if self.licence else ""
        more = _("Lees meer: %(url)s") % {"url": self.url} if self.url else ""
        return tuple(filter(None, (self.sender_line, self.maker_line, licence, more)))

    @property
    def alt_text(self) -> str:
        """What somebody hears who does not see the picture: the locked parts belong to it."""
        actions = " ".join(action if action.endswith((".", "!", "?")) else f"{action}." for action in self.actions)
        return " ".join(filter(None, (self.alt or self.title, f"{actions_heading()} {actions}", f"{self.label}.")))


def actions_heading() -> str:
    """Return the words above the action perspective."""
    return _("Wat kunt u doen?")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file to take along."""

    ending: str
    content_type: str
    content: bytes
