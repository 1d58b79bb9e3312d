"""The status ladder (R34)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from partners.actions.status import NEXT_STATUSES, change_status
from partners.enums import PartnerStatus
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_every_status_has_its_steps():
    assert set(NEXT_STATUSES) == set(PartnerStatus)


def test_the_ladder_allows_its_steps_and_no_other(cast):
    for old in PartnerStatus:
        for new in PartnerStatus:
            organisation = OrganisationFactory(status=old, partner_since=date(2025, 1, 1))
            if new in NEXT_STATUSES[old]:
                assert change_status(organisation, to=new, reason="Besloten.", by=cast["coord"]).status == new
            else:
                with pytest.raises(ValidationError):
                    change_status(organisation, to=new, reason="Besloten.", by=cast["coord"])
                organisation.refresh_from_db()
                assert organisation.status == old


def test_a_step_is_kept_with_its_reason_and_its_person(cast):
    organisation = OrganisationFactory(status=PartnerStatus.PROSPECT)

    change_status(organisation, to=PartnerStatus.CANDIDATE, reason="Gesprek gehad.", by=cast["coord"])

    step = organisation.status_changes.get()
    assert (step.old_status, step.new_status) == (PartnerStatus.PROSPECT, PartnerStatus.CANDIDATE)
    assert (step.reason, step.changed_by) == ("Gesprek gehad.", cast["coord"])


def test_the_history_knows_who_and_why(cast):
    organisation = OrganisationFactory(status=PartnerStatus.PROSPECT)

    change_status(organisation, to=PartnerStatus.CANDIDATE, reason="Gesprek gehad.", by=cast["coord"])

    event = type(organisation).pgh_event_model.objects.filter(pgh_obj=organisation, pgh_label="update").last()
    assert event.status == PartnerStatus.CANDIDATE
    assert event.pgh_context.metadata["reason"] == "Gesprek gehad."
    assert event.pgh_context.metadata["user"] == cast["coord"].pk


def test_a_suspension_keeps_the_first_day_as_partner(cast):
    organisation = OrganisationFactory(status=PartnerStatus.PARTNER, partner_since=date(2025, 3, 1))

    organisation = change_status(organisation, to=PartnerStatus.SUSPENDED, reason="Stil.", by=None)
    organisation = change_status(organisation, to=PartnerStatus.PARTNER, reason="Terug.", by=cast["coord"])

    assert organisation.partner_since == date(2025, 3, 1)


def test_a_new_partnership_begins_today(cast):
    organisation = OrganisationFactory(status=PartnerStatus.CANDIDATE, partner_since=date(2020, 3, 1))

    organisation = change_status(organisation, to=PartnerStatus.PARTNER, reason="Terug.", by=cast["coord"])

    assert organisation.partner_since == timezone.localdate()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_step_without_a_reason_is_refused(cast, reason):
    organisation = OrganisationFactory(status=PartnerStatus.PROSPECT)

    with pytest.raises(ValidationError, match="waarom"):
        change_status(organisation, to=PartnerStatus.CANDIDATE, reason=reason, by=cast["coord"])


def test_only_coordinators_change_a_status(cast):
    organisation = cast.organisations["prospectring"]

    for principal in ("mem", "rep", "wg", "nctv", "adm", "sus", "nomfa"):
        with pytest.raises(PermissionDenied):
            change_status(organisation, to=PartnerStatus.CANDIDATE, reason="Graag.", by=cast[principal])


def test_an_unknown_status_is_refused_in_words(cast):
    organisation = OrganisationFactory(status=PartnerStatus.PROSPECT)

    with pytest.raises(ValidationError, match="bestaat niet"):
        change_status(organisation, to="koning", reason="Graag.", by=cast["coord"])
