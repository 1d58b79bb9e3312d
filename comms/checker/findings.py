"""What the checker is given, and what it says."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from comms.enums import PublicationKind, Tlp
from comms.sheet import CoverSheet


class Level(models.TextChoices):
    """An error keeps a text from being published, a warning is advice about style."""

    ERROR = "error", _("Fout")
    WARNING = "warning", _("Tip")


@dataclass(frozen=True, slots=True)
class CheckedText:
    """All words of a publication in one language, under the names that forms and models use."""

    title: str
    tlp: str
    kind: str = ""
    language: str = "nl"
    summary: str = ""
    body: str = ""
    """Markdown, as `cwn.core.markdown.render_article` reads it; all other texts are plain."""
    urgency_reason: str = ""
    audience_reason: str = ""
    key_points: tuple[str, ...] = ()
    message: str = ""
    channel_messages: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    wider_developments: str = ""
    attachment_titles: tuple[str, ...] = ()
    image_alts: tuple[str, ...] = ()
    """What stands beside each picture for those who do not see it."""
    known_names: frozenset[str] = frozenset()
    """Names that need no explanation, such as those of partners."""

    @property
    def is_outward(self) -> bool:
        """Tell whether everybody may read it, so that the names of the network must be right (R104)."""
        return self.tlp == Tlp.CLEAR

    @property
    def is_technical(self) -> bool:
        """Tell whether it is written for specialists, who know the words of their trade."""
        return self.kind in (PublicationKind.TECHNICAL_DATA, PublicationKind.VULNERABILITY)

    @classmethod
    def of_sheet(cls, sheet: CoverSheet, *, kind: str, attachment_titles: tuple[str, ...] = ()) -> "CheckedText":
        """Return the words of a cover sheet; its `kind` is a word to read, so the key is given beside it."""
        return cls(
            title=sheet.title,
            tlp=sheet.tlp,
            kind=kind,
            language=sheet.language,
            summary=sheet.summary,
            body=sheet.body,
            urgency_reason=sheet.urgency_reason,
            audience_reason=sheet.audience_reason,
            key_points=sheet.key_points,
            message=sheet.message,
            channel_messages=tuple(words for _channel, words in sheet.channel_messages),
            actions=tuple(action.text for action in sheet.actions),
            wider_developments=sheet.wider_developments,
            attachment_titles=attachment_titles,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, with the place where it stands."""

    level: Level
    rule: str
    field: str
    """The name of a field of `CheckedText`."""
    message: str
    number: int | None = None
    """Which of several texts of that field, from 0."""
    start: int = 0
    end: int = 0
    """Place in the text of the field, in characters of Python."""
    excerpt: str = ""
    """What stands there; shortened where it is long and nothing is suggested."""
    suggestion: str = ""
    """What may stand there instead, as it is; empty when only the writer can tell."""

    @property
    def is_error(self) -> bool:
        """Tell whether this keeps the text from being published."""
        return self.level == Level.ERROR
