"""Content decides form (R103): what each kind of publication proposes for its cover sheet and its text.

These are proposals. A writer sees them beside the form and takes them over with one click, into fields that are still
empty; nothing is ever filled in unasked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from comms.enums import MessageChannel, PublicationKind, Tone, Urgency

LINKS = "schakelorganisaties"
PRIVATE = "private-partners"
GOVERNMENT = "overheden-en-beleidsmakers"
CONSTITUENCY = "indirecte-achterban"
PUBLIC = "breed-publiek"


@dataclass(frozen=True, slots=True)
class KindProfile:
    """What a kind of publication usually is."""

    explanation: Any
    """What it is, in one sentence."""
    audiences: tuple[str, ...]
    """Slugs of `Audience`."""
    channels: tuple[MessageChannel, ...]
    tone: Tone
    urgency: Urgency
    outline: tuple[Any, ...]
    """The headings of the text."""
    care: tuple[str, ...]
    """The elements of the cover sheet that need most care."""

    def proposals(self) -> dict[str, Any]:
        """Return the values that this kind proposes, by column."""
        return {
            "urgency": self.urgency.value,
            "audiences": list(self.audiences),
            "tone": self.tone.value,
            "body": "\n\n".join(f"## {heading}" for heading in self.outline) + "\n",
        }


def proposals_for(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a kind proposes for the fields that are still empty."""
    return {name: value for name, value in profile_of(kind).proposals().items() if not values.get(name)}


def profile_of(kind: str) -> KindProfile:
    """Return the profile of a kind."""
    return PROFILES[PublicationKind(kind)]


_MAIL, _NEWS, _SOCIAL = MessageChannel.MAIL, MessageChannel.NEWSLETTER, MessageChannel.SOCIAL
_INTRANET, _PRESS, _PHONE = MessageChannel.INTRANET, MessageChannel.PRESS, MessageChannel.PHONE

PROFILES: dict[PublicationKind, KindProfile] = {
    PublicationKind.THREAT: KindProfile(
        _("Wie of wat bedreigt organisaties nu, en hoe merkt u dat?"),
        (LINKS, PRIVATE),
        (_MAIL, _INTRANET),
        Tone.FACTUAL,
        Urgency.SOON,
        (_("Wat is de dreiging?"), _("Wie loopt gevaar?"), _("Waaraan herkent u het?"), _("Wat kunt u doen?")),
        ("urgency", "action_perspective"),
    ),
    PublicationKind.VULNERABILITY: KindProfile(
        _("Een zwakke plek in een product, met de versies en de oplossing."),
        (LINKS, PRIVATE),
        (_MAIL, _PHONE),
        Tone.URGENT,
        Urgency.IMMEDIATE,
        (_("Welke producten en versies?"), _("Wat kan er misgaan?"), _("Hoe controleert u dit?"), _("Oplossing")),
        ("urgency", "action_perspective"),
    ),
    PublicationKind.INCIDENT: KindProfile(
        _("Er is iets gebeurd: wat is bekend, wat nog niet, en wat moet u nu doen?"),
        (LINKS, PRIVATE),
        (_MAIL, _PHONE),
        Tone.URGENT,
        Urgency.IMMEDIATE,
        (_("Wat is er gebeurd?"), _("Wat weten wij nog niet?"), _("Wat doet u nu?"), _("Wanneer hoort u meer?")),
        ("urgency", "communication_message", "action_perspective"),
    ),
    PublicationKind.TECHNICAL_DATA: KindProfile(
        _("Kenmerken, regels of lijsten die een specialist in systemen invoert."),
        (LINKS,),
        (_MAIL,),
        Tone.FACTUAL,
        Urgency.SOON,
        (_("Waar horen deze gegevens bij?"), _("Hoe gebruikt u ze?"), _("Hoe zeker zijn wij?")),
        ("action_perspective",),
    ),
    PublicationKind.ANALYSIS: KindProfile(
        _("Onderzoek naar één gebeurtenis of vraag, met een conclusie."),
        (LINKS, GOVERNMENT),
        (_MAIL, _NEWS),
        Tone.FACTUAL,
        Urgency.PLANNED,
        (_("De vraag"), _("Wat wij vonden"), _("Conclusie"), _("Hoe zeker zijn wij?")),
        ("key_points", "wider_developments"),
    ),
    PublicationKind.TREND_ANALYSIS: KindProfile(
        _("Wat verandert er over langere tijd, en wat betekent dat?"),
        (LINKS, GOVERNMENT),
        (_NEWS,),
        Tone.FACTUAL,
        Urgency.INFORMATIVE,
        (_("Wat zien wij?"), _("Waardoor komt het?"), _("Wat verwachten wij?"), _("Wat betekent dit voor u?")),
        ("key_points", "wider_developments"),
    ),
    PublicationKind.BEST_PRACTICE: KindProfile(
        _("Zo doet een organisatie het, en zo kunt u het ook doen."),
        (LINKS, PRIVATE),
        (_NEWS, _INTRANET),
        Tone.ACTIVATING,
        Urgency.INFORMATIVE,
        (_("Het probleem"), _("De aanpak"), _("Het resultaat"), _("Zo begint u zelf")),
        ("audience", "action_perspective"),
    ),
    PublicationKind.ADVICE: KindProfile(
        _("Advies van deskundigen: wat kunt u het beste doen, en waarom?"),
        (LINKS, PRIVATE, GOVERNMENT),
        (_MAIL, _NEWS),
        Tone.FACTUAL,
        Urgency.PLANNED,
        (_("Voor wie is dit advies?"), _("Ons advies"), _("Waarom?"), _("Eerste stappen")),
        ("action_perspective", "audience"),
    ),
    PublicationKind.WHITE_PAPER: KindProfile(
        _("Achtergrond bij een onderwerp, voor wie het goed wil begrijpen."),
        (PRIVATE, GOVERNMENT),
        (_NEWS,),
        Tone.FACTUAL,
        Urgency.INFORMATIVE,
        (_("Samenvatting"), _("Achtergrond"), _("Uitwerking"), _("Conclusie")),
        ("key_points", "wider_developments"),
    ),
    PublicationKind.HANDOUT: KindProfile(
        _("Eén of twee bladzijden om uit te delen of op te hangen."),
        (CONSTITUENCY, PUBLIC),
        (_NEWS, _INTRANET),
        Tone.ACTIVATING,
        Urgency.INFORMATIVE,
        (_("Wat moet u weten?"), _("Wat kunt u doen?"), _("Waar vindt u hulp?")),
        ("audience", "key_points"),
    ),
    PublicationKind.TOOLKIT: KindProfile(
        _("Materiaal dat partners zelf gebruiken: teksten, beelden, formulieren."),
        (LINKS, PRIVATE),
        (_MAIL, _NEWS),
        Tone.ACTIVATING,
        Urgency.PLANNED,
        (_("Wat zit erin?"), _("Hoe gebruikt u het?"), _("Wat mag u aanpassen?")),
        ("communication_message", "action_perspective"),
    ),
    PublicationKind.COURSE: KindProfile(
        _("Een cursus of training waaraan mensen kunnen meedoen."),
        (LINKS, PRIVATE, CONSTITUENCY),
        (_NEWS, _INTRANET),
        Tone.ACTIVATING,
        Urgency.PLANNED,
        (_("Wat leert u?"), _("Voor wie?"), _("Praktisch"), _("Aanmelden")),
        ("audience", "action_perspective"),
    ),
    PublicationKind.LESSON: KindProfile(
        _("Wat ging er mis of juist goed, en wat leren anderen daarvan?"),
        (LINKS, PRIVATE),
        (_NEWS,),
        Tone.PERSONAL,
        Urgency.INFORMATIVE,
        (_("Wat gebeurde er?"), _("Wat leerden wij?"), _("Wat doen wij nu anders?")),
        ("key_points", "action_perspective"),
    ),
    PublicationKind.NEWS: KindProfile(
        _("Er is iets nieuws in of voor het netwerk."),
        (LINKS, PRIVATE, PUBLIC),
        (_NEWS, _SOCIAL),
        Tone.FACTUAL,
        Urgency.INFORMATIVE,
        (_("Wat is er nieuw?"), _("Wat betekent dit voor u?"), _("Meer weten")),
        ("communication_message", "audience"),
    ),
    PublicationKind.PRESS_RELEASE: KindProfile(
        _("Een bericht voor de pers, met een woordvoerder."),
        (PUBLIC, GOVERNMENT),
        (_PRESS, _SOCIAL),
        Tone.FACTUAL,
        Urgency.SOON,
        (_("Het nieuws"), _("Achtergrond"), _("Noot voor de redactie")),
        ("communication_message", "urgency"),
    ),
    PublicationKind.INTERVIEW: KindProfile(
        _("Een gesprek met iemand uit het netwerk."),
        (LINKS, PRIVATE, PUBLIC),
        (_NEWS, _SOCIAL),
        Tone.PERSONAL,
        Urgency.INFORMATIVE,
        (_("Wie is het?"), _("Het gesprek"), _("Tips voor anderen")),
        ("communication_message", "key_points"),
    ),
    PublicationKind.CASE_STUDY: KindProfile(
        _("Een voorbeeld uit de praktijk, van vraag tot resultaat."),
        (LINKS, PRIVATE, CONSTITUENCY),
        (_NEWS, _SOCIAL),
        Tone.PERSONAL,
        Urgency.INFORMATIVE,
        (_("De situatie"), _("Wat is er gedaan?"), _("Wat leverde het op?")),
        ("audience", "key_points"),
    ),
    PublicationKind.ARTICLE: KindProfile(
        _("Een verhaal of uitleg om rustig te lezen."),
        (LINKS, PRIVATE, PUBLIC),
        (_NEWS,),
        Tone.FACTUAL,
        Urgency.INFORMATIVE,
        (_("Aanleiding"), _("Het verhaal"), _("Wat kunt u ermee?")),
        ("key_points", "wider_developments"),
    ),
    PublicationKind.SHOWCASE: KindProfile(
        _("Laat zien wat samenwerken oplevert, met trots en met cijfers."),
        (PRIVATE, GOVERNMENT, PUBLIC),
        (_SOCIAL, _NEWS),
        Tone.ACTIVATING,
        Urgency.INFORMATIVE,
        (_("Wat is er bereikt?"), _("Wie deden mee?"), _("Wat kunt u hiervan gebruiken?")),
        ("communication_message", "wider_developments"),
    ),
    PublicationKind.ANNUAL_REPORT: KindProfile(
        _("Wat het netwerk in een jaar deed, met cijfers en uitleg."),
        (GOVERNMENT, LINKS, PUBLIC),
        (_NEWS, _PRESS),
        Tone.FACTUAL,
        Urgency.INFORMATIVE,
        (_("Het jaar in het kort"), _("Wat deden wij?"), _("Cijfers"), _("Vooruitblik")),
        ("key_points", "wider_developments"),
    ),
}
