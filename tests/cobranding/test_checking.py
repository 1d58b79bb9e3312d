"""The text checker on templates: what it finds, where it points, and that it holds nothing back (R2, R76)."""

import pytest
from django.urls import reverse

from comms.cobranding.checking import findings_of
from comms.cobranding.enums import TemplateFormat
from comms.enums import Tlp
from tests.factories.cobranding import bodies, draft_template
from tests.factories.comms import published

pytestmark = pytest.mark.django_db
HARD = (
    "De implementatie van organisatieoverstijgende cyberbeveiligingsmaatregelen noodzaakt verantwoordelijke "
    "functionarissen tot voorafgaande inventarisatie van informatiesystemen, leveranciersafhankelijkheden, "
    "continuïteitsvoorzieningen en toegangsbevoegdheden, alvorens besluitvorming betreffende investeringsprioriteiten "
    "daadwerkelijk plaatsvindt binnen samenwerkingsverbanden van uiteenlopende publieke en private organisaties. "
) * 4
CLEAN = "Lees vandaag niets anders.\n\n{{handelingsperspectief}}"


def found(**fields):
    return findings_of(draft_template(**fields).versions.get())


def boxes_with(findings, words: str) -> list[str]:
    return [one.box for one in findings if words in one.message]


def test_a_hard_text_is_pointed_out_in_its_own_box():
    findings = found(bodies=bodies(TemplateFormat.WORD, text=HARD))
    assert boxes_with(findings, "Taalniveau B1") == ["word_text"]
    (finding,) = [one for one in findings if "Taalniveau B1" in one.message]
    assert (finding.anchor, finding.form) == ("id_word_text", "Word-document")


def test_the_same_remark_is_made_once_for_all_forms():
    findings = found(bodies=bodies(TemplateFormat.MAIL, TemplateFormat.WORD, TemplateFormat.ONE_PAGER, text=HARD))
    assert boxes_with(findings, "Taalniveau B1") == ["mail_text"]


@pytest.mark.parametrize(
    ("alt", "words"),
    [("", "Schrijf wat er op dit plaatje staat"), ("IMG_2031.jpg", "bestandsnaam"), ("Afbeelding van een slot", "weg")],
)
def test_a_picture_says_what_it_shows(alt, words):
    texts = {form.value: {"title": "Werk bij", "text": CLEAN, "alt": alt} for form in TemplateFormat}
    # only the forms that show a picture ask for it, and the same remark comes once
    assert boxes_with(found(bodies=texts), words) == ["social_alt"]


def test_what_readers_can_do_must_be_said_by_the_template_or_its_publication(cast):
    words = "Er staat nog niet wat lezers kunnen doen"
    texts = bodies(TemplateFormat.MAIL)
    (finding,) = [one for one in found(action_perspective="  ", bodies=texts) if words in one.message]
    assert (finding.box, finding.is_serious) == ("action_perspective", True)
    assert not boxes_with(found(action_perspective="Bel uw leverancier.", bodies=texts), words)
    publication = published(tlp=Tlp.CLEAR, owner=cast.organisations["havenring"])
    assert not boxes_with(found(action_perspective="", bodies=texts, publication=publication), words)


def test_a_variable_is_no_word():
    said = {"mail": {"title": "Doe mee", "text": "Dit is het handelingsperspectief.", "alt": ""}}
    remarks = [one.excerpt for one in found(bodies=said) if one.box == "mail_text"]
    assert remarks == ["handelingsperspectief"]  # jargon, when somebody writes it
    named = {"mail": {"title": "Doe mee", "text": "Dit kunt u doen.\n\n{{handelingsperspectief}}", "alt": ""}}
    assert [one for one in found(bodies=named) if one.box == "mail_text"] == []


def test_who_still_has_to_begin_hears_nothing():
    assert found(bodies={}, action_perspective="") == []


@pytest.mark.parametrize("name", ["template_write", "template_approve"])
def test_the_desk_reads_it_beside_the_text_and_for_approval(cast, name):
    template = draft_template(made_by=cast["wg"], bodies=bodies(TemplateFormat.WORD, text=HARD))
    html = cast.client("wg").get(reverse(name, args=[template.slug])).content.decode()
    assert "Taalniveau B1" in html
    write = reverse("template_write", args=[template.slug])
    assert f'href="{"" if name == "template_write" else write}#id_word_text"' in html
    if name == "template_write":
        assert 'id="id_word_text"' in html


def test_nothing_is_held_back(cast):
    template = draft_template(made_by=cast["wg"], bodies=bodies(TemplateFormat.WORD, text=HARD))
    assert [one for one in findings_of(template.versions.get()) if one.message]
    steps = reverse("template_approve", args=[template.slug])
    cast.client("wg").post(steps, {"doe": "vraag"})
    cast.client("coord").post(steps, {"doe": "akkoord", "edit_version": "1"})
    template.refresh_from_db()
    assert template.is_in_use


def test_no_broken_pictures_before_there_is_something_to_do(cast):
    template = draft_template(made_by=cast["wg"], action_perspective="", bodies=bodies(TemplateFormat.WORD))
    address = reverse("template_approve", args=[template.slug])
    html = cast.client("wg").get(address).content.decode()
    assert "zodra er een handelingsperspectief is" in html
    assert "<img src=" not in html.partition("<main")[2]
    template.versions.update(action_perspective="Bel uw leverancier.")
    assert "<img src=" in cast.client("wg").get(address).content.decode().partition("<main")[2]
