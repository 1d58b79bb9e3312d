"""A made-up cover sheet for the style guide, with a usual, a long and an empty place in it."""

from datetime import date

from comms.enums import Tlp
from comms.sheet import Action, CoverSheet
from cwn.portal.styleguide_list import LONG_WORD


def sample_sheet() -> CoverSheet:
    """Return a Dutch sheet, as a coordinator would write it, and with the longest word."""
    return CoverSheet(
        title="Kwetsbaarheid in Zeelink",
        kind="Kwetsbaarheid",
        tlp=Tlp.AMBER_STRICT,
        owner="Sectorpunt Delta",
        published_on=date(2026, 11, 21),
        version=2,
        url="",
        language="nl",
        summary="",
        body="",
        urgency="Direct handelen",
        urgency_tone="danger",
        urgency_reason="Er is misbruik gezien bij havens en waterschappen. Wachten vergroot de kans op schade sterk.",
        audiences=("Schakelorganisaties", LONG_WORD),
        reader_roles=("ICT-beheerder", "Bestuurder"),
        audience_reason="Dit raakt iedere organisatie met Zeelink, en iedere leverancier die het beheert.",
        key_points=("Versie 7.1 en 7.2 zijn kwetsbaar.", "De update 7.2.4 lost het op.", LONG_WORD),
        message="Wij werken software bij waarmee u van buiten inlogt. Dat kan vanavond kort niet.",
        channel_messages=(("E-mail", "Vanavond kunt u niet van buiten inloggen."), (LONG_WORD, LONG_WORD)),
        tone="Dringend",
        speaker="Persvoorlichting",
        actions=(
            Action("ICT-beheerder", "Werk Zeelink bij naar 7.2.4.", "Direct", "Minder dan een uur"),
            Action(
                "CISO of security officer",
                "Zoek in de logboeken sinds 9 november naar onbekende sessies en meld misbruik bij uw toezichthouder.",
                "24 november 2026",
                "Een dag",
            ),
            Action(LONG_WORD, LONG_WORD, "Doorlopend", "Meer dan een week"),
        ),
        wider_developments="Randapparatuur is al twee jaar de meest gebruikte weg naar binnen.",
        developments=("NIS2 en Cyberbeveiligingswet",),
        functions=("Informatiedeling",),
        correction="Versie 7.0 is toch niet kwetsbaar.",
        status_note="Dit is verlopen. De inhoud kan achterhaald zijn.",
    )
