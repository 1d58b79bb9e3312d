"""What drawn publications are made of: subjects with their words, and the forms in which a kind speaks of them."""

from typing import NamedTuple

from comms.enums import PublicationKind as Kind


class Subject(NamedTuple):
    """Something to write about; `{thing}` stands in titles, the rest are whole sentences."""

    things: tuple[str, ...]
    developments: tuple[str, ...]
    facts: tuple[str, ...]
    points: tuple[str, ...]
    actions: tuple[str, ...]
    message: str
    wider: str
    keywords: tuple[str, ...]


SUBJECTS = (
    Subject(
        ("vpn-kastjes", "firewalls", "toegangspoorten", "routers van filialen"),
        ("identiteit-en-toegang", "nis2"),
        (
            "De fout zit in het scherm waarmee beheerders van buiten inloggen.",
            "Wie de fout kent, heeft geen wachtwoord nodig.",
            "De leverancier bracht een update uit, maar verbreekt oude sessies niet.",
            "In het logboek staan inlogpogingen op vaste tijden in de nacht.",
        ),
        ("Installeer de update en verbreek alle sessies.", "Zet beheer van buiten uit als updaten niet lukt.",
         "Controleer het logboek van de afgelopen maand."),
        ("Installeer de nieuwste versie op alle apparaten aan de rand van het netwerk.",
         "Maak een lijst van apparaten die van buiten bereikbaar zijn.", "Zet beheer alleen open voor vaste adressen."),
        "Controleer vandaag welke apparaten van buiten bereikbaar zijn.",
        "Apparaten aan de rand van het netwerk zijn een bekende weg naar binnen.",
        ("vpn", "update", "beheerders"),
    ),
    Subject(
        ("gijzelsoftware", "versleutelde bestanden", "afpersing met gestolen gegevens", "vernielde back-ups"),
        ("ransomware", "back-up-en-herstel"),
        (
            "De aanvaller was al weken binnen voordat iemand het merkte.",
            "De back-up hing aan hetzelfde netwerk en was ook versleuteld.",
            "Het herstel duurde negen dagen, de omzet kwam pas na een maand terug.",
            "Een collega zag een vreemd bestand, maar wist niet wie hij moest bellen.",
        ),
        ("Houd één kopie buiten bereik van het netwerk.", "Oefen het terugzetten, niet alleen het bewaren.",
         "Spreek af wie beslist over betalen."),
        ("Zet één bestand terug uit de back-up.", "Bewaar een kopie buiten bereik van het netwerk.",
         "Leg vast wie in het eerste uur beslist."),
        "Zet deze maand een bestand terug uit uw back-up en schrijf op hoe lang het duurde.",
        "Kunnen herstellen is een van de maatregelen van de zorgplicht.",
        ("gijzeling", "back-up", "herstel"),
    ),
    Subject(
        ("valse facturen", "nepmails van leveranciers", "oplichting per telefoon", "nagemaakte inlogpagina's"),
        ("phishing", "mens-en-gedrag"),
        (
            "De berichten zijn foutloos geschreven en gaan over iets wat echt speelt.",
            "De afzender verschilt één letter van het echte adres.",
            "Wie twijfelde en belde, liep geen schade op.",
            "De meeste meldingen kwamen binnen op maandagochtend.",
        ),
        ("Bel terug op een nummer dat u al kende.", "Meld ook een klik waar u spijt van hebt.",
         "Haast en geheimhouding zijn het signaal."),
        ("Spreek af dat terugbellen altijd mag.", "Laat medewerkers een verdachte mail met één klik melden.",
         "Bespreek een echt voorbeeld in het werkoverleg."),
        "Twijfelt u over een bericht? Bel terug op een nummer dat u al kende.",
        "Oplichters gebruiken kunstmatige intelligentie, de afspraken ertegen blijven eenvoudig.",
        ("oplichting", "phishing", "facturen"),
    ),
    Subject(
        ("besturing van pompen", "gebouwbeheer", "sluizen en gemalen", "productielijnen", "koelcellen"),
        ("ot", "cyber-resilience-act"),
        (
            "De besturing heeft een eigen verbinding die niemand op een lijst had staan.",
            "De installateur gebruikt voor alle klanten hetzelfde wachtwoord.",
            "Een update zette de instellingen terug op die van de fabriek.",
            "Bij uitval kan het werk een halve dag met de hand.",
        ),
        ("Maak een lijst van alle besturingen.", "Bewaar de instellingen op papier.",
         "Laat de installateur via een tussenstation werken."),
        ("Vraag de installateur welke verbindingen er zijn.", "Verander het standaardwachtwoord van elke besturing.",
         "Oefen een halve dag werken met de hand."),
        "Vraag uw installateur deze week welke verbindingen hij gebruikt.",
        "Operationele techniek en kantoortechniek groeien naar elkaar toe.",
        ("installateur", "besturing", "onderhoud"),
    ),
    Subject(
        ("leveranciers", "onderaannemers", "gedeelde software", "contracten met hostingpartijen"),
        ("ketens", "nis2", "digitale-autonomie"),
        (
            "Bijna iedereen leunt op dezelfde drie leveranciers zonder het te weten.",
            "In het contract staat niet wie belt als er iets misgaat.",
            "De leverancier viel zelf niet onder de wet en had geen plan.",
            "Een gesprek van een uur leverde meer op dan een vragenlijst van zestig bladzijden.",
        ),
        ("Weet zonder wie u niet kunt.", "Spreek af wie op zondag belt.", "Vraag samen, dan bent u een grote klant."),
        ("Nodig drie leveranciers uit voor een gesprek.", "Neem een meldafspraak op in elk nieuw contract.",
         "Leg vast hoe lang u zonder elke leverancier kunt."),
        "Nodig dit kwartaal uw drie belangrijkste leveranciers uit.",
        "Zorgplicht geldt voor de hele keten, ook voor wie er zelf niet onder valt.",
        ("leveranciers", "contract", "keten"),
    ),
    Subject(
        ("websites", "bereikbaarheid", "betaalpagina's", "loketten op internet"),
        ("ddos", "geopolitieke-spanning"),
        (
            "De aanval kwam in golven van een kwartier en stopte voor de lunch.",
            "De hostingpartij had geen nummer voor de nacht.",
            "Een eenvoudige pagina zonder plaatjes bleef wel bereikbaar.",
            "Bezoekers dachten dat hun gegevens gestolen waren, en dat was niet zo.",
        ),
        ("Aanvallen duren meestal kort.", "Zet een eenvoudige pagina klaar.", "Zeg meteen dat gegevens veilig zijn."),
        ("Vraag de hostingpartij om een filter en een nachtnummer.", "Zet een eenvoudige pagina klaar.",
         "Schrijf vooraf op wat u tegen bezoekers zegt."),
        "Is de website traag? Uw gegevens zijn veilig, probeer het later opnieuw.",
        "Aanvallen volgen de spanning in de wereld en vragen om rust.",
        ("hosting", "bereikbaarheid", "website"),
    ),
    Subject(
        ("oefeningen", "crisisteams", "bellijsten", "woordvoering", "nachtdiensten"),
        ("crisisbeheersing", "personeelstekort"),
        (
            "Een op de vier nummers op de bellijst klopte niet.",
            "Het team vergaderde twee uur voordat iemand de klanten belde.",
            "Wie eerder had geoefend, nam in tien minuten het eerste besluit.",
            "Na afloop bleek dat drie mensen hetzelfde hadden uitgezocht.",
        ),
        ("Oefen kort en vaak.", "Wijs voor elke rol een vervanger aan.", "Schrijf besluiten op met de tijd erbij."),
        ("Bel alle nummers van de bellijst.", "Plan een oefening van een uur.",
         "Wijs een woordvoerder en een vervanger aan."),
        "Oefen dit kwartaal een uur met het team dat er dan echt zit.",
        "Een netwerk leert elkaar kennen voordat het nodig is.",
        ("oefening", "crisisteam", "draaiboek"),
    ),
    Subject(
        ("slimme assistenten", "taalmodellen op het werk", "nagemaakte stemmen", "geautomatiseerde aanvallen"),
        ("ai", "mens-en-gedrag"),
        (
            "Medewerkers plakten vertrouwelijke teksten in een gratis dienst.",
            "De stem op de telefoon was gemaakt uit een filmpje op de website.",
            "De aanvaller probeerde in een uur duizend varianten van dezelfde mail.",
            "Een korte lijst met wat wel mag, werkte beter dan een verbod.",
        ),
        ("Zeg wat wel mag.", "Spreek een controlevraag af.", "Deel geen namen van klanten."),
        ("Maak een lijst van diensten die gebruikt mogen worden.", "Spreek een controlevraag af voor spoedbetalingen.",
         "Bespreek één voorbeeld in elk team."),
        "Gebruik kunstmatige intelligentie met een korte lijst van wat wel mag.",
        "Kunstmatige intelligentie verandert het werk van aanvallers en verdedigers.",
        ("ai", "stem", "afspraken"),
    ),
    Subject(
        ("versleuteling", "certificaten", "oude verbindingen", "sleutelbeheer"),
        ("quantum", "cloud"),
        (
            "Niemand wist waar alle sleutels lagen.",
            "Een verlopen certificaat legde het loket drie uur stil.",
            "Gegevens die tien jaar geheim moeten blijven, zijn vandaag al de moeite van het stelen waard.",
            "De leverancier kon geen datum noemen.",
        ),
        ("Begin met een lijst van gegevens.", "Vraag leveranciers om een datum.", "Vernieuw certificaten vanzelf."),
        ("Maak een lijst van sleutels en certificaten.", "Neem quantumveilige versleuteling op in aanbestedingen.",
         "Laat certificaten vanzelf vernieuwen."),
        "Maak dit jaar een lijst van gegevens die over tien jaar nog geheim moeten zijn.",
        "Overstappen op nieuwe versleuteling is een opgave van jaren voor heel Europa.",
        ("versleuteling", "certificaat", "sleutels"),
    ),
)  # fmt: skip

#: How a kind of publication puts it: titles, and openings of the summary.
FORMS: dict[str, tuple[tuple[str, ...], str]] = {
    Kind.THREAT: (("Meer aanvallen op {thing} in {place}", "Let op {thing} bij organisaties rond {place}"),
                  "Partners in en om {place} zagen de afgelopen week meer aanvallen dan anders."),
    Kind.VULNERABILITY: (("Lek in {thing}: organisaties in {place} gewaarschuwd",
                          "Update nodig voor {thing} ({place})"),
                         "Met een lek komt een ander binnen. Bij organisaties in en om {place} is dat gezien."),
    Kind.INCIDENT: (("Incident met {thing} in {place}", "{place}: wat wij weten over {thing}"),
                    "Een organisatie in {place} is getroffen. Dit is wat er nu bekend is."),
    Kind.TECHNICAL_DATA: (("Kenmerken van aanvallen op {thing} ({place})",),
                          "Kenmerken die in {place} zijn gezien en die u kunt inladen."),
    Kind.ANALYSIS: (("Analyse: {thing} in {place}", "Waarom {thing} in {place} zo vaak misgaan"),
                    "Wij legden de meldingen uit {place} naast elkaar."),
    Kind.TREND_ANALYSIS: (("Trend rond {thing}, gezien vanuit {place}",), "Een half jaar aan meldingen uit {place}."),
    Kind.BEST_PRACTICE: (("Wat in {place} hielp bij {thing}", "Zo pakte {place} het aan: {thing}"),
                         "Een voorbeeld uit {place} om over te nemen."),
    Kind.ADVICE: (("Advies over {thing} voor {place} en omgeving",),
                  "Een advies in gewone taal, gemaakt met lezers uit {place}."),
    Kind.WHITE_PAPER: (("{thing}: achtergrond en keuzes, met ervaringen uit {place}",),
                       "Achtergrond voor wie moet kiezen."),
    Kind.HANDOUT: (("Eén blad over {thing} ({place})",), "Eén bladzijde om op te hangen."),
    Kind.TOOLKIT: (("Toolkit {thing}, getest in {place}",), "Vragen, een leidraad en een brief."),
    Kind.COURSE: (("Training over {thing} in {place}",), "Een middag oefenen met mensen uit {place}."),
    Kind.LESSON: (("Geleerd in {place}: {thing}",), "Wat wij na een oefening in {place} anders doen."),
    Kind.NEWS: (("Partners in {place} werken samen aan {thing}", "Nieuws uit {place}: {thing}"),
                "Kort nieuws uit {place}."),
    Kind.PRESS_RELEASE: (("{place} maakt afspraken over {thing}",), "Organisaties in {place} maken een afspraak."),
    Kind.INTERVIEW: (("In gesprek over {thing} met iemand uit {place}",),
                     "Een gesprek over een drukke week in {place}."),
    Kind.CASE_STUDY: (("Praktijkverhaal uit {place}: {thing}",), "Hoe het ging, en wat men nu anders doet."),
    Kind.ARTICLE: (("Waarom {thing} ook {place} aangaan",), "Een achtergrond voor wie er vaker mee te maken krijgt."),
    Kind.SHOWCASE: (("Te zien in {place}: {thing}",), "Iets wat in {place} bleek te werken."),
    Kind.ANNUAL_REPORT: (("Jaarverslag uit {place}, met aandacht voor {thing}",),
                         "Een terugblik op een jaar in {place}."),
}  # fmt: skip
