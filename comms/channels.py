"""Which way a publication goes under its label: the table TLP x channel of security.md chapter 3, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from comms.enums import NOT_TO_BE_FORWARDED, RESTRICTED, Tlp
from comms.models import Publication


@dataclass(frozen=True, slots=True)
class ChannelUse:
    """One way to readers, and what goes along it."""

    name: str
    is_used: bool
    what: str


def channels_of(publication: Publication) -> list[ChannelUse]:
    """Return every channel of the portal and what this publication sends along it."""
    label = publication.label
    is_public, is_red = label == Tlp.CLEAR, label == Tlp.RED
    rows: list[tuple[Any, bool, Any]] = [
        (_("Openbare pagina, feeds en kaart voor zoekmachines"), is_public, _public_words(publication)),
        (_("Zoeken, filters en tellingen op het portaal"), not is_red, _search_words(label)),
        (_("Mail"), True, _mail_words(label)),
        (_("Oplegger als pdf, tekst en mailblok"), not is_red, _export_words(label)),
        (_("Doorstuurpakket voor de achterban"), label not in NOT_TO_BE_FORWARDED, _forward_words(label)),
        (_("API en datasets"), not is_red, _search_words(label)),
        (_("Bijlagen"), True, _attachment_words(label)),
    ]
    return [ChannelUse(str(name), used, str(what)) for name, used, what in rows]


def _public_words(publication: Publication) -> str:
    if publication.tlp != Tlp.CLEAR:
        return _("Niet. Een bezoeker ziet niet dat dit bestaat.")
    if publication.is_partners_first:
        return _("Pas vanaf het moment dat u koos. Tot dan lezen alleen netwerkpartners mee.")
    return _("Iedereen.")


def _search_words(label: Tlp) -> str:
    return {
        Tlp.CLEAR: _("Iedereen."),
        Tlp.GREEN: _("Leden van netwerkpartners, na inloggen."),
        Tlp.RED: _("Niet."),
    }.get(label, _("Alleen leden van deze organisaties."))


def _mail_words(label: Tlp) -> str:
    if label == Tlp.RED:
        return _("Alleen dat er een bericht is, met een link. Geen titel.")
    if label in RESTRICTED:
        return _("Titel en link. De inhoud blijft op het portaal.")
    return _("De hele oplegger, alleen als het dringend is. Anders via zoekopdrachten en nieuwsbrieven.")


def _export_words(label: Tlp) -> str:
    if label == Tlp.RED:
        return _("Niet.")
    if label in RESTRICTED:
        return _("Voor deze organisaties, met het label op elke bladzijde. Wij leggen vast wie het ophaalt.")
    return _("Voor iedereen die dit mag lezen, met het label op elke bladzijde.")


def _forward_words(label: Tlp) -> str:
    if label in NOT_TO_BE_FORWARDED:
        return _("Niet. Dit mag niemand doorgeven.")
    if label == Tlp.AMBER:
        return _("Alleen voor klanten van deze organisaties die het moeten weten.")
    return _("Ja.")


def _attachment_words(label: Tlp) -> str:
    if label == Tlp.CLEAR:
        return _("Iedereen.")
    if label in RESTRICTED:
        return _("Dezelfde lezers. Wij kijken bij elke download opnieuw of het mag en leggen het vast.")
    return _("Dezelfde lezers. Wij kijken bij elke download opnieuw of het mag.")
