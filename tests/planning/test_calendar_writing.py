"""The pages on which an item is written: nothing is lost, by hand, by itself, and together."""

import re
from html import unescape

import pytest
from django.urls import reverse

from comms.enums import Tlp
from comms.planning.actions.entries import save_entry, values_of
from comms.planning.actions.presence import note_editor
from comms.planning.models import CalendarEntry, EntryEditor
from tests.factories.comms import published
from tests.factories.planning import AudienceFactory, CampaignFactory, ChannelFactory, EntryFactory

pytestmark = pytest.mark.django_db
INPUT = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def boxes(client, entry) -> dict[str, list[str]]:
    """Return what the page of an item would send: its hidden boxes, and the same values in the boxes themselves."""
    html = client.get(reverse("entry_edit", args=[entry.uid])).content.decode()
    sent: dict[str, list[str]] = {}
    for name, value in INPUT.findall(html):
        sent.setdefault(name, []).append(unescape(value))
    shown = {name.removeprefix("initial-"): values for name, values in sent.items() if name.startswith("initial-")}
    if shown.get("is_all_day") == ["False"]:
        del shown["is_all_day"]
    return sent | shown


def test_a_page_that_is_saved_as_it_is_changes_nothing(cast):
    entry = EntryFactory(filled=True, person=cast["wg"], functions=["informatiedeling"], time_zone="America/Curacao")
    client = cast.client("wg")
    response = client.post(reverse("entry_edit", args=[entry.uid]), boxes(client, entry))
    assert response.status_code == 302
    before = values_of(entry)
    entry.refresh_from_db()
    assert values_of(entry) == before
    assert entry.edit_version == 1


def test_the_time_is_that_of_the_place(cast):
    entry, client = EntryFactory(), cast.client("wg")
    sent = boxes(client, entry) | {"starts_at": "2026-07-01T09:00", "time_zone": "America/Curacao"}
    client.post(reverse("entry_edit", args=[entry.uid]), sent)
    entry.refresh_from_db()
    assert entry.starts_at.isoformat() == "2026-07-01T13:00:00+00:00"


def test_it_saves_by_itself_and_goes_on_from_there(cast):
    entry, client = EntryFactory(title="Oud", content="Oud"), cast.client("wg")
    address = reverse("entry_save", args=[entry.uid])
    sent = boxes(client, entry) | {"title": "Nieuw"}
    answer = client.post(address, sent).content.decode()
    assert "Bewaard om" in answer
    for name, value in INPUT.findall(answer):
        if name == "initial-title":
            sent[name] = value
    assert sent["initial-title"] == "Nieuw"
    save_entry(entry, values={"content": "Van Coby"}, base={"content": "Oud"}, by=cast["coord"])
    client.post(address, sent | {"title": "Nog nieuwer"})
    entry.refresh_from_db()
    assert (entry.title, entry.content) == ("Nog nieuwer", "Van Coby")


def test_a_box_with_an_error_does_not_keep_the_others_from_being_saved(cast):
    entry, client = EntryFactory(title="Oud"), cast.client("wg")
    sent = boxes(client, entry) | {"title": "", "content": "Nieuw"}
    answer = client.post(reverse("entry_save", args=[entry.uid]), sent).content.decode()
    assert "Een deel is niet bewaard" in answer
    entry.refresh_from_db()
    assert (entry.title, entry.content) == ("Oud", "Nieuw")


@pytest.mark.parametrize("address", ["entry_edit", "entry_save"])
def test_a_planned_item_is_not_emptied_and_nothing_typed_is_lost(cast, address):
    entry, client = EntryFactory(filled=True, status="gepland", title="Oud"), cast.client("wg")
    sent = boxes(client, entry) | {"title": "Nieuw", "message": ""}
    answer = client.post(reverse(address, args=[entry.uid]), sent).content.decode()
    assert "Een item dat gepland is, heeft een inhoud en een boodschap." in answer
    if address == "entry_edit":
        assert 'value="Nieuw"' in answer
    entry.refresh_from_db()
    assert entry.message == "Zet het vandaag aan."


def test_the_merge_page_shows_three_texts_and_saves_the_choice(cast):
    entry, client = EntryFactory(title="Oud", content="Oud"), cast.client("wg")
    sent = boxes(client, entry) | {"title": "Van Wim", "content": "Ook van Wim"}
    save_entry(entry, values={"title": "Van Coby"}, base={"title": "Oud"}, by=cast["coord"])
    page = client.post(reverse("entry_edit", args=[entry.uid]), sent)
    assert page.status_code == 409
    for words in ("Oud", "Van Coby", "Van Wim"):
        assert words in page.content.decode()
    entry.refresh_from_db()
    assert (entry.title, entry.content) == ("Van Coby", "Oud")
    choice = sent | {"seen": page.context["seen"], "keuze-title": "hun"}
    assert client.post(reverse("entry_merge", args=[entry.uid]), choice).status_code == 302
    entry.refresh_from_db()
    assert (entry.title, entry.content) == ("Van Coby", "Ook van Wim")


def test_a_choice_about_an_older_text_is_asked_again(cast):
    entry, client = EntryFactory(title="Oud"), cast.client("wg")
    sent = boxes(client, entry) | {"title": "Van Wim"}
    save_entry(entry, values={"title": "Van Coby"}, base={"title": "Oud"}, by=cast["coord"])
    seen = client.post(reverse("entry_edit", args=[entry.uid]), sent).context["seen"]
    save_entry(entry, values={"title": "Nog eens"}, base={"title": "Van Coby"}, by=cast["coord"])
    again = client.post(reverse("entry_merge", args=[entry.uid]), sent | {"seen": seen, "keuze-title": "mijn"})
    assert again.status_code == 409
    assert "Nog eens" in again.content.decode()


def test_a_new_item_has_no_label_yet_and_loses_nothing_without_one(cast):
    client, haven = cast.client("rep"), cast.organisations["havenring"]
    html = client.get(reverse("entry_new")).content.decode()
    assert "checked" not in html.split('name="tlp"', 1)[1].split("</fieldset>", 1)[0]
    sent = {"title": "Havenweek", "starts_at": "2026-04-01T09:00", "time_zone": "Europe/Amsterdam", "medium": "tekst"}
    sent |= {"owner": haven.pk, "readers": "planners", "audiences": [AudienceFactory().pk]}
    refused = client.post(reverse("entry_new"), sent)
    assert refused.status_code == 400
    assert "Kies een TLP-label" in refused.content.decode()
    assert "Havenweek" in refused.content.decode()
    assert client.post(reverse("entry_new"), sent | {"tlp": "clear"}).status_code == 302
    assert CalendarEntry.objects.get().owner == haven


def test_an_owner_that_is_not_ones_own_cannot_be_sent(cast):
    client, zorg = cast.client("rep"), cast.organisations["zorgring"]
    sent = {"title": "x", "starts_at": "2026-04-01T09:00", "time_zone": "Europe/Amsterdam", "medium": "tekst"}
    sent |= {"owner": zorg.pk, "readers": "planners", "tlp": "clear"}
    assert client.post(reverse("entry_new"), sent).status_code == 400
    assert not CalendarEntry.objects.exists()


def test_it_begins_from_a_publication_that_one_may_read(cast):
    bericht = published(title="Lek in een sluis", summary="Kort.", owner=cast.organisations["havenring"])
    secret = published(title="kanarie-bericht", tlp=Tlp.AMBER, owner=cast.organisations["eilandring"])
    client = cast.client("wg")
    assert "Lek in een sluis" in client.get(reverse("entry_new"), {"publicatie": bericht.slug}).content.decode()
    assert "kanarie" not in client.get(reverse("entry_new"), {"publicatie": secret.slug}).content.decode()


def test_it_begins_from_a_campaign_with_what_the_plan_says_already(cast):
    campaign = CampaignFactory(name="Winterproef", owner=cast.organisations["havenring"])
    campaign.channels.add(channel := ChannelFactory())
    client = cast.client("wg")
    form = client.get(reverse("entry_new"), {"campagne": campaign.slug}).context["form"]
    assert form.initial["campaign"] == campaign.pk
    assert form.initial["channels"] == [channel]
    assert form.initial["starts_at"][:10] >= campaign.starts_on.isoformat()
    assert client.get(reverse("entry_new"), {"campagne": "bestaat-niet"}).status_code == 200


def test_a_move_by_form_says_what_happened_and_what_cannot(cast):
    entry, client = EntryFactory(title="Havenweek"), cast.client("wg")
    address = reverse("entry_move", args=[entry.uid])
    day = {"seen": "2026-01-01", "day": "2026-02-30"}
    assert "Kies een dag die bestaat" in client.post(address, day, follow=True).content.decode()
    html = client.post(address, {"status": "live", "terug": reverse("calendar_board")}, follow=True).content.decode()
    assert "kan dit niet in één keer" in html
    elsewhere = client.post(address, {"status": "concept", "terug": "//evil.example/"})
    assert elsewhere.headers["Location"] == entry.get_absolute_url()
    assert CalendarEntry.objects.get().status == "concept"


def test_who_works_on_it_is_told_and_reading_writes_nothing(cast):
    entry, client = EntryFactory(), cast.client("wg")
    client.get(reverse("entry_edit", args=[entry.uid]))
    assert not EntryEditor.objects.exists()
    note_editor(entry, by=cast["coord"])
    html = client.post(reverse("entry_presence", args=[entry.uid])).content.decode()
    assert "Coby Coördinator werkt hier nu ook aan." in html
    assert EntryEditor.objects.filter(user=cast["wg"]).exists()


def test_who_is_logged_out_keeps_the_page(cast):
    entry = EntryFactory()
    answer = cast.client("anon").post(reverse("entry_save", args=[entry.uid]), {"title": "x"})
    assert answer.status_code == 200
    assert "U bent uitgelogd" in answer.content.decode()
    assert cast.client("mem").post(reverse("entry_save", args=[entry.uid])).status_code == 404
