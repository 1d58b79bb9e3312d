"""Every rule of the content checker, with texts that it must mention and texts that it must leave alone."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from comms.checker import CheckedText, Finding, Level, check
from comms.enums import PublicationKind, Tlp

ROOT = Path(__file__).resolve().parents[2]
LONG = (
    "Wij zagen " + "gisteravond laat een nieuwe aanval op een van onze klanten en ook op anderen " * 2 + "in het land."
)
SHORT = "De partner belt het loket. "
PASSIVE = (
    "De fout wordt gemeld. Het lek werd gevonden. De update is er. Alles wordt gecontroleerd. Iedereen werd gebeld. "
)
ACTIVE = "U meldt de fout. Wij vonden het lek. De update is er. Wij controleren alles. Wij belden iedereen. "
HARD = (
    "Organisatiegebonden verantwoordelijkheidsverdelingen vereisen intersectorale samenwerkingsovereenkomsten "
    "betreffende informatiebeveiligingsmaatregelen. "
)

#: Rule, texts that it must mention, texts that it must not. Each stands in a body in Markdown.
TABLE: dict[str, tuple[list[str], list[str]]] = {
    "kop-leeg": (
        ["##\n\nTekst.", "## Kop\n\n###\n\nTekst.", "# **\n\nTekst."],
        ["## Kop\n\nTekst.", "#hashtag is geen kop", "```\n##\n```"],
    ),
    "kop-niveau": (
        ["# Een\n\n### Drie", "## Twee\n\n# Een", "# A\n\n## B\n\n#### D"],
        ["# Een\n\n## Twee\n\n# Een", "### Alleen drie", "# A\n\n## B\n\n### C\n\n# D"],
    ),
    "kop-diep": (
        ["# A\n\n## B\n\n### C", "## A\n\n### B\n\n#### C", "# A\n\n## B\n\n### C\n\n## D"],
        ["# A\n\n## B", "## A\n\n### B", "Geen koppen."],
    ),
    "kop-ontbreekt": (
        [SHORT * 70, (SHORT * 20 + "\n\n") * 4, "- een punt\n" * 200],
        [SHORT * 20, "## Kop\n\n" + SHORT * 70, "```\n" + "regel van code\n" * 200 + "```"],
    ),
    "kop-vet": (
        ["**Wat u moet doen**\n\nTekst.", "Tekst.\n\n**Let op:**\n\nMeer.", "**Kop**"],
        ["**Let op:** doe dit nu.", "## Kop\n\nTekst.", "- **punt**"],
    ),
    "hoofdletters": (
        ["## WERK UW SERVER BIJ", "# LET OP: NIEUWE AANVAL", "## NU HANDELEN GRAAG"],
        ["## Werk uw server bij", "## NIS2", "# TLP:CLEAR en TLP:RED"],
    ),
    "alinea-lang": (
        [SHORT * 30, "Begin.\n\n" + SHORT * 26, SHORT * 60],
        [SHORT * 20, (SHORT * 15 + "\n\n") * 3, "- een punt van zes woorden lang\n" * 30],
    ),
    "link-woorden": (
        ["Lees [hier](/x/) meer.", "[Klik hier](https://ncsc.nl/)", "[meer informatie](/x/)",
         "[https://a.nl/b](https://a.nl/b)"],
        ["Lees [het advies over NIS2](/x/).", "`[hier](/x/)`", "[Hier staat alles over de aanval](/x/)"],
    ),
    "link-leeg": (
        ["Lees [](/x/).", "[ ](https://a.nl/)", "[**](/x/)"],
        ["[advies](/x/)", "een lijst [] zonder adres", "```\n[](/x/)\n```"],
    ),
    "link-adres": (
        ["[advies](http://a.nl/)", "[mail ons](mailto:info@a.nl)", "[advies](www.a.nl/b)", "[x](//evil.nl)"],
        ["[advies](https://a.nl/)", "[advies](/informatie/x/)", "`[x](http://a.nl)`"],
    ),
    "link-dubbel": (
        ["[advies](/a/) en [advies](/b/)", "[Advies](/a/), [advies](/b/)", "- [x y](/a/)\n- [x y](/b/)"],
        ["[advies](/a/) en [advies](/a/)", "[advies](/a/) en [verslag](/b/)", "Geen link."],
    ),
    "los-adres": (
        ["Kijk op https://www.ncsc.nl/advies voor meer.", "Zie www.ncsc.nl.", "- http://a.nl/b"],
        ["[het advies](https://www.ncsc.nl/advies)", "`https://evil.nl/x`", "```\nhttps://evil.nl\n```"],
    ),
    "plaatje-in-tekst": (
        ["![schema](/x.png)", "Zie ![](https://a.nl/x.png).", "- ![a](b)"],
        ["Wat! [Lees het advies](/x/)", "`![a](b)`", "Geen plaatje!"],
    ),
    "zin-lang": (
        [LONG, "Kort. " + LONG, "- " + LONG],
        [SHORT * 4, "Bel bijv. het loket, d.w.z. het nummer van mevr. Jansen of dhr. De Vries, om 9.30 uur.",
         "| " + "woord " * 30 + "| b |\n|---|---|\n| c | d |"],
    ),
    "lijdend": (
        [PASSIVE, PASSIVE * 2, "## Kop\n\n" + PASSIVE],
        [ACTIVE * 2, "De fout wordt gemeld. " + ACTIVE,
         "Het wordt beter. Het wordt later. Het werd stil. Het wordt licht."],
    ),
    "aanspreken": (
        ["U belt ons en jij krijgt hulp.", "Doe je mee?", "Vraag het jullie leverancier. Uw gegevens zijn veilig."],
        ["U belt ons en u krijgt hulp.", "Zij zei: “Je moet nu bellen.” U belt dus.", "Jeugd en jou-jou bestaan niet."],
    ),
    "leesbaarheid": (
        [HARD * 20, HARD * 40, "## Kop\n\n" + HARD * 20],
        [SHORT * 30, HARD, ACTIVE * 6],
    ),
    "jargon": (
        ["Middels dit advies helpen wij u.", "Wij zorgen voor borging.", "Het is te allen tijde nodig.",
         "U dient te bellen."],
        ["Met dit advies helpen wij u.", "De wet zegt: “Dit geldt te allen tijde.”", "Een middel dat helpt."],
    ),
    "engels": (
        ["Onze stakeholders.", "De lessons learned van de oefening.", "Meer awareness."],
        ["Onze betrokkenen.", "Het artikel “Security awareness” is van 2024.",
         "Lees van Security Awareness Nederland meer."],
    ),
    "vakterm": (
        ["Er is ransomware.", "Let op lateral movement.", "De exploit werkt."],
        ["Er is gijzelsoftware (ransomware).", "Ransomware (software die bestanden gijzelt) is er.", "`exploit`"],
    ),
    "afkorting": (
        ["Het ZZQ helpt u.", "De ISAC's doen mee.", "Volgens de BIO2-norm."],
        ["Het Zeeuws Zorgkwartier (ZZQ) helpt. Het ZZQ is er.", "De AVG en NIS2 gelden in de EU.",
         "CVE-2026-1234 is ernstig.",
         "OPA EN OMA ZIJN HIER NU OOK"],
    ),
    "moment": (
        ["Volgende week is er een update.", "Dit werd vandaag bekend.", "De afgelopen maand zagen wij meer."],
        ["Op 3 maart 2027 is er een update.", "Goede morgen!", "Zij zeiden: “Morgen komt het.”"],
    ),
    "persoon": (
        ["Mail jan.jansen@voorbeeld.nl.", "Bel 06-12345678.", "Bel +31 6 1234 5678 of mail a.b@c.nl."],
        ["Mail info@voorbeeld.nl.", "Bel 070 - 123 45 67.",
         "Mail naar meldpunt.cyber@voorbeeld.nl, of lees CVE-2006-12345678."],
    ),
    "naam": (
        ["Het LDS groeit.", "Alle stelselpartners doen mee.", "Met een OKKT-status.", "Het cyberweerbaarheidsnetwerk.",
         "Ons stelsel helpt.", "Het LDS-overleg."],
        ["Het CWN groeit.", "Het zorgstelsel verandert.", "Het stelsel van toezicht.", "Met een OKTT-status.",
         "De SOLDS-club"],
    ),
}  # fmt: skip


def rules_of(text: CheckedText) -> set[str]:
    return {finding.rule for finding in check(text)}


def a_text(body: str = "", **others) -> CheckedText:
    return CheckedText(title="Een titel", tlp=Tlp.CLEAR, body=body, **others)


@pytest.mark.parametrize(("rule", "body"), [(rule, body) for rule, (bad, _good) in TABLE.items() for body in bad])
def test_it_is_mentioned(rule, body):
    assert rule in rules_of(a_text(body))


@pytest.mark.parametrize(("rule", "body"), [(rule, body) for rule, (_bad, good) in TABLE.items() for body in good])
def test_it_is_left_alone(rule, body):
    assert rule not in rules_of(a_text(body))


def test_each_rule_has_three_of_both():
    assert [rule for rule, (bad, good) in TABLE.items() if min(len(bad), len(good)) < 3] == []


@pytest.mark.parametrize(
    ("rule", "field", "bad", "good"),
    [
        ("plaatje-zonder-tekst", "image_alts", ["", "  ", "IMG_1234",
         "schema.png"], ["Twee servers met een muur ertussen"]),
        ("plaatje-woorden", "image_alts", ["Foto van een server", "Afbeelding van x", "w " * 150], ["Een server",
         "Fotograaf aan het werk"]),
        ("bijlage-titel", "attachment_titles", ["", "rapport_v2.pdf", " "], ["Rapport over de aanval",
         "Versie 2.0 van het advies"]),
        ("hoofdletters", "title", ["LET OP: NIEUWE AANVAL"], ["Let op: nieuwe aanval", "NIS2", "CVE-2026-1234"]),
        ("titel-lang", "title", ["woord " * 25], ["Een korte titel"]),
    ],
)  # fmt: skip
def test_other_fields(rule, field, bad, good):
    for words in [*bad, *good]:
        value = words if field == "title" else (words,)
        assert (rule in rules_of(replace(a_text(), **{field: value}))) == (words in bad), words


# --- names of the network (R104, R111) ---------------------------------------------------------------
def names_in(words: str, **others) -> list[Finding]:
    return [finding for finding in check(a_text(words, **others)) if finding.rule == "naam"]


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("Het LDS groeit.", "CWN"),
        ("Het Landelijk Dekkend Stelsel groeit.", "Cyberweerbaarheidsnetwerk"),
        ("Elke stelselpartner doet mee.", "netwerkpartner"),
        ("LDS-stelselpartners doen mee.", "netwerkpartners"),
        ("Het LDS-overleg is open.", "CWN-overleg"),
        ("De OKKT bestaat niet.", "OKTT"),
        ("Het Cyber Weerbaarheidsnetwerk groeit.", "Cyberweerbaarheidsnetwerk"),
    ],
)
def test_a_former_name_is_an_error_towards_everybody_and_the_right_one_is_offered(words, right):
    [finding] = names_in(words)
    assert (finding.level, finding.suggestion) == (Level.ERROR, right)


@pytest.mark.parametrize(
    "words",
    [
        "Het CWN (voorheen LDS) groeit.",
        "Het CWN is de opvolger van het Landelijk Dekkend Stelsel.",
        "Dit rapport heet “Op weg naar een Landelijk Dekkend Stelsel”.",
        "Het netwerk volgt het LDS op.",
        "In 2017 begon het LDS.",
    ],
)
def test_history_may_be_told(words):
    assert [finding.level for finding in names_in(words)] == [Level.WARNING]


@pytest.mark.parametrize("tlp", [Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED])
def test_among_partners_a_former_name_is_advice(tlp):
    text = replace(a_text("Het LDS groeit."), tlp=tlp)
    assert [finding.level for finding in check(text) if finding.rule == "naam"] == [Level.WARNING]


@pytest.mark.parametrize(
    "field", ["title", "summary", "urgency_reason", "audience_reason", "message", "wider_developments"]
)
def test_names_are_looked_at_in_every_text(field):
    assert [finding.field for finding in check(replace(a_text(), **{field: "Over het LDS"}))] == [field]


@pytest.mark.parametrize("field", ["key_points", "actions", "channel_messages", "attachment_titles", "image_alts"])
def test_names_are_looked_at_in_every_row_of_texts(field):
    found = check(replace(a_text(), **{field: ("Goed", "Over het LDS")}))
    assert [(finding.field, finding.number) for finding in found] == [(field, 1)]


# --- who reads it ------------------------------------------------------------------------------------
def test_specialists_know_the_words_of_their_trade():
    text = a_text("Er is ransomware. " + HARD * 20, kind=PublicationKind.TECHNICAL_DATA)
    assert not {"vakterm", "leesbaarheid"} & rules_of(text)


def test_people_in_an_interview_speak_as_they_like():
    assert "aanspreken" not in rules_of(a_text("Doe je mee? U bent welkom.", kind=PublicationKind.INTERVIEW))


def test_partners_know_the_short_names_of_the_network():
    text = a_text("Het NCSC en de ISAC's helpen. Mail jan.jansen@voorbeeld.nl.")
    assert {"afkorting", "persoon"} <= rules_of(text)
    assert not {"afkorting", "persoon"} & rules_of(replace(text, tlp=Tlp.AMBER))


def test_names_of_partners_need_no_explanation():
    text = a_text("Z-CERT en het ZZQ helpen.")
    assert "afkorting" in rules_of(text)
    assert "afkorting" not in rules_of(replace(text, known_names=frozenset({"Z-CERT", "ZZQ"})))


def test_another_language_gets_only_what_does_not_depend_on_it():
    text = a_text("# A\n\n### C\n\nThe LDS, [click here](/x/). " + "word " * 40 + "middels je ZZQ.", language="en")
    assert rules_of(text) == {"kop-niveau", "naam", "link-woorden"}


# --- few false alarms --------------------------------------------------------------------------------
def reference_texts() -> list[CheckedText]:
    questions = tomllib.loads((ROOT / "cwn/portal/reference/faq.toml").read_text())["question"]
    charters = tomllib.loads((ROOT / "functions/base/reference/charters.toml").read_text())["charter"]
    return [CheckedText(title=row["question"], tlp=Tlp.CLEAR, body=row["answer"]) for row in questions] + [
        CheckedText(
            title=row["function"],
            tlp=Tlp.CLEAR,
            summary=row["summary"],
            body=row["main_task"],
            key_points=tuple(row["activities"]),
            message=row["contribution"],
            actions=tuple(condition["advice"] for condition in row["conditions"]),
        )
        for row in charters
    ]


def test_texts_of_the_network_itself_pass():
    """They are written in B1 and tell the history of the network; only abbreviations and history are mentioned."""
    found = [finding for text in reference_texts() for finding in check(text)]
    assert [finding for finding in found if finding.is_error] == []
    assert {finding.rule for finding in found} <= {"afkorting", "naam"}
    assert len(found) < len(reference_texts())
