"""What the search knows of publications: found by exactly those who may open them, with nothing private in it."""

import re
from datetime import UTC, datetime, timedelta

import pgtrigger
import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comms.documents import publication_documents
from comms.enums import PublicationKind, PublicationStatus, Tlp, Urgency
from comms.models import Audience, Keyword, Publication, SharingGroupMember
from cwn.core.enums import CwnFunction, IncidentPhase, Ownership
from cwn.search.indexing import rebuild
from cwn.search.models import Document
from cwn.search.queries import search
from partners.models import Organisation
from tests.cast import PRINCIPALS, Cast
from tests.factories.comms import FILLED, DevelopmentFactory, PublicationFactory, published, sharing_group
from tests.factories.partners import RegionFactory, SectorFactory

pytestmark = pytest.mark.django_db


def found_by(user, address: str = "") -> list[str]:
    """Return the titles that a reader finds."""
    page = search(QueryDict(address), user=user, kind="publication")
    return [document.title for document in page.documents]


def document_of(publication: Publication) -> Document:
    """Return the document of a publication, made anew if it went stale."""
    found_by(publication.author)
    return Document.objects.get(kind="publication", object_id=publication.pk)


@pytest.fixture
def library(cast: Cast) -> dict[str, Publication]:
    """One publication per label, way of addressing and status."""
    haven, zorg, eiland = (cast.organisations[key] for key in ("havenring", "zorgring", "eilandring"))
    named = {"named_readers": [cast["rcp"]], "owner": haven}
    tomorrow = timezone.now() + timedelta(days=1)
    published(title="vervanger", tlp=Tlp.CLEAR)
    rows = {
        "open": {"tlp": Tlp.CLEAR},
        "partners eerst": {"tlp": Tlp.CLEAR, "public_from": tomorrow},
        "groen": {"tlp": Tlp.GREEN},
        "amber aan een organisatie": {"tlp": Tlp.AMBER, "owner": haven, "addressed_organisations": [zorg]},
        "amber aan een groep": {"tlp": Tlp.AMBER, "owner": haven, "addressed_groups": [sharing_group(haven, eiland)]},
        "amber aan niemand": {"tlp": Tlp.AMBER, "owner": zorg},
        "strikt": {"tlp": Tlp.AMBER_STRICT, "owner": haven, "addressed_organisations": [eiland]},
        "rood": {"tlp": Tlp.RED, "author": cast["rep"], **named},
        "ingetrokken": {"tlp": Tlp.CLEAR, "status": PublicationStatus.WITHDRAWN},
        "vervangen": {
            "status": PublicationStatus.SUPERSEDED,
            "superseded_by": Publication.objects.get(title="vervanger"),
        },
        "verlopen": {"tlp": Tlp.CLEAR, "status": PublicationStatus.EXPIRED},
        "ingepland": {"tlp": Tlp.CLEAR, "status": PublicationStatus.SCHEDULED, "publish_at": tomorrow},
        "concept": {"tlp": Tlp.CLEAR, "status": PublicationStatus.DRAFT, "owner": haven, "author": cast["rep"]},
    }
    return {title: published(title=title, **fields) for title, fields in rows.items()}


# --- who finds what ----------------------------------------------------------------------------------
@pytest.mark.parametrize("principal", PRINCIPALS)
def test_everybody_finds_exactly_what_he_or_she_may_open(cast, library, principal):
    may_open = Publication.objects.visible_to(cast[principal]).listed().exclude(tlp=Tlp.RED)

    assert sorted(found_by(cast[principal])) == sorted(may_open.values_list("title", flat=True))


def test_each_label_is_found_by_its_own_readers(cast, library):
    everybody = {"open", "vervanger"}
    assert set(found_by(cast["anon"])) == everybody
    assert set(found_by(cast["mem-x"])) == everybody | {
        "partners eerst", "groen", "amber aan een organisatie", "amber aan niemand",
    }  # fmt: skip
    assert set(found_by(cast["rcp"])) == everybody | {"partners eerst", "groen", "amber aan een groep", "strikt"}
    assert not [principal for principal in PRINCIPALS if "rood" in found_by(cast[principal])]


def test_a_visitor_who_comes_first_does_not_hide_what_others_may_find(cast, library):
    """Whoever asks first makes the documents, also those of publications that row-level security hides from him."""
    cast.client("anon").get("/")

    assert "amber aan een organisatie" in cast.client("mem-x").get("/").content.decode()
    assert "amber aan een organisatie" not in cast.client("anon").get("/").content.decode()


def test_who_leaves_the_group_finds_nothing_of_it_from_the_next_request(cast, library):
    assert "amber aan een groep" in found_by(cast["rcp"])
    SharingGroupMember.objects.filter(organisation=cast.organisations["eilandring"]).delete()
    assert "amber aan een groep" not in found_by(cast["rcp"])


def test_what_is_for_partners_first_becomes_public_by_itself(cast, library):
    assert "partners eerst" not in found_by(cast["anon"])
    a_moment_ago = timezone.now() - timedelta(seconds=1)
    with pgtrigger.ignore("comms.Publication:stale_publication_update"):  # time passes: nobody writes
        Publication.objects.filter(title="partners eerst").update(public_from=a_moment_ago)
    Document.objects.filter(title="partners eerst").update(holds_until=a_moment_ago)

    assert "partners eerst" in found_by(cast["anon"])
    assert document_of(library["partners eerst"]).holds_until is None


# --- what a document holds ---------------------------------------------------------------------------
def test_a_document_is_found_by_every_word_of_the_sheet(cast):
    publication = published(
        body="## Achtergrond\n\nEen **wormgat** in de firewall.",
        key_points=["Let op de papegaai."],
        communication_message="Zeg tegen iedereen: zeilboot.",
        action_perspective=[FILLED["action_perspective"][0] | {"action": "Zet de kachel uit."}],
        owner=cast.organisations["havenring"],
    )
    publication.keywords.add("sneeuwschuiver")

    for word in ("wormgat", "papegaai", "zeilboot", "kachel", "sneeuwschuiver", "havenring"):
        assert found_by(cast["anon"], f"q={word}") == [publication.title], word


def test_facets_are_kind_domains_audience_theme_phase_and_who_owns_the_owner():
    country = RegionFactory(name="Nederland", slug="nederland")
    publication = published(
        kind=PublicationKind.ANALYSIS,
        audiences=["private-partners"],
        functions=[CwnFunction.TRAINING.value],
        phase=IncidentPhase.WARM,
        owner__ownership=Ownership.PUBLIC,
    )
    publication.regions.add(RegionFactory(name="Zeeland", slug="zeeland", parent=country))
    publication.sectors.add(SectorFactory(name="Zorg", slug="zorg"))
    publication.developments.add(DevelopmentFactory(slug="nis2"))

    assert set(document_of(publication).facets) == {
        "soort:publicatie",
        "soort:analyse",
        "regio:nederland",
        "regio:zeeland",
        "sector:zorg",
        "doelgroep:private-partners",
        "thema:nis2",
        "functie:opleiden-trainen-oefenen",
        "fase:warm",
        "pps:publiek",
    }


def test_nothing_private_stands_in_a_document(cast):
    secret = cast.organisations["zorgring"]
    group = sharing_group(cast.organisations["eilandring"], name="Stille deelgroep")
    publication = published(
        tlp=Tlp.AMBER,
        owner=cast.organisations["havenring"],
        author=cast["rep"],
        approved_by=cast["coord"],
        reviewer=cast["coord"],
        restriction_reason="De bron is een klokkenluider.",
        addressed_organisations=[secret],
        addressed_groups=[group],
    )
    document = document_of(publication)
    shown = " ".join([document.title, document.summary, document.url, str(document.card), *document.facets])
    words = {term[1:] for term in document.terms}

    for private in (secret.name, group.name, cast["rep"].name, cast["coord"].name, "klokkenluider"):
        assert private not in shown
        assert not set(re.findall(r"\w+", private.lower())) <= words


def test_one_text_is_on_the_pages_of_both_languages():
    publication = published(language="en", title="Patch your firewall")
    document = document_of(publication)

    assert (document.language, sorted(document.languages)) == ("en", ["en", "nl"])
    assert "Sfirewall" in document.terms


def test_a_correction_is_the_date_of_the_card_and_said():
    publication = published(published_at=datetime(2026, 5, 1, 12, tzinfo=UTC))
    assert document_of(publication).card["corrected"] is False
    publication.version, publication.corrected_at = 2, datetime(2026, 6, 1, 12, tzinfo=UTC)
    publication.correction_note = "Het versienummer klopte niet."
    publication.save()

    document = document_of(publication)
    assert (str(document.date), document.card["corrected"]) == ("2026-06-01", True)


# --- order -------------------------------------------------------------------------------------------
def test_what_is_urgent_stands_above_newer_things_for_some_time(cast):
    today = timezone.now()
    for title, urgency, days_ago in (
        ("nu handelen, oud", Urgency.IMMEDIATE, 15),
        ("nu handelen", Urgency.IMMEDIATE, 8),
        ("deze week", Urgency.SOON, 4),
        ("nieuws van gisteren", Urgency.INFORMATIVE, 1),
        ("nieuws", Urgency.INFORMATIVE, 0),
    ):
        published(title=title, urgency=urgency, published_at=today - timedelta(days=days_ago))

    in_order = ["nu handelen", "deze week", "nieuws", "nieuws van gisteren", "nu handelen, oud"]
    assert found_by(cast["anon"]) == in_order
    assert found_by(cast["anon"], "sorteer=nieuwste") == in_order
    (first, *_rest) = search(QueryDict(""), user=cast["anon"], kind="publication").documents
    assert first.date == timezone.localdate(today - timedelta(days=8))  # what is shown is the real day


# --- what makes a document stale ---------------------------------------------------------------------
def test_the_name_of_the_owner_is_that_of_now(cast):
    publication = published(owner=cast.organisations["havenring"])
    assert document_of(publication).card["owner"] == "De Havenring"
    Organisation.objects.filter(slug="havenring").update(name="Kadering", ownership=Ownership.PUBLIC)

    document = document_of(publication)
    assert document.card["owner"] == "Kadering"
    assert "pps:publiek" in document.facets


def test_another_spelling_of_a_keyword_is_found(cast):
    publication = published()
    publication.keywords.add("pishing")
    assert found_by(cast["anon"], "q=pishing")
    Keyword.objects.update(name="smishing")

    assert found_by(cast["anon"], "q=smishing") == [publication.title]


@pytest.mark.parametrize("field", ["addressed_organisations", "regions", "sectors", "developments"])
def test_every_link_makes_the_document_anew(cast, field):
    publication = published(tlp=Tlp.AMBER, owner=cast.organisations["havenring"])
    before = document_of(publication)
    made = {
        "addressed_organisations": lambda: cast.organisations["zorgring"],
        "regions": lambda: RegionFactory(slug="saba"),
        "sectors": lambda: SectorFactory(slug="zorg"),
        "developments": lambda: DevelopmentFactory(slug="nis2"),
    }[field]()
    getattr(publication, field).add(made)

    after = document_of(publication)
    assert (after.facets, after.visibility) != (before.facets, before.visibility)


def test_a_withdrawn_publication_is_gone_from_the_next_request(cast):
    publication = published()
    assert found_by(cast["anon"])
    Publication.objects.filter(pk=publication.pk).update(
        status=PublicationStatus.WITHDRAWN, withdrawal_reason="Klopt niet."
    )
    assert not found_by(cast["anon"])


def test_audiences_and_themes_are_values_of_a_filter(cast):
    Audience.objects.create(slug="breed-publiek", name="Breed publiek", name_en="General public", objective="Uitleg.")
    DevelopmentFactory(slug="nis2", name="NIS2")
    options = search(QueryDict(""), user=cast["anon"]).vocabulary.options

    assert options["doelgroep"]["breed-publiek"].label_en == "General public"
    assert options["thema"]["nis2"].label == "NIS2"
    assert list(options["fase"]) == ["koud", "lauw", "warm", "nazorg"]
    assert options["soort"]["analyse"].parent == "publicatie"


# --- many --------------------------------------------------------------------------------------------
def test_documents_of_many_publications_take_as_many_queries_as_of_one(cast):
    def publish() -> None:
        group = sharing_group(cast.organisations["zorgring"], name=f"Groep {Publication.objects.count()}")
        publication = published(tlp=Tlp.AMBER, addressed_groups=[group])
        publication.regions.add(RegionFactory())
        publication.keywords.add("haven")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(list(publication_documents(None))) == Publication.objects.count()
        return len(captured)

    publish()
    for_one = queries()
    for _more in range(5):
        publish()
    assert queries() == for_one


def test_a_rebuild_gives_the_same_documents(cast, library):
    found_by(cast["coord"])
    columns = ("object_id", "title", "facets", "visibility", "terms", "sort_date", "card")
    before = list(Document.objects.filter(kind="publication").order_by("object_id").values(*columns))
    rebuild(["publication"])

    assert list(Document.objects.filter(kind="publication").order_by("object_id").values(*columns)) == before
    assert PublicationFactory(title="nog niet klaar").title not in found_by(cast["coord"])
