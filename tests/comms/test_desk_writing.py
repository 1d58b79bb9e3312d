"""Writing at the desk: nothing typed is lost, half a sheet can be saved, and two editors both keep their words."""

import pytest
from django.urls import reverse

from comms.actions.drafting import save_draft
from comms.enums import PublicationStatus, Tlp
from comms.models import Audience, Publication
from partners.models import Organisation
from tests.comms.desk import page, post, writing
from tests.factories.comms import PublicationFactory, published
from tests.factories.partners import RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _audiences(db):
    for slug in ("schakelorganisaties", "private-partners"):
        Audience.objects.create(slug=slug, name=slug.title(), objective="Weten")


@pytest.fixture
def haven(cast) -> Organisation:
    return cast.organisations["havenring"]


@pytest.fixture
def draft(cast, haven) -> Publication:
    """A draft of Ruben with a complete cover sheet."""
    return PublicationFactory(owner=haven, author=cast["rep"])


@pytest.fixture
def ruben(cast):
    return cast.client("rep")


def test_a_draft_begins_with_four_answers(cast, haven, ruben):
    asked = {"owner": haven.pk, "title": "Lek in de haven", "kind": "kwetsbaarheid", "tlp": "clear", "language": "nl"}

    assert "checked" not in ruben.get(reverse("publication_new")).content.decode()
    response = ruben.post(reverse("publication_new"), asked)

    made = Publication.objects.get(title="Lek in de haven")
    assert response["Location"] == reverse("publication_edit", args=[made.slug])
    assert (made.owner, made.author, made.status) == (haven, cast["rep"], PublicationStatus.DRAFT)


@pytest.mark.parametrize(
    "wrong", [{"owner": "eilandring"}, {"tlp": ""}, {"tlp": "wit"}, {"kind": "roddel"}, {"title": "a\nb"}]
)
def test_a_draft_for_another_organisation_or_without_a_label_is_refused(cast, haven, ruben, wrong):
    if "owner" in wrong:
        wrong = {"owner": cast.organisations[wrong["owner"]].pk}
    asked = {"owner": haven.pk, "title": "Lek", "kind": "nieuws", "tlp": "clear", "language": "nl"} | wrong

    assert "Dit klopt nog niet" in ruben.post(reverse("publication_new"), asked).content.decode()
    assert not Publication.objects.exists()


def test_no_title_takes_an_address_of_the_desk(cast, haven, ruben):
    asked = {"owner": haven.pk, "title": "Nieuw", "kind": "nieuws", "tlp": "clear", "language": "nl"}

    response = ruben.post(reverse("publication_new"), asked)

    assert "Schrijven: Nieuw" in ruben.get(response["Location"]).content.decode()


def test_saving_never_demands_the_sheet(cast, haven, ruben):
    empty = PublicationFactory(owner=haven, author=cast["rep"], filled=False)

    assert "0 van 6 klaar" in page(ruben, "edit", empty)
    sent = writing(empty, urgency="direct", urgency_reason="Het lek wordt nu misbruikt.")
    response = post(ruben, "publication_edit", empty, **sent)

    assert response.status_code == 302
    assert "1 van 6 klaar" in page(ruben, "edit", empty)


def test_everything_that_was_typed_comes_back(draft, ruben):
    before = Publication.objects.values().get(pk=draft.pk)

    post(ruben, "publication_edit", draft, **writing(draft))

    after = Publication.objects.values().get(pk=draft.pk)
    assert {name for name in before if before[name] != after[name]} == {"edit_version", "updated_at"}


def test_half_an_action_is_kept(draft, ruben):
    half = {
        "action_perspective-action": ["Bel ons.", ""],
        "action_perspective-audience": ["", ""],
        "action_perspective-when": ["", ""],
        "action_perspective-date": ["", ""],
        "action_perspective-effort": ["", ""],
    }

    post(ruben, "publication_edit", draft, **writing(draft, **half))

    draft.refresh_from_db()
    assert draft.action_perspective == [{"audience": "", "action": "Bel ons.", "deadline": "", "effort": ""}]
    assert "Bel ons." in page(ruben, "edit", draft)


def test_one_wrong_box_keeps_the_others_and_says_what_is_wrong(draft, ruben):
    sent = writing(draft, title="Nieuwe titel", source_url="geen adres")

    response = post(ruben, "publication_edit", draft, **sent)

    text = response.content.decode()
    assert response.status_code == 400
    assert "geen adres" in text
    assert "Adres van de bron" in text
    draft.refresh_from_db()
    assert (draft.title, draft.source_url) == ("Nieuwe titel", "")
    assert f'name="edit_version" value="{draft.edit_version}"' in text


@pytest.mark.parametrize(
    ("box", "value", "sentence"),
    [
        ("action_perspective-date", ["", "31-02-2026"], "Actie 2: kies een dag die bestaat."),
        ("action_perspective-effort", ["eeuwig", "dag"], "Actie 1: deze keuze bestaat niet."),
        ("key_points", ["x" * 241], "Kernpunt 1 is te lang"),
        ("key_points", ["a", "b", "c", "d", "e", "f"], "hoogstens 5 kernpunten"),
        ("keywords", "x" * 61, "hoogstens 20 trefwoorden"),
        ("tlp", "wit", "wit"),
        ("review_on", "morgen", "morgen"),
        ("regions", ["999999"], "999999"),
    ],
)
def test_a_wrong_value_gets_a_sentence(draft, ruben, box, value, sentence):
    response = post(ruben, "publication_edit", draft, **writing(draft, **{box: value}))

    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_a_row_more_saves_first(draft, ruben):
    response = post(ruben, "publication_edit", draft, **writing(draft, title="Met een rij meer", doe="rij"))

    assert "rijen=3#element-action_perspective" in response["Location"]
    draft.refresh_from_db()
    assert draft.title == "Met een rij meer"
    assert ruben.get(response["Location"]).content.decode().count('name="action_perspective-action"') == 5


def test_a_kind_fills_only_what_is_empty_and_only_when_asked(cast, haven, ruben):
    empty = PublicationFactory(owner=haven, author=cast["rep"], filled=False, kind="incident", body="", tone="zakelijk")

    post(ruben, "publication_edit", empty, **writing(empty))
    empty.refresh_from_db()
    assert (empty.urgency, empty.body) == ("", "")

    post(ruben, "publication_edit", empty, **writing(empty, doe="voorstel"))
    empty.refresh_from_db()
    assert (empty.urgency, empty.tone) == ("direct", "zakelijk")
    assert "## Wat is er gebeurd?" in empty.body


def test_what_a_form_may_not_set_is_ignored(cast, draft, ruben):
    """security.md A19."""
    extra = {
        "status": "gepubliceerd",
        "owner": cast.organisations["eilandring"].pk,
        "author": cast["mem"].pk,
        "approved_by": cast["rep"].pk,
        "version": 9,
        "slug": "gekaapt",
        "publish_at": "2026-01-01",
        "named_readers": [cast["mem-o"].pk],
    }

    assert post(ruben, "publication_edit", draft, **writing(draft, **extra)).status_code == 302

    after = Publication.objects.get(pk=draft.pk)
    assert (after.status, after.owner, after.author) == (PublicationStatus.DRAFT, draft.owner, cast["rep"])
    assert (after.version, after.approved_by, after.slug, after.publish_at) == (0, None, draft.slug, None)
    assert not after.named_readers.exists()


# --- saving by itself --------------------------------------------------------------------------------
def test_saving_while_typing_answers_how_it_stands(draft, ruben):
    sent = writing(draft, title="Terwijl ik schrijf", speaker="-", source_url="geen adres")

    answer = post(ruben, "publication_save", draft, **sent).json()

    draft.refresh_from_db()
    assert (draft.title, answer["edit_version"]) == ("Terwijl ik schrijf", draft.edit_version)
    assert set(answer["missing"]) == {"communication_message"}
    assert answer["ready"] == 5
    assert list(answer["errors"]) == ["source_url"]


def test_saving_while_typing_says_that_two_people_write(cast, draft, ruben):
    save_draft(draft, values={"title": "Van Coby"}, edit_version=1, by=cast["rep"])

    response = post(ruben, "publication_save", draft, **writing(draft, title="Van Ruben"))

    assert (response.status_code, response.json()["conflict"]) == (409, True)
    draft.refresh_from_db()
    assert draft.title == "Van Coby"


def test_only_editors_save(cast, draft):
    for principal in ("coord", "mem", "mem-o", "nctv", "nomfa"):
        for name in ("publication_save", "publication_edit", "publication_merge"):
            response = post(cast.client(principal), name, draft, **writing(draft, title="Gekaapt"))
            assert response.status_code in (302, 404), principal
    draft.refresh_from_db()
    assert draft.title != "Gekaapt"


def test_what_was_issued_is_not_written_in(cast, haven, ruben):
    issued = published(owner=haven, author=cast["rep"])

    assert post(ruben, "publication_save", issued, **writing(issued, title="Stil")).status_code == 409
    post(ruben, "publication_edit", issued, **writing(issued, title="Stil"))

    issued.refresh_from_db()
    assert issued.title != "Stil"


def test_red_stays_with_its_author(cast, haven):
    draft = PublicationFactory(owner=haven, author=cast["mem"])

    response = post(cast.client("rep"), "publication_edit", draft, **writing(draft, tlp=Tlp.RED))

    assert "Alleen de auteur kan dit TLP:RED maken" in response.content.decode()


# --- two editors -------------------------------------------------------------------------------------
@pytest.fixture
def clash(draft, cast) -> dict:
    """What Ruben sends after a colleague changed the title, the summary and the regions."""
    sent = writing(draft, title="Van mij", body="Mijn tekst.")
    values = {"title": "Van de ander", "summary": "Een betere samenvatting.", "regions": [RegionFactory()]}
    save_draft(draft, values=values, edit_version=1, by=cast["rep"])
    return sent


def test_the_second_editor_sees_both_texts(draft, ruben, clash):
    response = post(ruben, "publication_edit", draft, **clash)

    text = response.content.decode()
    assert response.status_code == 409
    assert "Van de ander" in text
    assert "Van mij" in text
    assert 'name="keuze-title"' in text
    assert 'name="keuze-summary"' not in text
    assert Publication.objects.get(pk=draft.pk).title == "Van de ander"


@pytest.mark.parametrize(("choice", "title"), [("mijn", "Van mij"), ("hun", "Van de ander")])
def test_the_second_editor_chooses_and_nothing_else_is_lost(draft, ruben, clash, choice, title):
    response = post(ruben, "publication_merge", draft, **clash, **{"keuze-title": choice, "seen": 2})

    assert response.status_code == 302
    after = Publication.objects.get(pk=draft.pk)
    assert (after.title, after.body, after.summary) == (title, "Mijn tekst.", "Een betere samenvatting.")
    assert after.regions.count() == 1


def test_a_third_wording_is_possible(cast, draft, ruben):
    sent = writing(draft, summary="Van mij")
    save_draft(draft, values={"summary": "Van de ander"}, edit_version=1, by=cast["rep"])

    chosen = {"keuze-summary": "anders", "anders-summary": "Van ons samen", "seen": 2}
    post(ruben, "publication_merge", draft, **sent, **chosen)

    assert Publication.objects.get(pk=draft.pk).summary == "Van ons samen"


def test_a_third_wording_that_is_too_long_is_not_lost(cast, draft, ruben):
    sent = writing(draft, summary="Van mij")
    save_draft(draft, values={"summary": "Van de ander"}, edit_version=1, by=cast["rep"])

    chosen = {"keuze-summary": "anders", "anders-summary": "lang " * 200, "seen": 2}
    response = post(ruben, "publication_merge", draft, **sent, **chosen)

    assert "lang lang lang" in response.content.decode()
    assert Publication.objects.get(pk=draft.pk).summary == "Van de ander"


def test_a_choice_about_an_older_text_is_asked_again(cast, draft, ruben, clash):
    draft.refresh_from_db()
    save_draft(draft, values={"title": "Nog een titel"}, edit_version=2, by=cast["rep"])

    response = post(ruben, "publication_merge", draft, **clash, **{"keuze-title": "mijn", "seen": 2})

    assert response.status_code == 409
    assert "Nog een titel" in response.content.decode()


# --- the checker -------------------------------------------------------------------------------------
def test_a_suggestion_is_taken_over_with_one_click(draft, ruben):
    sent = writing(draft, body="Dit hoort bij het LDS.\n\nEn dit bij het LDS.")
    post(ruben, "publication_edit", draft, **sent)
    draft.refresh_from_db()
    text = page(ruben, "edit", draft)
    key = text.split('value="neem-over:')[1].split('"')[0]

    post(ruben, "publication_edit", draft, **writing(draft, doe=f"neem-over:{key}"))

    draft.refresh_from_db()
    assert draft.body.count("LDS") == 1
    assert draft.body.count("CWN") == 1


def test_a_suggestion_for_a_text_that_changed_changes_nothing(draft, ruben):
    post(ruben, "publication_edit", draft, **writing(draft, doe="neem-over:namen:body::0:3"))

    after = Publication.objects.get(pk=draft.pk)
    assert after.body == draft.body


def test_the_panel_below_the_form_is_fetched_anew(draft, ruben):
    assert "Tekstcontrole" in page(ruben, "state", draft)
