"""Intake and decision: what a coordinator does with an application (R34, R161)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cwn.core.enums import CwnFunction
from partners.actions.admission import admit_partner, decline_application, start_intake
from partners.enums import ApplicationState, MembershipRole, ParticipationBasis, PartnerStatus
from partners.models import Invitation, OrganisationAlias
from tests.factories.partners import (
    ApplicationFactory,
)

pytestmark = pytest.mark.django_db


def test_admission_makes_a_partner_with_a_representative_to_be(cast, mailoutbox, django_capture_on_commit_callbacks):
    application = ApplicationFactory(organisation__name="Vereniging van Vuurtorens")
    with django_capture_on_commit_callbacks(execute=True):
        start_intake(application, by=cast["coord"])
        admit_partner(application, reason="Past goed.", by=cast["coord"])
    application.refresh_from_db()
    organisation = application.organisation
    assert application.state == ApplicationState.ADMITTED
    assert organisation.status == PartnerStatus.PARTNER
    assert organisation.partner_since == timezone.localdate()
    assert organisation.slug == "vereniging-van-vuurtorens"
    participation = organisation.participations.get()
    assert (participation.function, participation.basis) == (CwnFunction.TRAINING, ParticipationBasis.AGREED)
    invitation = Invitation.objects.get(organisation=organisation)
    assert (invitation.email, invitation.role) == (application.applicant_email, MembershipRole.REPRESENTATIVE)
    assert organisation.contacts.get().is_confirmed
    assert [change.new_status for change in organisation.status_changes.all()] == ["partner", "kandidaat"]
    assert len(mailoutbox) == 3


def test_a_new_partner_does_not_take_the_address_of_another(cast):
    application = ApplicationFactory(organisation__name=cast.organisations["havenring"].name)
    start_intake(application, by=cast["coord"])
    assert admit_partner(application, reason="Past.", by=cast["coord"]).organisation.slug == "de-havenring"
    second = ApplicationFactory(organisation__name=cast.organisations["havenring"].name)
    start_intake(second, by=cast["coord"])
    assert admit_partner(second, reason="Past.", by=cast["coord"]).organisation.slug == "de-havenring-2"


def test_a_new_partner_does_not_take_an_address_from_before_a_merge(cast):
    OrganisationAlias.objects.create(slug="ring-haven", organisation=cast.organisations["havenring"])
    application = ApplicationFactory(organisation__name="Ring Haven")
    start_intake(application, by=cast["coord"])
    assert admit_partner(application, reason="Past.", by=cast["coord"]).organisation.slug == "ring-haven-2"


def test_declining_tells_the_reason(cast, mailoutbox, django_capture_on_commit_callbacks):
    application = ApplicationFactory()
    with django_capture_on_commit_callbacks(execute=True):
        start_intake(application, by=cast["coord"])
        with pytest.raises(ValidationError):
            decline_application(application, reason=" ", by=cast["coord"])
        decline_application(application, reason="U bereikt geen anderen.", by=cast["coord"])
    application.refresh_from_db()
    assert application.state == ApplicationState.DECLINED
    assert application.organisation.status == PartnerStatus.PROSPECT
    assert "U bereikt geen anderen." in mailoutbox[-1].body
    with pytest.raises(ValidationError):
        admit_partner(application, reason="Toch wel.", by=cast["coord"])


def test_intake_comes_before_admission_and_confirmation_before_both(cast):
    with pytest.raises(ValidationError):
        admit_partner(ApplicationFactory(), reason="Snel.", by=cast["coord"])
    with pytest.raises(ValidationError):
        start_intake(ApplicationFactory(state=ApplicationState.UNCONFIRMED), by=cast["coord"])


@pytest.mark.parametrize("principal", ["mem", "rep", "wg", "nctv", "adm", "ex", "nomfa"])
@pytest.mark.parametrize("action", [start_intake, admit_partner, decline_application])
def test_only_coordinators_decide(cast, principal, action):
    application = ApplicationFactory()
    reason = {} if action is start_intake else {"reason": "Ik wil het."}
    with pytest.raises(PermissionDenied):
        action(application, by=cast[principal], **reason)
    application.refresh_from_db()
    assert application.state == ApplicationState.NEW
