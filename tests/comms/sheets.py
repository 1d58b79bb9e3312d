"""Cover sheets for tests: one as a coordinator writes it, the same in English, and any that Hypothesis thinks of."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from comms.enums import Tlp
from comms.sheet import Action, CoverSheet

#: What must never become markup, a script, a command or an address that runs something.
HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(2)">',
    '"><svg onload=alert(3) style="position:fixed">',
    "[klik](javascript:alert(4)) javascript:alert(5)",
    '#import "@preview/evil:0.1.0": * #panic() #read("/etc/passwd")',
    "$x^2$ ] [ } { \\ \\u{41} *vet* _schuin_ = Kop <label> @ref `code` // weg /* weg */",
    "{% load static %}{{ settings.SECRET_KEY }}{% debug %}",
    "שלום עולם مرحبا بالعالم \u202egnihtyreve",
    "🚨 Nu patchen 👩‍💻 中文 🇳🇱",
    "\x1b[31mrood\x1b[0m\x07\x9b",
    "Cybersecuritysamenwerkingsverbandencoördinatiestructuuroverleg" * 4,
    "&amp; &lt;b&gt; ’aanhaling’ “dubbel” €",
    "regel een\nregel twee\r\nregel drie",
)


def dutch_sheet(**changes: Any) -> CoverSheet:
    """Return the sheet of a usual warning, with the words that a coordinator would write."""
    sheet = CoverSheet(
        title="Ernstige kwetsbaarheid in VPN-koppelvlakken van Zeelink: werk nu bij",
        kind="Kwetsbaarheid",
        tlp=Tlp.AMBER,
        owner="Nationaal Cyber Security Centrum",
        published_on=date(2026, 11, 21),
        version=2,
        url="https://cwn.example/informatie/kwetsbaarheid-zeelink/",
        language="nl",
        summary="In de VPN-koppelvlakken van Zeelink zit een kwetsbaarheid waarmee een aanvaller zonder wachtwoord "
        "binnenkomt. In twee sectoren is al misbruik gezien. Er is een update.",
        body="De kwetsbaarheid zit in het *aanmeldscherm*.\n\n- Zeelink 7.1\n- Zeelink 7.2",
        urgency="Direct handelen",
        urgency_tone="danger",
        urgency_reason="Er is misbruik gezien bij havens en waterschappen. Wie binnen is, kan bij alle systemen achter "
        "het koppelvlak. Wachten tot maandag vergroot de kans op schade sterk.",
        audiences=("Publieke en private organisaties", "Schakelorganisaties"),
        reader_roles=("CISO of security officer", "ICT-beheerder", "Communicatieadviseur"),
        audience_reason="Dit raakt iedere organisatie met Zeelink 7.1 of 7.2, en iedere leverancier die het beheert.",
        key_points=(
            "Zeelink 7.1 en 7.2 zijn kwetsbaar, ook als multifactorauthenticatie aanstaat.",
            "De update 7.2.4 lost het op. Een tijdelijke maatregel is er niet.",
            "Zet het koppelvlak uit als bijwerken vandaag niet lukt.",
            "Zoek na het bijwerken naar sporen van misbruik sinds 9 november.",
        ),
        message="Er zit een ernstig lek in software waarmee medewerkers van buiten inloggen. Wij werken dit nu bij. "
        "Inloggen van buiten kan vanavond kort niet werken.",
        channel_messages=(
            ("E-mail", "Vanavond van 20.00 tot 22.00 uur kunt u niet van buiten inloggen. Wij verhelpen een lek."),
            ("Sociale media", "Gebruikt uw organisatie Zeelink? Werk vandaag bij naar 7.2.4."),
        ),
        tone="Dringend",
        speaker="Persvoorlichting NCSC, 070 555 01 00 (dag en nacht)",
        actions=(
            Action(
                "ICT-beheerder",
                "Werk Zeelink bij naar 7.2.4. Lukt dat niet? Zet het koppelvlak uit.",
                "Direct",
                "Minder dan een uur",
            ),
            Action(
                "Securityanalist of CSIRT",
                "Zoek in de logboeken sinds 9 november naar onbekende sessies; gebruik de lijst in de bijlage.",
                "23 november 2026",
                "Een dag",
            ),
            Action(
                "CISO of security officer",
                "Meld misbruik binnen 24 uur bij uw toezichthouder en bij het NCSC.",
                "24 november 2026",
                "Minder dan een uur",
            ),
            Action(
                "Schakelorganisaties",
                "Geef deze oplegger door aan uw achterban en laat ons weten hoeveel u er bereikte.",
                "Direct",
                "Minder dan een uur",
            ),
            Action(
                "Bestuurder",
                "Vraag uw CISO of dit gedaan is, en leg het besluit vast.",
                "Doorlopend",
                "Minder dan een uur",
            ),
        ),
        wider_developments="Randapparatuur is al twee jaar de meest gebruikte weg naar binnen. Bijwerken en melden "
        "horen bij de zorgplicht en de meldplicht van de Cyberbeveiligingswet.",
        developments=("NIS2 en Cyberbeveiligingswet", "Veilige toeleveringsketen"),
        functions=("Informatiedeling", "Doelwit- en slachtoffernotificatie"),
        source="Fabrikant en eigen onderzoek",
        licence="Alleen volgens het TLP-label",
        correction="Versie 7.0 is toch niet kwetsbaar; die stond in versie 1 nog genoemd.",
        phase="Lauwe fase",
    )
    return replace(sheet, **changes)


def english_sheet(**changes: Any) -> CoverSheet:
    """Return a short sheet in English."""
    sheet = dutch_sheet(
        language="en",
        title="Serious vulnerability in Zeelink VPN gateways: update now",
        kind="Vulnerability",
        tlp=Tlp.GREEN,
        actions=(
            Action("IT administrator", "Update Zeelink to 7.2.4, or switch the gateway off.", "Now", "An hour"),
            Action("Executive", "Ask your CISO whether it has been done.", "Ongoing", "An hour"),
        ),
    )
    return replace(sheet, **changes)


def hostile_sheet(text: str, **changes: Any) -> CoverSheet:
    """Return a sheet of which somebody filled every field with the same hostile text."""
    return dutch_sheet(
        **{
            "title": text,
            "kind": text,
            "owner": text,
            "summary": text,
            "body": text,
            "urgency": text,
            "urgency_reason": text,
            "audiences": (text, text),
            "reader_roles": (text,),
            "audience_reason": text,
            "key_points": (text, text),
            "message": text,
            "channel_messages": ((text, text),),
            "tone": text,
            "speaker": text,
            "actions": (Action(text, text, text, text), Action("Bestuurder", text, "Direct", text)),
            "wider_developments": text,
            "developments": (text,),
            "functions": (text,),
            "source": text,
            "licence": text,
            "correction": text,
            "status_note": text,
            "phase": text,
            **changes,
        }
    )


#: Words as people write them: letters with accents, signs that mean something to a machine, and line ends.
words = st.text(
    st.sampled_from("abcdefghij KLM éëïç ’“” 0123456789 <>&\"'`#$%*_[]{}()\\/|~^=+-@!?.,:;€ \n"),
    min_size=1,
    max_size=80,
).filter(str.strip)


@st.composite
def sheets(draw: st.DrawFn) -> CoverSheet:
    """Draw a complete sheet with any label, in Dutch or English."""
    action = st.builds(Action, audience=words, text=words, deadline=words, effort=words)
    some = st.lists(words, min_size=1, max_size=3).map(tuple)
    return CoverSheet(
        title=draw(words),
        kind=draw(words),
        tlp=draw(st.sampled_from(Tlp)),
        owner=draw(words),
        published_on=draw(st.none() | st.dates(date(2025, 1, 1), date(2035, 1, 1))),
        version=draw(st.integers(1, 40)),
        url="https://cwn.example/informatie/voorbeeld/",
        language=draw(st.sampled_from(["nl", "en"])),
        summary=draw(words),
        body=draw(words),
        urgency=draw(words),
        urgency_tone=draw(st.sampled_from(["danger", "warning", "info", "neutral"])),
        urgency_reason=draw(words),
        audiences=draw(some),
        reader_roles=draw(some),
        audience_reason=draw(words),
        key_points=draw(some),
        message=draw(words),
        channel_messages=tuple(draw(st.lists(st.tuples(words, words), max_size=3))),
        tone=draw(words),
        speaker=draw(words),
        actions=tuple(draw(st.lists(action, min_size=1, max_size=6))),
        wider_developments=draw(words),
        developments=draw(some),
        functions=draw(some),
        status_note=draw(st.just("") | words),
    )
