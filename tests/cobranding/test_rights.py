"""Who sees and takes which template: the rule in Python and the one in PostgreSQL say the same (A28, TLP x channel)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.urls import reverse

from comms.cobranding.enums import TemplateStatus
from comms.cobranding.models import MessageTemplate, OwnLines, RenderJob, TemplateDownload, TemplateVersion
from comms.enums import PublicationStatus, Tlp
from comms.models import Publication
from cwn.core.guard import reading_as
from tests.cast import PRINCIPALS
from tests.factories.cobranding import batch_for, campaign_with, draft_template, template_in_use
from tests.factories.comms import PublicationFactory, published

pytestmark = pytest.mark.django_db
NETWORK = {"mem", "rep", "wg", "mem-x", "mem-o", "rcp", "coord", "nctv"}
DESK = {"wg", "coord"}


@pytest.fixture
def world(cast):
    """Templates of every label, stage and kind of source, by name."""
    haven, zorg = cast.organisations["havenring"], cast.organisations["zorgring"]
    amber = published(tlp=Tlp.AMBER, owner=zorg, addressed_organisations=[haven])
    clear = published(tlp=Tlp.CLEAR, owner=haven)
    made = {
        "clear": template_in_use(),
        "green": template_in_use(tlp=Tlp.GREEN),
        "amber": template_in_use(tlp=Tlp.AMBER, publication=amber),
        "clear of a publication": template_in_use(publication=clear),
        "green of a clear publication": template_in_use(tlp=Tlp.GREEN, publication=clear),
        "draft": draft_template(),
        "retired": template_in_use(),
        "of a draft": draft_template(publication=PublicationFactory(tlp=Tlp.CLEAR, owner=haven)),
        "withdrawn": template_in_use(publication=published(tlp=Tlp.CLEAR, status=PublicationStatus.WITHDRAWN)),
    }
    MessageTemplate.objects.filter(pk=made["retired"].pk).update(status=TemplateStatus.RETIRED)
    strict = published(tlp=Tlp.CLEAR, owner=haven)
    made["label that got strict"] = template_in_use(publication=strict)
    Publication.objects.filter(pk=strict.pk).update(
        tlp=Tlp.AMBER_STRICT, approved_by=cast["coord"], restriction_reason="Te gevoelig.", review_on="2027-01-01"
    )
    return made


EXPECTED = {
    "clear": set(PRINCIPALS),
    "green": NETWORK,
    "amber": {"mem", "rep", "mem-x", "coord", "wg"},
    "clear of a publication": set(PRINCIPALS),
    "green of a clear publication": NETWORK,
    "draft": DESK,
    "retired": DESK,
    "of a draft": {"coord"},
    "withdrawn": DESK,
    "label that got strict": set(),
}


def test_who_sees_what(cast, world):
    seen = {
        name: {one for one in PRINCIPALS if MessageTemplate.objects.visible_to(cast[one]).filter(pk=row.pk).exists()}
        for name, row in world.items()
    }
    assert seen == EXPECTED


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_postgresql_says_the_same(cast, world, principal):
    haven = cast.organisations["havenring"]
    for row in world.values():
        OwnLines.objects.create(template=row, organisation=haven, opening="kanarie")
        TemplateDownload.objects.create(version=row.versions.get(), format="mail", day="2026-11-22", organisation=haven)
    for by in ("coord", "wg", "mem"):
        batch_for(campaign_with(haven), by=cast[by])
    asked: list[type[Model]] = [MessageTemplate, TemplateVersion, OwnLines, RenderJob]
    person = cast[principal]
    by_rule = {model: set(model.objects.visible_to(person).values_list("pk", flat=True)) for model in asked}
    with reading_as(person):
        by_policy = {model: set(model.objects.values_list("pk", flat=True)) for model in asked}
        counted = TemplateDownload.objects.count()
    assert by_policy == by_rule
    assert (counted > 0) == (principal in {*DESK, "mem", "rep"})


def test_a_template_follows_its_publication(cast):
    publication = published(tlp=Tlp.CLEAR)
    template = template_in_use(publication=publication)
    address = reverse("template_detail", args=[template.slug])
    assert cast.client("anon").get(address).status_code == 200
    Publication.objects.filter(pk=publication.pk).update(
        tlp=Tlp.GREEN, restriction_reason="Alleen voor ons.", review_on="2027-01-01"
    )
    assert cast.client("anon").get(address).status_code == 404
    page = cast.client("mem").get(address)
    assert "TLP:GREEN" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    file = cast.client("mem").get(reverse("template_download", args=[template.slug, "mail", "txt"])).content.decode()
    assert file.count("TLP:GREEN") >= 2
    assert "TLP:CLEAR" not in file


@pytest.mark.parametrize("tlp", [Tlp.AMBER_STRICT, Tlp.RED])
def test_what_is_not_passed_on_never_becomes_a_template(tlp):
    with pytest.raises(IntegrityError), transaction.atomic():
        draft_template(tlp=tlp)
    source = published(tlp=tlp)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft_template(tlp=Tlp.AMBER, publication=source)


def test_a_template_is_as_strict_as_its_publication():
    source = published(tlp=Tlp.GREEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft_template(tlp=Tlp.CLEAR, publication=source)
    template = draft_template(tlp=Tlp.GREEN, publication=source)
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageTemplate.objects.filter(pk=template.pk).update(tlp=Tlp.CLEAR)


def test_amber_needs_a_publication_and_public_forms_need_clear():
    for wrong in ({"tlp": Tlp.AMBER}, {"tlp": Tlp.GREEN, "formats": ["social"]}):
        with pytest.raises(ValidationError):
            MessageTemplate(name="x", slug="x", purpose="x", **wrong).validate_constraints()
        with pytest.raises(IntegrityError), transaction.atomic():
            draft_template(**wrong)


def test_the_page_of_a_campaign_names_its_templates(cast):
    campaign = campaign_with(cast.organisations["havenring"])
    template = template_in_use(campaign=campaign)
    batch = reverse("template_batch", args=[campaign.slug])
    for who, makes_files in (("mem", False), ("wg", True)):
        page = cast.client(who).get(campaign.get_absolute_url()).content.decode()
        assert template.name in page
        assert reverse("template_detail", args=[template.slug]) in page
        assert (batch in page) is makes_files
