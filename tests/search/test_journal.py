"""A committed change is in the next request, whatever way it was written, and in whatever order it committed."""

import threading
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections, transaction
from django.http import QueryDict

from cwn.core.enums import Ownership
from cwn.core.models import StaleDocument
from cwn.search import indexing, journal
from cwn.search.indexing import BATCH, trim_journal
from cwn.search.models import Change, Document
from cwn.search.queries import search
from partners.enums import PartnerStatus
from partners.models import Organisation, Participation, Region
from tests.factories.partners import OrganisationFactory, ParticipationFactory, RegionFactory, SectorFactory


def titles(address: str = "", user=None) -> list[str]:
    """Return what a visitor finds."""
    return [document.title for document in search(QueryDict(address), user=user or AnonymousUser()).documents]


def unsaved(number: int, name: str = "") -> Organisation:
    """Make a partner that is not stored yet."""
    return Organisation(
        name=name or f"Organisatie {number}",
        slug=f"organisatie-{number}",
        ownership=Ownership.PRIVATE,
        status=PartnerStatus.PARTNER,
        partner_since=date(2026, 1, 1),
    )


def fails_for(object_id: int, document_row):
    """Return a maker of rows that fails on one thing."""

    def make(source):
        if source.object_id == object_id:
            raise KeyError(object_id)
        return document_row(source)

    return make


@pytest.mark.django_db
class TestEveryWayOfWriting:
    """No path around the index: triggers mark what changed."""

    def test_save(self):
        organisation = OrganisationFactory(name="Oude naam")
        assert titles() == ["Oude naam"]
        organisation.name = "Nieuwe naam"
        organisation.save()
        assert titles() == ["Nieuwe naam"]

    def test_update(self):
        OrganisationFactory(name="Oude naam")
        assert titles() == ["Oude naam"]
        Organisation.objects.update(name="Nieuwe naam")
        assert titles() == ["Nieuwe naam"]

    def test_bulk_create(self):
        assert titles() == []
        Organisation.objects.bulk_create([unsaved(1, name="In bulk")])
        assert titles() == ["In bulk"]

    def test_raw_sql(self):
        OrganisationFactory(name="Oude naam")
        assert titles() == ["Oude naam"]
        with connection.cursor() as cursor:
            cursor.execute("UPDATE partners_organisation SET name = 'Uit SQL'")
        assert titles() == ["Uit SQL"]

    def test_delete(self):
        organisation = OrganisationFactory()
        assert titles() == [organisation.name]
        organisation.delete()
        assert titles() == []

    def test_link_to_a_region(self):
        organisation, region = OrganisationFactory(name="Zeeuws"), RegionFactory(slug="zeeland")
        assert titles("regio=zeeland") == []
        organisation.regions.add(region)
        assert titles("regio=zeeland") == ["Zeeuws"]
        organisation.regions.clear()
        assert titles("regio=zeeland") == []

    def test_participation_moves_to_another_organisation(self):
        participation = ParticipationFactory(organisation__name="Eerste")
        second = OrganisationFactory(name="Tweede")
        assert titles("functie=informatiedeling") == ["Eerste"]
        Participation.objects.filter(pk=participation.pk).update(organisation=second)
        assert titles("functie=informatiedeling") == ["Tweede"]

    def test_suspension_hides_at_once(self):
        OrganisationFactory(name="Straks geschorst")
        assert titles() == ["Straks geschorst"]
        Organisation.objects.update(status=PartnerStatus.SUSPENDED)
        assert titles() == []

    def test_new_name_of_a_region_is_the_label_of_its_filter(self):
        region = RegionFactory(slug="zeeland", name="Zeeland")
        OrganisationFactory(regions=[region])
        assert search(QueryDict(), user=AnonymousUser()).option_labels["regio", "zeeland"] == "Zeeland"
        Region.objects.update(name="Zeelandia")
        assert search(QueryDict(), user=AnonymousUser()).option_labels["regio", "zeeland"] == "Zeelandia"

    def test_region_includes_what_lies_below_it(self):
        country = RegionFactory(slug="nederland")
        OrganisationFactory(name="Zeeuws", regions=[RegionFactory(slug="zeeland", parent=country)])
        assert titles("regio=nederland") == ["Zeeuws"]

    def test_what_waits_behind_a_large_change_is_not_shown(self, monkeypatch):
        OrganisationFactory(name="Straks geschorst")
        assert titles() == ["Straks geschorst"]
        monkeypatch.setattr(journal, "PASSES", 0)
        Organisation.objects.update(status=PartnerStatus.SUSPENDED)
        assert titles() == []

    def test_one_thing_that_cannot_be_read_stops_no_list(self, monkeypatch):
        OrganisationFactory(name="Leesbaar")
        broken = OrganisationFactory(name="Stuk")
        assert sorted(titles()) == ["Leesbaar", "Stuk"]
        monkeypatch.setattr(indexing, "document_row", fails_for(broken.pk, indexing.document_row))
        Organisation.objects.update(description="nieuw")
        assert titles() == ["Leesbaar"]

    def test_more_than_one_batch(self):
        Organisation.objects.bulk_create(unsaved(number) for number in range(BATCH + 20))
        assert search(QueryDict(), user=AnonymousUser()).count == BATCH + 20
        assert not StaleDocument.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestOtherProcesses:
    """What another connection commits is seen at the next look, never missed."""

    def test_lines_that_commit_out_of_order(self):
        first, second = OrganisationFactory(name="Eerste"), OrganisationFactory(name="Tweede")
        assert sorted(titles()) == ["Eerste", "Tweede"]
        documents = {document.object_id: document.pk for document in Document.objects.all()}
        early_wrote, late_committed = threading.Event(), threading.Event()

        def write_early_commit_late() -> None:
            with transaction.atomic():
                Document.objects.filter(pk=documents[first.pk]).update(title="Eerste, laat")
                early_wrote.set()
                late_committed.wait(timeout=20)
            connections.close_all()

        other = threading.Thread(target=write_early_commit_late)
        other.start()
        early_wrote.wait(timeout=20)
        Document.objects.filter(pk=documents[second.pk]).update(facets=["regio:zeeland"])
        version = journal.synchronise().version  # reads the later line while the earlier one is not there yet
        late_committed.set()
        other.join()
        assert journal.synchronise().version > version
        assert sorted(titles()) == ["Eerste, laat", "Tweede"]

    def test_rolled_back_change_leaves_nothing(self):
        OrganisationFactory(name="Blijft")
        assert titles() == ["Blijft"]
        try:
            with transaction.atomic():
                Organisation.objects.update(name="Teruggedraaid")
                raise RuntimeError
        except RuntimeError:
            pass
        assert titles() == ["Blijft"]

    def test_trimming_keeps_what_is_young(self):
        OrganisationFactory(sectors=[SectorFactory()])
        journal.synchronise()
        lines = Change.objects.count()
        assert trim_journal(keep_hours=24) == 0
        assert Change.objects.count() == lines > 0
        with connection.cursor() as cursor:
            cursor.execute("UPDATE search_change SET written_at = written_at - interval '25 hours'")
        assert trim_journal(keep_hours=24) == lines

    def test_process_that_forgot_reads_all_again(self):
        OrganisationFactory(name="Staat er nog")
        journal.synchronise()
        journal.forget()
        assert titles() == ["Staat er nog"]
