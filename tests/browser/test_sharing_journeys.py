"""What becomes of a publication among several people: reviewed, shared, passed on, answered, corrected, taken back."""

import re

from django.core import mail
from playwright.sync_api import expect

from comms.actions.issuing import publish
from comms.enums import Tlp
from comms.models import Publication
from comms.tasks import send_notices
from partners.enums import MembershipRole
from tests.browser import steps
from tests.browser.conftest import Portal
from tests.cast import Cast
from tests.factories.accounts import UserFactory
from tests.factories.comms import PublicationFactory, published
from tests.factories.partners import MembershipFactory

TITLE = "Besmette update van een leverancier"
BETTER = "Er is een veilige update. Installeer die vandaag nog."


def test_amber_reaches_the_addressed_partner_and_nobody_else(portal: Portal, tmp_path):
    owner, coordinator = portal.enter("rep"), portal.enter("coord")
    desk = steps.begin(owner, title=TITLE, label="TLP:AMBER")
    fill_everything(owner)
    owner.presses("Bewaar en kies de lezers")
    owner.page.get_by_label("Zoek een organisatie").fill("zorg")
    owner.presses("Zoek")
    owner.page.get_by_role("checkbox", name="De Zorgring").check()
    owner.presses("Bewaar de lezers")
    owner.follows("Meekijken")
    owner.page.get_by_label("Wie vraagt u om mee te kijken?").select_option(label="Coby Coördinator")
    owner.presses("Vraag om mee te kijken")

    # the coordinator proposes other words, the owner takes them over, and then the coordinator agrees
    coordinator.goes_to("/redactie/")
    coordinator.follows(TITLE)
    coordinator.page.get_by_role("radio", name="Suggestie").check()
    coordinator.page.get_by_label("Bij welk onderdeel?").select_option("communication_message")
    coordinator.page.get_by_label("Uw opmerking").fill("Zeg ook dat de update veilig is.")
    coordinator.page.get_by_label("De tekst die u voorstelt").fill(BETTER)
    coordinator.presses("Plaats")
    owner.goes_to(f"{desk}meekijken/")
    owner.sees("Zeg ook dat de update veilig is.")
    owner.presses("Neem de tekst over")
    coordinator.goes_to(f"{desk}meekijken/")
    coordinator.presses("Ik geef akkoord")
    coordinator.sees("Coby Coördinator gaf akkoord.")

    # before publishing the owner sees exactly who it is for
    owner.goes_to(f"{desk}publiceren/")
    owner.sees("De mensen van 2 organisaties")
    assert owner.page.locator(".cwn-columns li").all_inner_texts() == [
        "De Havenring",
        "De Zorgring",
        "Petra Partner (De Havenring)",
        "Wim Werkgroep (De Zorgring)",
        "Xandra Zorg (De Zorgring)",
    ]
    owner.presses("Publiceer nu")
    address = Publication.objects.get(title=TITLE).get_absolute_url()

    reader = portal.enter("mem-x")
    reader.goes_to(address)
    reader.sees(BETTER)
    sheet = steps.words_of_pdf(reader.takes_along("Oplegger op één A4", tmp_path))
    assert sheet
    assert all(page.count("TLP:AMBER") >= 2 for page in sheet)  # above and below
    for stranger in ("mem-o", "anon"):
        portal.enter(stranger).goes_to(address, status=404)

    # the partner tells what it did; the owner sees a range
    reader.page.get_by_text("Vertel er meer over").click()
    reader.page.get_by_label("Langs welke weg?").fill("Nieuwsbrief")
    reader.page.get_by_label("Ongeveer hoeveel organisaties bereikte u?").fill("120")
    reader.presses("Wij gaven dit door")
    reader.sees("Antwoord: Wij gaven dit door")
    owner.goes_to(f"{address}bereik/")
    owner.sees("Bevestigd: 120 organisaties. Geschat: 120.")
    owner.sees("Doorgegeven (Nieuwsbrief)")


def fill_everything(writer: steps.Person) -> None:
    """Fill the text, the label and the six elements of a restricted publication."""
    page = writer.page
    steps.fill_text(page)
    page.get_by_label("Waarom is dit niet openbaar?").fill("De bron wordt anders bekend.")
    page.get_by_label("Wanneer bekijkt u het label opnieuw?").fill("2027-03-01")
    steps.fill_why_and_whom(page)
    steps.fill_message(page)
    steps.fill_action(page, 1)
    steps.fill_action(page, 2)
    steps.fill_developments(page)


def test_a_reader_says_what_helped_and_sees_what_the_owner_did(portal: Portal):
    cast = portal.visit.cast
    address = published(owner=cast.organisations["havenring"], author=cast["mem"], title=TITLE).get_absolute_url()
    visitor, owner = portal.enter(), portal.enter("rep")
    visitor.goes_to(address)
    visitor.follows("Laat het de eigenaar weten")
    visitor.page.get_by_role("radio", name="Ja").check()
    visitor.page.get_by_label("Wat kan er beter").fill("Zet het versienummer in de titel.")
    visitor.presses("Verstuur")
    visitor.sees("De Havenring leest uw reactie.")

    owner.goes_to(f"{address}bereik/")
    owner.sees("Zet het versienummer in de titel.")
    owner.page.get_by_label("Dit deden we ermee").fill("Het versienummer staat er nu bij.")
    owner.presses("Plaats antwoord")
    visitor.follows("Terug naar de publicatie")
    visitor.sees("Het versienummer staat er nu bij.")


def test_corrected_for_who_had_it_and_then_taken_back(portal: Portal):
    cast = portal.visit.cast
    publication = issued_amber(cast)
    told = addresses_of_new_mail()
    assert told == {"ruben@test.example", "wim@test.example", "xandra@test.example"}
    join_later(cast)
    address, desk = publication.get_absolute_url(), f"/redactie/{publication.slug}/"
    owner, coordinator, reader = portal.enter("rep"), portal.enter("coord"), portal.enter("mem-x")

    owner.goes_to(desk)
    owner.presses("Corrigeer deze tekst")
    owner.page.get_by_label("De boodschap").fill(BETTER)
    owner.presses("Bewaar")
    coordinator.goes_to(f"{desk}meekijken/")
    coordinator.presses("Ik geef akkoord op de correctie")
    reader.goes_to(address)
    reader.misses(BETTER)
    owner.goes_to(f"{desk}publiceren/")
    owner.page.get_by_label("Wat is er veranderd en waarom?").fill("De eerste update was niet veilig.")
    owner.presses("Publiceer de correctie")

    assert addresses_of_new_mail() == told
    reader.goes_to(address)
    reader.sees(re.compile(r"Gecorrigeerd op .* \(versie 2\)"))
    reader.sees("De eerste update was niet veilig.")
    reader.follows("Bekijk wat er veranderde")
    expect(reader.page.locator("ins").get_by_text("veilige").first).to_be_visible()

    owner.goes_to(f"{desk}label/")
    owner.follows("Trek deze publicatie in")
    owner.page.get_by_label("Waarom trekt u dit in?").fill("De melding bleek niet te kloppen.")
    owner.presses("Trek in")
    owner.sees("De publicatie is ingetrokken.")
    reader.goes_to(address, status=410)
    reader.sees("De melding bleek niet te kloppen.")
    reader.misses(BETTER)
    for stranger in ("mem-o", "anon"):
        portal.enter(stranger).goes_to(address, status=404)


def issued_amber(cast: Cast) -> Publication:
    """Publish something for the care ring, with the approval of a coordinator."""
    draft = PublicationFactory(
        owner=cast.organisations["havenring"],
        author=cast["mem"],
        approved_by=cast["coord"],
        tlp=Tlp.AMBER,
        title=TITLE,
    )
    draft.addressed_organisations.set([cast.organisations["zorgring"]])
    return publish(draft, by=cast["rep"])


def join_later(cast: Cast) -> None:
    """Let somebody join the care ring after version 1 was sent."""
    newcomer = UserFactory(name="Lotte Later", email="lotte@test.example")
    MembershipFactory(user=newcomer, organisation=cast.organisations["zorgring"], role=MembershipRole.MEMBER)


def addresses_of_new_mail() -> set[str]:
    """Send what waits in the outbox, and return to whom it went."""
    mail.outbox.clear()
    send_notices()
    return {address for message in mail.outbox for address in message.to}


def test_a_label_widens_with_two_people_and_tightens_at_once(portal: Portal):
    cast = portal.visit.cast
    publication = published(
        owner=cast.organisations["havenring"],
        author=cast["mem"],
        tlp=Tlp.GREEN,
        title=TITLE,
        audiences=["breed-publiek"],
    )
    address, desk = publication.get_absolute_url(), f"/redactie/{publication.slug}/"
    owner, coordinator, visitor = portal.enter("rep"), portal.enter("coord"), portal.enter()
    visitor.goes_to(address, status=404)

    coordinator.goes_to(f"{desk}label/")
    coordinator.follows("Vraag een ruimer label")
    coordinator.page.get_by_role("radio", name="TLP:CLEAR").check()
    coordinator.page.get_by_label("Waarom kan het ruimer?").fill("De leverancier maakte het zelf bekend.")
    coordinator.presses("Vraag aan")
    visitor.goes_to(address, status=404)
    owner.goes_to("/redactie/")
    owner.follows(TITLE)
    owner.presses("Geef toestemming")
    coordinator.goes_to("/redactie/")
    coordinator.follows(TITLE)
    coordinator.presses("Besluit: geef het ruimere label")
    coordinator.sees("Het ruimere label geldt nu.")
    visitor.goes_to(address)
    visitor.follows("Laat het de eigenaar weten")

    owner.goes_to(f"{desk}label/")
    owner.follows("Kies een strenger label")
    owner.page.get_by_role("radio", name=re.compile("^TLP:AMBER ")).check()
    owner.page.get_by_label("Waarom strenger?").fill("De bron vraagt erom.")
    owner.page.get_by_label("Wanneer bekijkt u het label opnieuw?").fill("2027-03-01")
    owner.presses("Maak strenger")
    owner.sees("Het nieuwe label geldt nu.")
    visitor.follows("Annuleer", status=404)
    assert not visitor.page.get_by_text(TITLE).count()
