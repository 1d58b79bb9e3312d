"""Organisations from a table and to a table, in the admin."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from structlog.testing import capture_logs

from cwn.core.enums import CwnFunction
from cwn.core.sheets import read_sheet
from partners.actions.import_plan import plan_import
from partners.actions.imports import import_organisations, prepare_import
from partners.enums import PartnerStatus
from partners.models import DuplicateCandidate, Organisation, PendingImport, StatusChange
from partners.tasks import purge_applications
from partners.transfer import HEADER, organisation_rows
from tests.factories.partners import (
    BranchFactory,
    KindFactory,
    OrganisationFactory,
    ParticipationFactory,
    RegionFactory,
    SectorFactory,
)

pytestmark = pytest.mark.django_db
IMPORT = "admin:partners_organisation_import"


@pytest.fixture
def _vocabulary() -> None:
    """Some values to refer to; "Zeeland" is two regions, as in the real list."""
    RegionFactory(slug="zeeland", name="Zeeland")
    RegionFactory(slug="veiligheidsregio-zeeland", name="Zeeland")
    RegionFactory(slug="saba", name="Saba")
    SectorFactory(slug="zorg", name="Gezondheidszorg")
    BranchFactory(slug="horeca", name="Horeca")
    KindFactory(slug="isac", name="ISAC")


def _rows(text: str):
    return read_sheet(io.BytesIO(text.encode()))


def _import(text: str, cast, file_name: str = "lijst.csv"):
    return import_organisations(prepare_import(_rows(text), file_name=file_name, by=cast["coord"]), by=cast["coord"])


def _upload(client: Client, content: bytes, name: str = "lijst.csv"):
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile(name, content)})


# --- what becomes of a row ---------------------------------------------------------------------------
@pytest.mark.usefixtures("_vocabulary")
def test_a_row_becomes_an_organisation_with_all_that_it_says(cast):
    _import(
        "naam;ook bekend als;soorten;publiek of privaat;regio's;sectoren;branches;functies;website;kvk-nummer\n"
        "Zeeuwse Kring;ZK|De Kring;ISAC;Privaat;zeeland | Saba;zorg;Horeca;Informatiedeling;www.kring.nl;12345678\n",
        cast,
    )

    organisation = Organisation.objects.get(name="Zeeuwse Kring")
    assert (organisation.slug, organisation.status) == ("zeeuwse-kring", PartnerStatus.PROSPECT)
    assert organisation.known_as == ["ZK", "De Kring"]
    assert (organisation.website, organisation.kvk_number) == ("https://www.kring.nl", "12345678")
    assert {region.slug for region in organisation.regions.all()} == {"zeeland", "saba"}
    assert [kind.slug for kind in organisation.kinds.all()] == ["isac"]
    assert [row.function for row in organisation.participations.all()] == [CwnFunction.INFORMATION_SHARING]
    assert organisation.status_changes.get().reason == "Import van lijst.csv"


@pytest.mark.parametrize("header", ["naam;publiek of privaat", "naam;publiek of privaat;status"])
def test_nobody_becomes_public_by_accident(cast, header):
    _import(f"{header}\nStille Kring;privaat;\n", cast)

    organisation = Organisation.objects.get(name="Stille Kring")
    assert organisation.status == PartnerStatus.PROSPECT
    assert not Organisation.objects.visible_to(cast["anon"]).filter(pk=organisation.pk).exists()


def test_who_becomes_public_is_counted():
    plan = plan_import(_rows("naam;publiek of privaat;status\nA;privaat;partner\nB;privaat;prospect\n"))

    assert [row.name for row in plan.becomes_public] == ["A"]
    assert plan.rows[0].values["partner_since"] == timezone.localdate()


@pytest.mark.usefixtures("_vocabulary")
@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"naam": ""}, "naam: "),
        ({"publiek of privaat": ""}, "Vul in wat voor organisatie"),
        ({"publiek of privaat": "half"}, "“half” kennen wij niet"),
        ({"regio's": "Zeland"}, "“Zeland” kennen wij niet. Bedoelt u “zeeland”?"),
        ({"regio's": "Zeeland"}, ""),
        ({"functies": "dansen"}, "functies: “dansen” kennen wij niet"),
        ({"kvk-nummer": "123"}, "acht cijfers"),
        ({"kvk-nummer": "١٢٣٤٥٦٧٨"}, "acht cijfers"),
        ({"website": "javascript://alert"}, "website: "),
        ({"partner sinds": "morgen"}, "geen datum"),
        ({"was lds-partner": "soms"}, "ja of nee"),
        ({"status": "koning"}, "status: “koning”"),
        ({"naam": "x" * 201}, "naam: "),
        ({"kenmerk": "Met Spaties"}, "kenmerk: "),
    ],
)
def test_each_mistake_is_said_in_dutch_beside_its_row(cells, sentence):
    row = {"naam": "Ring", "publiek of privaat": "privaat", **cells}

    plan = plan_import(_rows(";".join(row) + "\n" + ";".join(row.values()) + "\n")).rows[0]

    assert plan.number == 2
    if sentence:
        assert sentence in " ".join(plan.errors)
    else:
        assert not plan.errors


def test_a_name_of_two_regions_asks_for_the_address():
    RegionFactory(slug="vr-noord", name="Noord")
    RegionFactory(slug="prov-noord", name="Noord")

    plan = plan_import(_rows("naam;publiek of privaat;regio's\nRing;privaat;Noord\n"))

    assert "“Noord” kennen wij niet" in plan.rows[0].errors[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("naam;kleur\nA;b", "kleur"),
        ("website\nhttps://a.nl", "“naam” ontbreekt"),
        ("naam\n", "geen regels"),
    ],
)
def test_columns_that_cannot_be_used_are_named(text, sentence):
    with pytest.raises(ValidationError, match=sentence):
        plan_import(_rows(text))


@pytest.mark.parametrize("columns", [("kenmerk", "ring"), ("kvk-nummer", "12345678"), ("naam", "DE RING")])
def test_a_row_finds_its_organisation_by_address_number_or_name(columns):
    organisation = OrganisationFactory(name="De Ring", slug="ring", kvk_number="12345678")
    cells = {"naam": "Nieuwe naam", columns[0]: columns[1]}

    plan = plan_import(_rows(";".join(cells) + "\n" + ";".join(cells.values())))

    assert plan.rows[0].existing == organisation


def test_a_former_address_still_finds_the_organisation():
    organisation = OrganisationFactory()
    organisation.aliases.create(slug="oude-ring")

    assert plan_import(_rows("kenmerk;naam\noude-ring;Ring")).rows[0].existing == organisation


def test_the_same_organisation_twice_is_an_error():
    plan = plan_import(_rows("naam;publiek of privaat\nRing;privaat\nring;publiek\n"))

    assert "regel 2" in plan.rows[1].errors[0]


@pytest.mark.usefixtures("_vocabulary")
def test_a_change_shows_old_and_new_and_leaves_the_rest(cast):
    organisation = OrganisationFactory(
        name="Ring", description="Oud", internal_notes="Blijft", sectors=[SectorFactory(slug="zorg")]
    )
    text = "naam;omschrijving;regio's;sectoren\nRing;Nieuw;saba;\n"

    plan = plan_import(_rows(text)).rows[0]
    assert plan.kind == "change"
    assert plan.changes == [("regio's", "", "saba"), ("sectoren", "zorg", ""), ("omschrijving", "Oud", "Nieuw")]
    _import(text, cast)

    organisation.refresh_from_db()
    assert (organisation.description, organisation.internal_notes) == ("Nieuw", "Blijft")
    assert [region.slug for region in organisation.regions.all()] == ["saba"]
    assert not organisation.sectors.exists()


def test_a_status_changes_by_the_ladder_or_not_at_all(cast):
    OrganisationFactory(name="Ring", status=PartnerStatus.PROSPECT, partner_since=None)

    assert "alleen naar" in plan_import(_rows("naam;status\nRing;partner")).rows[0].errors[0]
    _import("naam;status\nRing;kandidaat", cast)

    assert StatusChange.objects.get().new_status == PartnerStatus.CANDIDATE


def test_a_function_that_is_gone_ends_and_one_that_is_new_begins(cast):
    organisation = OrganisationFactory(name="Ring")
    ParticipationFactory(organisation=organisation, function=CwnFunction.TRAINING)

    _import("naam;functies\nRing;informatiedeling", cast)

    current = organisation.participations.current()
    assert [row.function for row in current] == [CwnFunction.INFORMATION_SHARING]
    assert organisation.participations.count() == 2


# --- all or nothing ----------------------------------------------------------------------------------
def test_one_wrong_row_stops_all(cast):
    with pytest.raises(ValidationError, match="niets geïmporteerd"):
        _import("naam;publiek of privaat\nGoed;privaat\nFout;half\n", cast)

    assert not Organisation.objects.filter(name="Goed").exists()


def test_new_organisations_are_compared_with_the_rest(cast):
    OrganisationFactory(name="Alfa", kvk_number="12345678", slug="alfa")

    _import("kenmerk;naam;publiek of privaat;kvk-nummer\nbeta;Beta;privaat;12345678\n", cast)

    assert DuplicateCandidate.objects.get().reasons == ["KvK-nummer"]


def test_the_history_knows_the_file(cast):
    _import("naam;publiek of privaat\nRing;privaat\n", cast, file_name="partners-2026.csv")

    event = Organisation.pgh_event_model.objects.get(name="Ring")
    assert event.pgh_context.metadata == {"user": cast["coord"].pk, "reason": "Import van partners-2026.csv"}


def test_five_thousand_rows_take_a_bounded_number_of_questions(cast, django_assert_max_num_queries):
    text = "naam;publiek of privaat\n" + "".join(f"Organisatie nummer {n} x;privaat\n" for n in range(5_000))
    pending = prepare_import(_rows(text), file_name="groot.csv", by=cast["coord"])

    with django_assert_max_num_queries(60):
        import_organisations(pending, by=cast["coord"])
    assert Organisation.objects.filter(name__startswith="Organisatie nummer").count() == 5_000


@pytest.mark.parametrize("principal", ["rep", "nctv", "adm"])
def test_only_coordinators_import(cast, principal):
    rows = _rows("naam;publiek of privaat\nRing;privaat\n")

    with pytest.raises(PermissionDenied):
        prepare_import(rows, file_name="lijst.csv", by=cast[principal])
    with pytest.raises(PermissionDenied):
        import_organisations(prepare_import(rows, file_name="lijst.csv", by=cast["coord"]), by=cast[principal])


# --- there and back ----------------------------------------------------------------------------------
@pytest.mark.usefixtures("_vocabulary")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_that_comes_back_changes_nothing(cast, kind):
    for name in ("=1+1", "+Ring", "-Ring", "@Ring", "'=Ring", "Gewoon; met | teken"):
        organisation = OrganisationFactory(
            name=name, description="Regel een\r\nRegel twee ", known_as=["Zus", "=Zo"], kinds=[KindFactory(slug="isac")]
        )
        ParticipationFactory(organisation=organisation)

    answer = cast.client("coord").get(reverse("admin:partners_organisation_export", args=[kind]))
    plan = plan_import(read_sheet(io.BytesIO(answer.content)))

    assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')
    assert {row.kind for row in plan.rows} == {"same"}
    assert len(plan.rows) == Organisation.objects.count()


def test_an_export_holds_no_contacts_and_no_formulas(cast):
    OrganisationFactory(name='=HYPERLINK("https://evil.example")')

    text = cast.client("coord").get(reverse("admin:partners_organisation_export", args=["csv"])).content.decode()

    assert "'=HYPERLINK" in text
    assert "openbaar@" not in text
    assert "kanarie-openbaar" not in text


def test_an_export_follows_the_filters_of_the_list(cast):
    address = reverse("admin:partners_organisation_export", args=["csv"])

    text = cast.client("coord").get(address, {"status__exact": PartnerStatus.PROSPECT}).content.decode("utf-8-sig")

    assert [line.split(";")[0] for line in text.splitlines()] == ["kenmerk", "prospectring"]


@pytest.mark.parametrize(("principal", "status"), [("rep", 404), ("nctv", 404), ("adm", 403)])
def test_nobody_else_reaches_the_pages(cast, principal, status):
    client = cast.client(principal)

    assert client.get(reverse("admin:partners_organisation_export", args=["csv"])).status_code == status
    assert client.get(reverse(IMPORT)).status_code == status
    assert _upload(client, b"naam;publiek of privaat\nRing;privaat\n").status_code == status
    assert not PendingImport.objects.exists()


def test_the_number_of_questions_of_an_export_does_not_grow(cast, django_assert_num_queries):
    def export() -> list[list[str]]:
        return list(organisation_rows(Organisation.objects.all()))

    with django_assert_num_queries(6):
        export()
    OrganisationFactory(kinds=[KindFactory()], regions=[RegionFactory()])
    with django_assert_num_queries(6):
        rows = export()
    assert {len(row) for row in rows} == {len(HEADER)}


# --- the pages ---------------------------------------------------------------------------------------
def test_a_file_is_shown_first_and_imported_after_a_yes(cast):
    client = cast.client("coord")

    page = _upload(client, b"naam;publiek of privaat\nNieuwe Ring;privaat\n")
    assert not Organisation.objects.filter(name="Nieuwe Ring").exists()
    preview = client.get(page.url)
    assert "Nieuwe Ring" in preview.content.decode()
    answer = client.post(page.url, {"fingerprint": preview.context["plan"].fingerprint})

    assert answer.url == reverse("admin:partners_organisation_changelist")
    assert Organisation.objects.filter(name="Nieuwe Ring").exists()
    assert not PendingImport.objects.exists()


def test_a_second_yes_to_the_same_file_gets_a_sentence(cast):
    pending = prepare_import(_rows("naam;publiek of privaat\nRing;privaat\n"), file_name="a.csv", by=cast["coord"])
    import_organisations(PendingImport.objects.get(), by=cast["coord"])
    with pytest.raises(ValidationError, match="al uitgevoerd"):
        import_organisations(pending, by=cast["coord"])


def test_a_file_that_nobody_wants_goes_after_a_day(cast):
    prepare_import(_rows("naam\nRing\n"), file_name="a.csv", by=cast["coord"])
    purge_applications()
    assert PendingImport.objects.exists()
    PendingImport.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    purge_applications()
    assert not PendingImport.objects.exists()


def test_an_export_with_a_filter_that_does_not_exist_gets_a_sentence(cast):
    address = reverse("admin:partners_organisation_export", args=["csv"])
    answer = cast.client("coord").get(address, {"pk": "x"}, follow=True)
    assert "Dit filter kennen wij niet" in answer.content.decode()


def test_an_export_leaves_a_trace_without_content(cast):
    with capture_logs() as lines:
        address = reverse("admin:partners_organisation_export", args=["csv"])
        cast.client("coord").get(address, {"status__exact": PartnerStatus.PROSPECT})
    (line,) = [line for line in lines if line["event"] == "organisations_exported"]
    assert (line["by"], line["filter"], line["rows"]) == (cast["coord"].pk, "status__exact=prospect", 1)


def test_what_changed_since_the_preview_is_shown_again(cast):
    OrganisationFactory(name="Ring", description="Oud")
    client = cast.client("coord")
    page = _upload(client, b"naam;omschrijving\nRing;Nieuw\n")
    fingerprint = client.get(page.url).context["plan"].fingerprint
    Organisation.objects.filter(name="Ring").update(description="Anders")

    answer = client.post(page.url, {"fingerprint": fingerprint})

    assert "intussen iets gewijzigd" in answer.content.decode()
    assert Organisation.objects.get(name="Ring").description == "Anders"


def test_a_file_with_mistakes_offers_no_import(cast):
    client = cast.client("coord")

    page = client.get(_upload(client, b"naam;publiek of privaat\nRing;half\n").url).content.decode()

    assert "Er wordt niets geïmporteerd zolang er fouten zijn" in page
    assert "“half” kennen wij niet" in page
    assert 'name="fingerprint"' not in page


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "lijst.csv"),
        (b"PK\x03\x04rommel", "lijst.xlsx"),
        (b"", "lijst.csv"),
        (b"naam;kleur\nA;b", "../../etc/passwd"),
    ],
)
def test_a_file_that_is_no_list_gets_a_sentence(cast, content, name):
    answer = _upload(cast.client("coord"), content, name)

    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not PendingImport.objects.exists()


def test_the_waiting_file_of_somebody_else_does_not_exist(cast):
    other = prepare_import(_rows("naam;publiek of privaat\nRing;privaat\n"), file_name="a.csv", by=cast["coord"])
    PendingImport.objects.filter(pk=other.pk).update(uploaded_by=cast["rep"])

    address = reverse("admin:partners_organisation_import_preview", args=[other.pk])
    assert cast.client("coord").get(address).status_code == 404
    assert cast.client("coord").post(address, {"fingerprint": "x"}).status_code == 404
