"""A shelf of publications to look for leaks with: every label at every stage, and in each field a word of its own.

Petra (mem) wrote all of them for De Havenring; Ruben represents it. AMBER is for a sharing group of De Havenring and
De Zorgring, RED is for Rik (rcp). Who may see what is written here once, as security.md chapter 3 says it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from comms.enums import PublicationStatus, Tlp
from comms.models import (
    Acknowledgement,
    Attachment,
    AttachmentFile,
    Correction,
    Feedback,
    FeedbackAnswer,
    Publication,
    PublicationStep,
    Remark,
)
from cwn.accounts.actions import create_token
from tests.cast import PRINCIPALS, Cast
from tests.factories.comms import FILLED, published, sharing_group

#: In every title and text, so that one search meets them all.
COMMON = "kanarievogel"
GROUP = "kanariedeelgroep"
UNFINISHED = ("concept", "beoordeling", "ingepland")
IN_FORCE = ("gepubliceerd", "verlopen")
TOMBSTONES = ("ingetrokken", "vervangen")

# --- who may: chapter 3 ------------------------------------------------------------------------------
NETWORK = ("mem", "rep", "wg", "mem-x", "mem-o", "rcp")
#: Label → who reads it once it is issued.
READERS: dict[str, tuple[str, ...]] = {
    "clear": PRINCIPALS,
    "green": (*NETWORK, "coord", "nctv"),
    "amber": ("mem", "rep", "wg", "mem-x", "coord"),
    "amber-strict": ("mem", "rep", "wg", "mem-x", "coord"),
    "red": ("mem", "rcp"),
}
#: Label → who works on it: sees it before it is issued, and how it came about. RED is its author's alone.
WORKERS: dict[str, tuple[str, ...]] = dict.fromkeys(READERS, ("mem", "rep", "coord")) | {"red": ("mem",)}
IN_GROUP = ("mem", "rep", "wg", "mem-x", "coord")


def may_open(principal: str, label: str, status: str) -> bool:
    """Tell whether somebody gets anything at the address of a publication."""
    if status in UNFINISHED:
        return principal in WORKERS[label]
    return principal in READERS[label] or principal in WORKERS[label]


def may_read(principal: str, label: str, status: str) -> bool:
    """Tell whether somebody gets what it says; of what was taken back only who works on it."""
    if status in TOMBSTONES:
        return principal in WORKERS[label]
    return may_open(principal, label, status)


# --- what stands there -------------------------------------------------------------------------------
@dataclass(frozen=True)
class Standing:
    """One publication of the shelf."""

    label: str
    status: str
    publication: Any
    attachment: Any

    def word(self, field: str) -> str:
        """Return the word that stands in one field of this publication, and nowhere else."""
        return word(self.label, self.status, field)

    def forbidden(self, principal: str) -> set[str]:
        """Return the words of it that somebody may never meet."""
        words = set()
        if not may_open(principal, self.label, self.status):
            words |= {self.word("titel"), self.word("intrekreden"), self.publication.slug}
        if not may_read(principal, self.label, self.status):
            words |= {self.word(field) for field in CONTENT}
        if principal not in WORKERS[self.label]:
            words |= {self.word(field) for field in BEHIND}
        if principal not in WORKERS[self.label]:
            words.add(self.word("reactie"))
            if principal not in ANSWERED or not may_read(principal, self.label, self.status):
                words.add(self.word("toelichting"))
        return words


CONTENT = (
    "samenvatting", "tekst", "urgentiereden", "doelgroepreden", "kernpunt", "boodschap", "kanaalboodschap",
    "woordvoerder", "actie", "ontwikkeling", "bron", "labelreden", "bijlagetitel", "bestandsnaam", "bestandsinhoud",
    "trefwoord", "correctienoot", "antwoord",
)  # fmt: skip
#: How it came about, for who works on it.
BEHIND = ("opmerking", "voorstel", "correctietekst", "stapreden")
#: What organisations and readers said back, for the owner and the coordinators, and the organisation itself.
SAID_BACK = ("toelichting", "reactie")
ANSWERED = ("mem-o", "rcp")


def word(label: str, status: str, field: str) -> str:
    """Return a word without signs, so that no form of a text breaks it."""
    return f"kanarie{label.replace('-', '')}{status}{field}"


def key_of(user: Any) -> dict[str, str]:
    """Return the header with which a program reads the API for somebody; none for a visitor."""
    if not user.is_authenticated:
        return {}
    return {"Authorization": f"Bearer {create_token(user, name='Proef', days=1)[1]}"}


def make_shelf(cast: Cast, statuses: tuple[str, ...] = tuple(PublicationStatus.values)) -> list[Standing]:
    """Put a publication of every label at each of these stages on the shelf."""
    group = sharing_group(cast.organisations["havenring"], cast.organisations["zorgring"], name=GROUP)
    return [_standing(cast, group, label, status) for label in Tlp.values for status in statuses]


def _standing(cast: Cast, group: Any, label: str, status: str) -> Standing:
    def said(field: str) -> str:
        return f"{COMMON} {word(label, status, field)}"

    publication = published(
        owner=cast.organisations["havenring"],
        author=cast["mem"],
        tlp=label,
        status=status,
        slug=f"adres{word(label, status, '')}",
        title=said("titel"),
        summary=said("samenvatting"),
        body=f"## Kop\n\n{said('tekst')}",
        approved_by=cast["coord"] if label in ("amber", "amber-strict", "red") else None,
        restriction_reason=said("labelreden"),
        review_on=date(2027, 3, 1),
        publish_at=timezone.now() + timedelta(days=1),
        withdrawal_reason=said("intrekreden"),
        superseded_by=_successor(cast) if status == "vervangen" else None,
        correction_note=said("correctienoot"),
        source=said("bron"),
        **_sheet(said),
        addressed_groups=[group] if label.startswith("amber") else [],
        named_readers=[cast["rcp"]] if label == "red" else [],
    )
    publication.keywords.add(word(label, status, "trefwoord"))
    return Standing(label, status, publication, _hang_on(cast, publication, said))


def _sheet(said: Any) -> dict[str, Any]:
    first, second = FILLED["action_perspective"]
    return FILLED | {
        "urgency_reason": said("urgentiereden"),
        "audience_reason": said("doelgroepreden"),
        "key_points": [said("kernpunt"), "Controleer de logbestanden."],
        "communication_message": said("boodschap"),
        "channel_messages": {"social": said("kanaalboodschap")},
        "speaker": said("woordvoerder"),
        "action_perspective": [first | {"action": said("actie")}, second],
        "wider_developments": said("ontwikkeling"),
    }


def _successor(cast: Cast) -> Publication:
    """Return what replaces others and is itself for its author alone: its title may not show on their notices."""
    found = Publication.objects.filter(slug="adresopvolger").first()
    return found or published(
        owner=cast.organisations["havenring"],
        author=cast["mem"],
        tlp=Tlp.RED,
        slug="adresopvolger",
        title="kanarieopvolger",
    )


def _hang_on(cast: Cast, publication: Publication, said: Any) -> Attachment:
    attachment = Attachment.objects.create(publication=publication, title=said("bijlagetitel"))
    file = AttachmentFile(
        attachment=attachment,
        number=1,
        name=f"{said('bestandsnaam').split()[1]}.txt",
        content_type="text/plain",
        size=20,
        sha256="0",
        uploaded_by=cast["mem"],
    )
    file.file.save("x", ContentFile(said("bestandsinhoud").encode()))
    Remark.objects.create(
        publication=publication,
        kind="suggestie",
        field="summary",
        text=said("opmerking"),
        proposed_text=said("voorstel"),
        author=cast["coord"],
    )
    PublicationStep.objects.create(
        publication=publication, verb="return_to_author", new_status=publication.status, version=1, by=cast["mem"],
        reason=said("stapreden") if publication.status not in TOMBSTONES else "",
    )  # fmt: skip
    Correction.objects.create(publication=publication, content={"title": said("correctietekst")}, author=cast["mem"])
    FeedbackAnswer.objects.create(publication=publication, text=said("antwoord"), by=cast["rep"])
    Acknowledgement.objects.create(
        publication=publication, version=1, organisation=cast.organisations["eilandring"], answer="later",
        note=said("toelichting"), answered_by=cast["mem-o"],
    )  # fmt: skip
    Feedback.objects.create(publication=publication, version=1, is_useful=True, text=said("reactie"))
    return attachment
