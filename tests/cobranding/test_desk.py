"""Making a template: nothing is lost, a second person agrees, what was approved stays (R92)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from comms.cobranding.actions.templates import (
    approve_version,
    ask_approval,
    begin_version,
    create_template,
    retire_template,
    write_version,
)
from comms.cobranding.enums import TemplateFormat, TemplateStatus
from comms.cobranding.models import MessageTemplate, TemplateVersion
from comms.enums import Tlp
from tests.factories.cobranding import bodies, draft_template, template_in_use
from tests.factories.comms import published

pytestmark = pytest.mark.django_db


def values(**more):
    return {
        "bodies": bodies(TemplateFormat.MAIL),
        "action_perspective": "Werk bij.",
        "summary": "",
        "key_points": "",
    } | more


def test_from_a_new_template_to_the_library(cast):
    wg, coord = cast.client("wg"), cast.client("coord")
    answer = wg.post(
        reverse("template_new"),
        {"name": "Werk bij", "purpose": "Doorgeven.", "tlp": "clear", "language": "nl",
         "functions": ["informatiedeling"],
         "owner": cast["wg"].memberships.get().organisation_id},
    )  # fmt: skip
    assert answer.status_code == 302
    assert answer.url == reverse("template_write", args=["werk-bij"])
    page = wg.get(answer.url).content.decode()
    assert "{{naam_partner}}" in page
    written = {
        "edit_version": "1",
        "action_perspective": "Werk bij.",
        "mail_title": "Werk bij",
        "mail_text": "Aan {{naam_partner}}.",
    }
    assert wg.post(answer.url, written).status_code == 302
    steps = reverse("template_approve", args=["werk-bij"])
    wg.post(steps, {"doe": "vraag"})
    wg.post(steps, {"doe": "akkoord", "edit_version": "2"})
    template = MessageTemplate.objects.get(slug="werk-bij")
    assert template.status == TemplateStatus.DRAFT
    coord.post(steps, {"doe": "akkoord", "edit_version": "1"})
    assert MessageTemplate.objects.get(slug="werk-bij").status == TemplateStatus.DRAFT
    coord.post(steps, {"doe": "akkoord", "edit_version": "2"})
    template.refresh_from_db()
    assert template.status == TemplateStatus.APPROVED
    assert template.formats == ["mail"]
    assert "Werk bij" in cast.client("anon").get(reverse("template_list")).content.decode()
    wg.post(reverse("template_retire", args=["werk-bij"]))
    assert "Werk bij" not in cast.client("anon").get(reverse("template_list")).content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("mail_text", "Hallo {{naam}}", "kennen"),
        ("mail_title", "TLP:GREEN voor u", "TLP-label"),
        ("mail_text", "Zie {{handelingsperspectief}} hier", "eigen regel"),
        ("mail_title", "", "Schrijf een titel"),
        ("afbeelding_title", "Alleen een titel", "Beschrijf de afbeelding"),
        ("action_perspective", "TLP:CLEAR", "TLP-label"),
    ],
)
def test_what_is_wrong_stands_at_its_box_and_nothing_is_lost(cast, field, typed, sentence):
    template = draft_template(made_by=cast["wg"])
    address = reverse("template_write", args=[template.slug])
    data = {"edit_version": "1", "mail_title": "Titel", "mail_text": "Tekst", "action_perspective": "Doe dit."}
    answer = cast.client("wg").post(address, data | {field: typed})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert (typed.replace('"', "&quot;") in page and "Doe dit." in page) or field == "action_perspective"


def test_two_writers_do_not_overwrite_each_other(cast):
    version = draft_template(made_by=cast["wg"]).versions.get()
    write_version(version, values=values(summary="Van Coby."), edit_version=1, by=cast["coord"])
    address = reverse("template_write", args=[version.template.slug])
    answer = cast.client("wg").post(
        address, {"edit_version": "1", "mail_title": "Van Wim", "action_perspective": "Doe."}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Iemand anders" in page
    assert "Van Wim" in page
    version.refresh_from_db()
    assert version.summary == "Van Coby."


def test_only_the_desk_makes_templates(cast):
    template = draft_template()
    for principal in ("anon", "mem", "rep", "nctv", "adm", "ex", "sus", "nomfa"):
        for act in (
            lambda by: create_template(values={"name": "x"}, by=by),
            lambda by: write_version(template.versions.get(), values=values(), edit_version=1, by=by),
            lambda by: retire_template(template, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(cast[principal])


def test_a_change_takes_the_request_back_and_the_maker_never_approves(cast):
    version = draft_template(made_by=cast["wg"]).versions.get()
    ask_approval(version, by=cast["wg"])
    with pytest.raises(ValidationError, match="tweede persoon"):
        approve_version(version, edit_version=1, by=cast["wg"])
    changed = write_version(version, values=values(), edit_version=1, by=cast["coord"])
    assert changed.asked_at is None
    with pytest.raises(ValidationError, match="geen akkoord gevraagd"):
        approve_version(changed, edit_version=2, by=cast["wg"])


def test_nothing_is_approved_without_an_action_perspective(cast):
    version = draft_template(made_by=cast["wg"], action_perspective="").versions.get()
    with pytest.raises(ValidationError, match="handelingsperspectief"):
        ask_approval(version, by=cast["wg"])


def test_a_version_that_was_approved_never_changes(cast):
    template = template_in_use()
    for change in (
        lambda: TemplateVersion.objects.filter(pk=template.current_id).update(summary="Anders."),
        lambda: TemplateVersion.objects.filter(pk=template.current_id).update(approved_at=None, approved_by=None),
        lambda: TemplateVersion.objects.filter(pk=template.current_id)._raw_delete("default"),
        lambda: MessageTemplate.objects.filter(pk=template.pk).update(tlp=Tlp.GREEN, formats=["mail"]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    second = begin_version(template, by=cast["wg"])
    assert second.number == 2
    assert begin_version(template, by=cast["wg"]) == second
    anon = cast.client("anon").get(reverse("template_detail", args=[template.slug]), {"versie": "2"})
    assert anon.status_code == 404
    write_version(second, values=values(), edit_version=1, by=cast["wg"])
    ask_approval(second, by=cast["wg"])
    approve_version(second, edit_version=2, by=cast["coord"])
    template.refresh_from_db()
    assert template.current_id == second.pk
    assert template.formats == ["mail"]


def test_the_actions_of_a_publication_are_those_of_now(cast):
    publication = published(tlp=Tlp.CLEAR)
    template = template_in_use(publication=publication, action_perspective="Oude actie.")
    file = reverse("template_download", args=[template.slug, "mail", "txt"])
    words = cast.client("anon").get(file).content.decode()
    assert "Installeer versie 4.2 op alle firewalls." in words
    assert "Oude actie." not in words


def test_a_wider_label_than_the_source_is_said_in_words(cast):
    source = published(tlp=Tlp.GREEN)
    data = {"name": "x", "purpose": "x", "tlp": "clear", "language": "nl", "publication": source.pk,
            "owner": cast["wg"].memberships.get().organisation_id}  # fmt: skip
    answer = cast.client("wg").post(reverse("template_new"), data)
    assert answer.status_code == 400
    assert "kan niet ruimer zijn" in answer.content.decode()


def test_a_hidden_publication_or_owner_cannot_be_chosen(cast):
    """security.md A17: Wim belongs to De Zorgring, and sees nothing of what De Havenring keeps to itself."""
    haven = cast.organisations["havenring"]
    own = cast["wg"].memberships.get().organisation_id
    for wrong in ({"publication": published(tlp=Tlp.AMBER, owner=haven).pk}, {"owner": haven.pk}):
        data = {"name": "x", "purpose": "x", "tlp": "clear", "language": "nl", "owner": own} | wrong
        assert cast.client("wg").post(reverse("template_new"), data).status_code == 400
    assert not MessageTemplate.objects.exists()


def test_the_pages_of_the_desk_ask_as_much_for_three_rows_as_for_one(cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = {}
    for name, principal in (("template_desk", "coord"), ("template_list", "mem")):
        counts[name] = []
        client = cast.client(principal)
        for more in (1, 2):
            for _number in range(more):
                template_in_use(publication=published(tlp=Tlp.CLEAR))
                draft_template()
            client.get(reverse(name))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(reverse(name)).status_code == 200
            counts[name].append(len(queries))
    assert all(one == three for one, three in counts.values()), counts
