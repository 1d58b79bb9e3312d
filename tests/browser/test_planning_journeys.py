"""The year plan and a campaign in a real browser, by keyboard only, with and without JavaScript (R88, R89, R97)."""

from comms.planning.enums import CampaignStatus, CelebrationState, MilestoneStatus
from comms.planning.models import Campaign, Milestone
from tests.browser.conftest import Portal
from tests.browser.steps import Person, press_until

#: The sixth of June, which is typed the same way in every order of day and month.
SIXTH_OF_JUNE = "06062027"
SEVENTH_OF_JULY = "07072027"


def types(person: Person, label: str, words: str, role: str = "textbox") -> None:
    """Go on with the Tab key to a field and write in it."""
    press_until(person.page, label, role)
    person.page.keyboard.type(words)


def types_day(person: Person, label: str, digits: str) -> None:
    """Go on with the Tab key to a day and type it; the parts of a day follow each other by themselves."""
    box = person.page.get_by_label(label, exact=True)
    for _press in range(60):
        person.page.keyboard.press("Tab")
        if box.evaluate("element => element === document.activeElement"):
            return person.page.keyboard.type(digits)
    raise AssertionError(f"the Tab key never comes to {label}")


def enters(person: Person, name: str, role: str = "button") -> None:
    """Go on with the Tab key to a button or a link, press Enter, and look at the page that comes."""
    press_until(person.page, name, role)
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    person.watch.look()


def test_a_milestone_from_the_plan_to_the_timeline(portal: Portal):
    wim = portal.enter("wg")
    wim.goes_to("/jaarplanning/2027/")
    enters(wim, "Mijlpaal toevoegen", "link")
    types(wim, "Mijlpaal", "Honderd organisaties aangesloten")
    types(wim, "Functie", "Informatiedeling", "combobox")
    types_day(wim, "Te bereiken op", SIXTH_OF_JUNE)
    enters(wim, "Bewaar")
    wim.sees("Honderd organisaties aangesloten")
    milestone = Milestone.objects.get()
    assert milestone.due_on.isoformat() == "2027-06-06"

    # reached: the portal proposes how to celebrate it, a person decides
    wim.goes_to(f"/jaarplanning/mijlpalen/{milestone.uid}/")
    enters(wim, "Bereikt", "link")
    enters(wim, "Bereikt")
    wim.sees("Hieronder staat het voorstel om het te vieren")
    enters(wim, "Neem over", "link")
    enters(wim, "Neem over")
    wim.sees("De viering staat op de tijdlijn")
    milestone.refresh_from_db()
    assert milestone.status == MilestoneStatus.REACHED
    assert milestone.celebration.state == CelebrationState.ACCEPTED
    wim.goes_to(f"/jaarplanning/{milestone.reached_on.year}/")
    wim.sees("Honderd organisaties aangesloten")


def test_a_campaign_from_the_plan_to_the_evaluation(portal: Portal):
    wim = portal.enter("wg")
    wim.goes_to("/campagnes/")
    enters(wim, "Begin een campagne", "link")
    types(wim, "Naam", "Zet de tweede stap aan")
    types(wim, "Doel", "Iedereen logt in met twee stappen.")
    types(wim, "Eigenaar", "De Zorgring", "combobox")
    types_day(wim, "Begint op", SIXTH_OF_JUNE)
    types_day(wim, "Eindigt op", SEVENTH_OF_JULY)
    press_until(wim.page, "Private partners", "checkbox")
    wim.page.keyboard.press("Space")
    enters(wim, "Maak het concept")
    wim.sees("Het concept staat klaar")
    wim.misses("Geef akkoord")
    campaign = Campaign.objects.get()
    assert (campaign.starts_on.isoformat(), campaign.ends_on.isoformat()) == ("2027-06-06", "2027-07-07")

    # a second person agrees, and takes it to the end
    coby = portal.enter("coord")
    coby.goes_to(campaign.get_absolute_url())
    enters(coby, "Geef akkoord", "link")
    enters(coby, "Geef akkoord")
    coby.sees("U bent akkoord met de campagne")
    enters(coby, "Begin nu", "link")
    enters(coby, "Begin nu")
    coby.sees("De campagne loopt")
    member = portal.enter("mem")
    member.goes_to("/campagnes/")
    enters(member, "Zet de tweede stap aan", "link")
    enters(coby, "Rond af", "link")
    enters(coby, "Rond af")
    enters(coby, "Schrijf de evaluatie", "link")
    types(coby, "Wat hebben wij geleerd?", "Korte stappen werken.")
    enters(coby, "Schrijf de evaluatie")
    coby.sees("Korte stappen werken.")
    campaign.refresh_from_db()
    assert campaign.status == CampaignStatus.EVALUATED
