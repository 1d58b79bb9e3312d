"""What coordinators do in the admin: see what waits, look before they leap, and leave a trace."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import html5lib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cwn.core.enums import CwnFunction
from partners.actions.duplicates import find_duplicates
from partners.enums import ApplicationState, MembershipRole, PartnerStatus, ProposalState
from partners.models import Contact, Membership, Organisation, ProfileProposal, Relation
from tests.factories.partners import (
    ApplicationFactory,
    ContactFactory,
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
    SectorFactory,
)

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=400)


def _list(model: str) -> str:
    return reverse(f"admin:partners_{model}_changelist")


def _act(client: Client, model: str, name: str, rows, step: str = "", **data):
    """Send one step of an action; the last one with the fingerprint of what was shown."""
    form = {"action": name, "_selected_action": [row.pk for row in rows], "step": step, **data}
    return client.post(_list(model), form)


def _do(client: Client, model: str, name: str, rows, **data):
    """Look, then say yes."""
    shown = _act(client, model, name, rows, "preview", **data)
    return _act(client, model, name, rows, "confirm", fingerprint=shown.context["fingerprint"], **data)


# --- what waits --------------------------------------------------------------------------------------
def test_the_first_page_counts_what_waits(cast):
    ApplicationFactory()
    Contact.objects.filter(organisation=cast.organisations["havenring"]).update(created_at=LONG_AGO)
    OrganisationFactory(name="Havenring Dubbel", kvk_number="12345678")
    OrganisationFactory(name="Dubbele Ring", kvk_number="12345678")
    find_duplicates()

    tasks = {task.label: task.count for task in cast.client("coord").get(reverse("admin:index")).context["tasks"]}

    assert tasks["Nieuwe aanmeldingen"] == 1
    assert tasks["Contacten te bevestigen"] == cast.organisations["havenring"].contacts.count()
    assert tasks["Mogelijke dubbelen"] == 1
    assert tasks["Voorgestelde wijzigingen"] == 0


def test_every_count_is_that_of_the_list_behind_it(cast):
    ApplicationFactory()
    Contact.objects.update(created_at=LONG_AGO)
    client = cast.client("coord")

    for task in client.get(reverse("admin:index")).context["tasks"]:
        behind = client.get(task.url).context
        if "cl" in behind:  # decisions on functions and publications wait on pages of their own
            assert behind["cl"].result_count == task.count, task.label


def test_nothing_to_do_is_said(cast):
    assert "niets te doen" in cast.client("coord").get(reverse("admin:index")).content.decode()


def test_a_technical_administrator_has_accounts_and_the_log_and_no_content(cast):
    page = cast.client("adm").get(reverse("admin:index"))

    tables = [entry["object_name"] for group in page.context["app_list"] for entry in group["models"]]
    assert tables == ["User", "AuditEntry"]
    assert page.context["tasks"] == []


# --- look before you leap ----------------------------------------------------------------------------
def test_an_action_shows_old_and_new_and_changes_nothing_yet(cast):
    organisation = cast.organisations["prospectring"]

    page = _act(
        cast.client("coord"),
        "organisation",
        "change_status",
        [organisation],
        "preview",
        to="kandidaat",
        reason="Gesprek",
    )

    line = page.context["lines"][0]
    assert (line.old, line.new, line.refusal) == ("Mogelijke partner", "Kandidaat", "")
    organisation.refresh_from_db()
    assert organisation.status == PartnerStatus.PROSPECT


def test_a_yes_changes_what_was_shown_with_the_reason(cast):
    organisation = cast.organisations["prospectring"]

    _do(cast.client("coord"), "organisation", "change_status", [organisation], to="kandidaat", reason="Gesprek")

    organisation.refresh_from_db()
    assert organisation.status == PartnerStatus.CANDIDATE
    assert organisation.status_changes.get().reason == "Gesprek"


def test_rows_that_cannot_are_left_alone_and_said(cast):
    able, unable = cast.organisations["prospectring"], cast.organisations["havenring"]
    client = cast.client("coord")

    page = _act(client, "organisation", "change_status", [able, unable], "preview", to="kandidaat", reason="x")
    assert "Van “Netwerkpartner” kan de status alleen naar" in page.content.decode()
    _do(client, "organisation", "change_status", [able, unable], to="kandidaat", reason="x")

    unable.refresh_from_db()
    assert unable.status == PartnerStatus.PARTNER


def test_a_yes_to_something_else_than_was_shown_is_no_yes(cast):
    organisation = cast.organisations["prospectring"]
    client = cast.client("coord")
    shown = _act(client, "organisation", "change_status", [organisation], "preview", to="kandidaat", reason="x")
    Organisation.objects.filter(pk=organisation.pk).update(status=PartnerStatus.FORMER)

    page = _act(
        client,
        "organisation",
        "change_status",
        [organisation],
        "confirm",
        to="kandidaat",
        reason="x",
        fingerprint=shown.context["fingerprint"],
    )

    assert "Bekijk opnieuw" in page.content.decode()
    organisation.refresh_from_db()
    assert organisation.status == PartnerStatus.FORMER


def test_a_missing_reason_is_asked_and_what_was_chosen_stays(cast):
    page = _act(
        cast.client("coord"),
        "organisation",
        "change_status",
        [cast.organisations["prospectring"]],
        "preview",
        to="kandidaat",
    )

    assert page.context["lines"] is None
    assert 'value="kandidaat" selected' in page.content.decode()


@pytest.mark.parametrize("principal", ["rep", "wg", "nctv", "adm", "sus"])
def test_nobody_else_acts(cast, principal):
    organisation = cast.organisations["prospectring"]

    answer = _act(
        cast.client(principal), "organisation", "change_status", [organisation], "confirm", to="kandidaat", reason="x"
    )

    assert answer.status_code in (403, 404)
    organisation.refresh_from_db()
    assert organisation.status == PartnerStatus.PROSPECT


@pytest.mark.parametrize("value", ["regions:saba", "sectors:zorg", "functions:informatiedeling"])
def test_a_value_is_added_to_many_and_taken_away(cast, value):
    RegionFactory(slug="saba", name="Saba")
    SectorFactory(slug="zorg", name="Zorg")
    rows = [cast.organisations["havenring"], cast.organisations["zorgring"]]
    client = cast.client("coord")

    def having() -> int:
        field, slug = value.split(":")
        if field == "functions":
            return Organisation.objects.filter(participations__function=slug, participations__until=None).count()
        return Organisation.objects.filter(**{f"{field}__slug": slug}).count()

    _do(client, "organisation", "set_value", rows, what="add", value=value, reason="x")
    assert having() == 2
    _do(client, "organisation", "set_value", rows, what="remove", value=value, reason="x")
    assert having() == 0


def test_two_selected_organisations_go_to_the_page_to_merge(cast):
    first, second = sorted([cast.organisations["havenring"], cast.organisations["zorgring"]], key=lambda row: row.pk)

    answer = _act(cast.client("coord"), "organisation", "merge_selected", [second, first])

    assert answer.url == reverse("admin:partners_organisation_merge", args=[first.pk, second.pk])


def test_contacts_are_confirmed_and_ended(cast):
    contact = ContactFactory(organisation=cast.organisations["havenring"], valid_from=date(2025, 1, 1))
    client = cast.client("coord")

    _do(client, "contact", "confirm", [contact])
    contact.refresh_from_db()
    assert contact.last_confirmed_by == cast["coord"]
    _do(client, "contact", "end_contact", [contact], reason="Weg")
    contact.refresh_from_db()
    assert contact.valid_until < timezone.localdate()


def test_an_organisation_is_asked_to_confirm_once_a_week(cast):
    organisation = cast.organisations["havenring"]
    contacts = list(organisation.contacts.all())
    organisation.contacts.update(created_at=LONG_AGO)
    client = cast.client("coord")

    _do(client, "contact", "ask", contacts)
    assert organisation.confirmation_notices.count() == 2  # it has two representatives
    page = _act(client, "contact", "ask", contacts, "preview")
    assert "kreeg de afgelopen zeven dagen al een mail" in page.content.decode()


def test_memberships_end_with_a_reason(cast):
    membership = MembershipFactory(organisation=cast.organisations["havenring"])

    _do(cast.client("coord"), "membership", "end_membership", [membership], reason="Andere baan")

    membership.refresh_from_db()
    assert membership.ended_at is not None
    event = Membership.pgh_event_model.objects.filter(pgh_obj=membership, pgh_label="update").get()
    assert event.pgh_context.metadata["reason"] == "Andere baan"


def test_when_one_of_many_fails_none_is_done(cast):
    """The last representative stays, so nobody of the selection goes."""
    last = Membership.objects.get(user=cast["rep"])
    Membership.objects.filter(user=cast["nomfa"]).update(ended_at=timezone.now())
    other = MembershipFactory(organisation=cast.organisations["zorgring"])

    answer = _do(cast.client("coord"), "membership", "end_membership", [other, last], reason="x")

    assert answer.status_code == 302
    other.refresh_from_db()
    assert other.ended_at is None


def test_an_application_goes_all_the_way(cast, django_capture_on_commit_callbacks):
    application = ApplicationFactory()
    client = cast.client("coord")
    page = client.get(reverse("admin:partners_application_change", args=[application.pk])).content.decode()
    assert "Intake beginnen" in page
    assert "Toelaten als netwerkpartner" not in page

    _do(client, "application", "start_intake", [application])
    _do(client, "application", "admit", [application], reason="Past", functions=[CwnFunction.TRAINING])

    application.refresh_from_db()
    assert application.state == ApplicationState.ADMITTED
    assert application.organisation.status == PartnerStatus.PARTNER
    assert application.organisation.invitations.get().role == MembershipRole.REPRESENTATIVE


def test_a_proposed_profile_is_shown_and_accepted(cast):
    proposal = ProfileProposal.objects.create(
        organisation=cast.organisations["havenring"], values={"description": "Nieuwe tekst"}, proposed_by=cast["rep"]
    )
    client = cast.client("coord")

    assert (
        "Nieuwe tekst"
        in client.get(reverse("admin:partners_profileproposal_change", args=[proposal.pk])).content.decode()
    )
    _do(client, "profileproposal", "accept_proposal", [proposal])

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ACCEPTED
    assert proposal.organisation.description == "Nieuwe tekst"


# --- a trace -----------------------------------------------------------------------------------------
def _form_of(client: Client, organisation: Organisation, **changes: Any) -> dict[str, Any]:
    """Return what a browser would send back from the page of an organisation, with some of it changed."""
    page = client.get(reverse("admin:partners_organisation_change", args=[organisation.pk])).content
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    form = next(one for one in tree.iter("form") if one.get("id") == "organisation_form")
    sent: dict[str, list[str]] = defaultdict(list)
    for box in form.iter("input"):
        if box.get("type") in ("checkbox", "radio") and box.get("checked") is None:
            continue
        if box.get("type") not in ("submit", "file"):
            sent[box.get("name", "")].append(box.get("value", ""))
    for box in form.iter("textarea"):
        sent[box.get("name", "")].append((box.text or "").removeprefix("\n"))
    for box in form.iter("select"):
        sent[box.get("name", "")] += [
            one.get("value", "") for one in box.iter("option") if one.get("selected") is not None
        ]
    return {name: values for name, values in sent.items() if name and "__prefix__" not in name} | changes


def test_a_change_stands_in_the_history_with_who_and_why(cast):
    organisation = OrganisationFactory(
        name="Ring", description="Oud", regions=[RegionFactory(slug="saba", name="Saba")]
    )
    client = cast.client("coord")
    form = _form_of(client, organisation, description="Nieuw", change_reason="Gebeld met de ring", regions=[])

    answer = client.post(reverse("admin:partners_organisation_change", args=[organisation.pk]), form)
    page = client.get(reverse("admin:partners_organisation_history", args=[organisation.pk]))

    assert answer.status_code == 302
    lines = {line.what: line for line in page.context["lines"] if line.who == "Coby Coördinator"}
    assert lines["Organisatie gewijzigd"].changes == [("Omschrijving", "Oud", "Nieuw")]
    assert lines["Organisatie gewijzigd"].why == "Gebeld met de ring"
    assert lines["Regio verwijderd: Saba"].why == "Gebeld met de ring"


def test_the_history_tells_of_contacts_that_are_gone(cast):
    organisation = cast.organisations["havenring"]
    contact = ContactFactory(organisation=organisation, name="Gijs Gone")
    contact.delete()

    page = cast.client("coord").get(reverse("admin:partners_organisation_history", args=[organisation.pk]))

    assert "Contact verwijderd: Gijs Gone" in page.content.decode()


@pytest.mark.parametrize("forged", ["status", "is_fictional", "created_at", "slug"])
def test_fields_that_are_not_in_the_form_are_not_written(cast, forged):
    """security.md A19: the status has its ladder, an address never changes."""
    organisation = cast.organisations["prospectring"]
    before = getattr(organisation, forged)
    client = cast.client("coord")
    form = _form_of(client, organisation, **{forged: {"status": "partner", "slug": "ander"}.get(forged, "2001-01-01")})

    answer = client.post(reverse("admin:partners_organisation_change", args=[organisation.pk]), form)

    assert answer.status_code == 302
    organisation.refresh_from_db()
    assert getattr(organisation, forged) == before


def test_a_coordinator_sets_who_reads_what(cast):
    organisation = cast.organisations["havenring"]
    client = cast.client("coord")
    form = _form_of(client, organisation, reads_legal_basis="netwerk")
    assert form["reads_maturity"] == ["eigen"]

    client.post(reverse("admin:partners_organisation_change", args=[organisation.pk]), form)

    before, organisation = organisation.field_visibility, Organisation.objects.get(pk=organisation.pk)
    assert organisation.field_visibility == before | {"legal_basis": "netwerk"}


def form_errors(answer: Any) -> set[str]:
    """Return the prefixes of the inline tables with an error."""
    inlines = [inline.formset for inline in answer.context["inline_admin_formsets"]]
    return {formset.prefix for formset in inlines if any(formset.errors)}


def test_an_inline_row_of_another_organisation_is_not_taken(cast):
    """security.md A16: authorise one, change another."""
    mine, other = cast.organisations["havenring"], cast.organisations["zorgring"]
    contact = other.contacts.first()
    client = cast.client("coord")
    form = _form_of(client, mine)
    index = next(name for name, value in form.items() if name.startswith("contacts-") and name.endswith("-id"))

    client.post(
        reverse("admin:partners_organisation_change", args=[mine.pk]),
        {**form, index: contact.pk, index.removesuffix("-id") + "-name": "Gekaapt"},
    )

    contact.refresh_from_db()
    assert contact.organisation == other
    assert not Contact.objects.filter(name="Gekaapt").exists()


def test_a_relation_to_nobody_is_refused(cast):
    """security.md A17: a foreign key in the body to what does not exist is an error of the form."""
    organisation = cast.organisations["havenring"]
    client = cast.client("coord")
    form = _form_of(client, organisation)
    form |= {"relations-TOTAL_FORMS": "1", "relations-0-kind": "lid-van", "relations-0-to_organisation": "987654"}

    answer = client.post(reverse("admin:partners_organisation_change", args=[organisation.pk]), form)

    assert answer.status_code == 200
    assert "relations" in form_errors(answer)
    assert not Relation.objects.exists()


def test_an_invitation_that_cannot_be_sent_is_explained(cast):
    client = cast.client("coord")
    form = {
        "name": "Nina",
        "email": "nina@example.nl",
        "organisation": cast.organisations["prospectring"].pk,
        "role": "lid",
    }

    page = client.post(reverse("admin:partners_invitation_add"), form)

    assert page.status_code == 200
    assert "geen netwerkpartner" in page.content.decode()


def test_an_invitation_is_sent_from_the_admin(cast, django_capture_on_commit_callbacks, mailoutbox):
    organisation = cast.organisations["havenring"]
    form = {"name": "Nina", "email": "nina@example.nl", "organisation": organisation.pk, "role": "lid"}

    with django_capture_on_commit_callbacks(execute=True):
        answer = cast.client("coord").post(reverse("admin:partners_invitation_add"), form)

    assert answer.status_code == 302
    assert [mail.to for mail in mailoutbox] == [["nina@example.nl"]]
    assert organisation.invitations.get().invited_by == cast["coord"]
