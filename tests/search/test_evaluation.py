"""The whole search on judged questions (R3), and on the organisations that the sources name (R1–R9)."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.http import QueryDict

from cwn.search.models import Document, SynonymGroup
from cwn.search.queries import SearchPage, search
from partners.enums import PartnerStatus
from partners.models import Organisation
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db

JUDGED = Path(__file__).parent / "relevance_own.nl.json"


def ask(**parameters: str) -> SearchPage:
    """Ask as a visitor of the list of organisations, for everything on one page."""
    query = QueryDict(mutable=True)
    query.update(parameters)
    return search(query, user=AnonymousUser(), kind="organisation", page_size=1_000)


def test_the_command_reports_a_search_that_finds_and_leaves_no_trace():
    SynonymGroup.objects.create(phrases=["eigen", "woorden"])
    OrganisationFactory(name="Zeehavens")
    assert ask(q="zeehavens").count == 1
    before = list(Document.objects.order_by("pk").values()), list(SynonymGroup.objects.values())

    output = StringIO()
    call_command("evaluate_search", str(JUDGED), stdout=output)
    report = json.loads(output.getvalue())

    assert report["queries"] == len(json.loads(JUDGED.read_text(encoding="utf-8"))["queries"])
    assert report["recall"] >= 0.95
    assert report["precision"] >= 0.90
    assert report["off_topic_results"] == 0
    assert (list(Document.objects.order_by("pk").values()), list(SynonymGroup.objects.values())) == before
    assert ask(q="zeehavens").count == 1


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="kan niet worden gelezen"):
        call_command("evaluate_search", str(tmp_path / "weg.json"))


def test_every_consulted_organisation_is_found_by_its_name_and_by_each_of_its_filters():
    """No partner is known to us yet, so these are what a visitor of the first day finds (A Bijlage A, B)."""
    call_command("load_reference", stdout=StringIO())
    consulted = Organisation.objects.filter(status=PartnerStatus.CONSULTED)
    found_by: dict[tuple[str, str], set[int]] = {}
    used = set()
    for organisation in consulted.prefetch_related("regions", "sectors"):
        named = [document.object_id for document in ask(q=organisation.name).documents]
        assert organisation.pk in named[:5], organisation.name
        filters = [("regio", region.slug) for region in organisation.regions.all()]
        filters += [("sector", sector.slug) for sector in organisation.sectors.all()]
        filters += [("functie", one.function) for one in organisation.participations.current()]
        for facet, value in filters:
            if (facet, value) not in found_by:
                found_by[facet, value] = {document.object_id for document in ask(**{facet: value}).documents}
            assert organisation.pk in found_by[facet, value], (organisation.name, facet, value)
            used.add(facet)
    assert consulted.count() > 60
    assert used == {"regio", "sector", "functie"}
