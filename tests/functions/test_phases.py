"""The phase of a function: two people raise it, it concerns whom it concerns, and its history stays (R45)."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cwn.accounts.models import User
from cwn.accounts.roles import COORDINATOR
from cwn.core.enums import CwnFunction, IncidentPhase
from functions.base.actions import confirm_phase, lower_phase, propose_phase, withdraw_proposal
from functions.base.audience import organisations_concerned
from functions.base.models import FunctionPhase
from functions.base.phases import current_phase, is_warm, phases_for
from partners.enums import ParticipationBasis, PartnerStatus
from partners.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.functions import make_period
from tests.factories.partners import OrganisationFactory, ParticipationFactory, RegionFactory, SectorFactory

pytestmark = pytest.mark.django_db
HANDLING, SHARING = CwnFunction.INCIDENT_HANDLING, CwnFunction.INFORMATION_SHARING
COLD, LUKEWARM, WARM, AFTERMATH = IncidentPhase


@pytest.fixture
def corne(cast) -> User:
    """A second coordinator beside Coby."""
    second = UserFactory(name="Corné Coördinator")
    second.groups.add(Group.objects.get(name=COORDINATOR.slug))
    Authenticator.objects.create(user=second, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    return User.objects.get(pk=second.pk)


def propose(by, phase=WARM, **values) -> FunctionPhase:
    """Propose a phase with a reason."""
    return propose_phase(**{"function": HANDLING, "phase": phase, "reason": "Grote storing", "by": by, **values})


# --- two people --------------------------------------------------------------------------------------
def test_a_proposal_changes_nothing_until_somebody_else_confirms_it(cast, corne):
    proposal = propose(cast["coord"])
    assert current_phase(HANDLING) == COLD

    confirm_phase(proposal, by=corne)
    assert current_phase(HANDLING) == WARM


def test_nobody_confirms_the_own_proposal(cast):
    proposal = propose(cast["coord"])
    with pytest.raises(ValidationError, match="andere coördinator"):
        confirm_phase(proposal, by=cast["coord"])
    assert current_phase(HANDLING) == COLD


@pytest.mark.parametrize("phase", [LUKEWARM, WARM])
def test_the_database_refuses_a_raised_phase_of_one_person(cast, phase):
    coby = cast["coord"]
    with pytest.raises(IntegrityError, match="raising_a_phase_takes_two_people"), transaction.atomic():
        make_period(phase, proposed_by=coby, confirmed_by=coby)

    proposal = propose(coby, phase)
    with pytest.raises(IntegrityError, match="raising_a_phase_takes_two_people"), transaction.atomic():
        FunctionPhase.objects.filter(pk=proposal.pk).update(began_at=proposal.proposed_at)


def test_a_proposal_of_somebody_who_lost_the_role_is_worth_nothing(cast, corne):
    proposal = propose(corne)
    corne.groups.clear()
    with pytest.raises(ValidationError, match="geen coördinator meer"):
        confirm_phase(proposal, by=cast["coord"])


@pytest.mark.parametrize("principal", ["anon", "mem", "rep", "wg", "nctv", "adm", "ex", "sus", "nomfa"])
def test_only_coordinators_decide(cast, principal):
    proposal, period = propose(cast["coord"]), make_period(function=SHARING)
    outsider = cast[principal]
    for attempt in (
        lambda: propose(outsider, function=CwnFunction.TRAINING),
        lambda: confirm_phase(proposal, by=outsider),
        lambda: withdraw_proposal(proposal, by=outsider),
        lambda: lower_phase(period, reason="Voorbij", by=outsider),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


# --- steps -------------------------------------------------------------------------------------------
def test_what_was_raised_goes_to_aftermath_and_then_to_cold(cast, corne):
    warm = confirm_phase(propose(cast["coord"]), by=corne)
    aftermath = lower_phase(warm, reason="Opgelost", by=corne)
    assert current_phase(HANDLING) == AFTERMATH
    cold = lower_phase(aftermath, reason="Geëvalueerd", by=corne)
    assert current_phase(HANDLING) == COLD

    told = [(row.phase, row.reason, row.ended_at) for row in FunctionPhase.objects.order_by("began_at")]
    assert told == [
        (WARM, "Grote storing", aftermath.began_at),
        (AFTERMATH, "Opgelost", cold.began_at),
        (COLD, "Geëvalueerd", None),
    ]


def test_what_is_over_is_not_lowered_again(cast, corne):
    warm = confirm_phase(propose(cast["coord"]), by=corne)
    lower_phase(warm, reason="Opgelost", by=corne)
    with pytest.raises(ValidationError, match="al voorbij"):
        lower_phase(warm, reason="Nog eens", by=corne)


@pytest.mark.parametrize(
    ("now", "to", "possible"),
    [
        (COLD, LUKEWARM, True), (COLD, WARM, True), (AFTERMATH, LUKEWARM, True), (LUKEWARM, WARM, True),
        (LUKEWARM, LUKEWARM, False), (WARM, LUKEWARM, False), (WARM, WARM, False),
        (WARM, COLD, False), (WARM, AFTERMATH, False),
    ],
)  # fmt: skip
def test_a_proposal_only_goes_up(cast, now, to, possible):
    make_period(now)
    if possible:
        assert propose(cast["coord"], to).is_proposal
    else:
        with pytest.raises(ValidationError):
            propose(cast["coord"], to)


@pytest.mark.parametrize("reason", ["", "   ", " \t"])
def test_every_step_has_a_reason(cast, reason):
    period = make_period(function=SHARING)
    with pytest.raises(ValidationError):
        propose(cast["coord"], reason=reason)
    with pytest.raises(ValidationError):
        lower_phase(period, reason=reason, by=cast["coord"])


def test_one_proposal_at_a_time_for_the_same_part(cast, corne):
    zeeland = RegionFactory()
    propose(cast["coord"], LUKEWARM)
    propose(cast["coord"], LUKEWARM, region=zeeland)
    with pytest.raises(ValidationError, match="ligt al een voorstel"):
        propose(corne, WARM)


def test_after_withdrawing_there_is_room_for_another_proposal(cast, corne):
    proposal = withdraw_proposal(propose(cast["coord"]), by=corne)
    with pytest.raises(ValidationError, match="al beslist"):
        confirm_phase(proposal, by=corne)
    assert propose(cast["coord"]).is_proposal


# --- history -----------------------------------------------------------------------------------------
def test_what_was_decided_stays_as_it_was():
    period = make_period()
    for change in (
        lambda rows: rows.update(phase=COLD),
        lambda rows: rows.update(reason="Anders"),
        lambda rows: rows.update(confirmed_by=UserFactory()),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(FunctionPhase.objects.filter(pk=period.pk))


def test_no_two_phases_hold_at_once_in_the_same_part():
    make_period(WARM)
    make_period(WARM, sector=SectorFactory())
    with pytest.raises(IntegrityError, match="one_current_phase"), transaction.atomic():
        make_period(LUKEWARM)


# --- what holds where --------------------------------------------------------------------------------
def test_a_region_holds_for_what_lies_in_it_and_not_for_what_lies_around_it():
    netherlands = RegionFactory(name="Nederland")
    zeeland = RegionFactory(name="Zeeland", parent=netherlands)
    island = RegionFactory(name="Walcheren", parent=zeeland)
    make_period(WARM, region=zeeland)

    assert [current_phase(HANDLING, region=region) for region in (netherlands, zeeland, island)] == [COLD, WARM, WARM]
    assert current_phase(HANDLING) == COLD
    assert current_phase(SHARING, region=zeeland) == COLD


def test_the_most_serious_phase_counts():
    care, zeeland = SectorFactory(), RegionFactory()
    make_period(LUKEWARM)
    make_period(AFTERMATH, region=zeeland)
    make_period(WARM, sector=care, region=zeeland)

    assert current_phase(HANDLING) == LUKEWARM
    assert current_phase(HANDLING, region=zeeland) == LUKEWARM
    assert current_phase(HANDLING, care, zeeland) == WARM


def test_warm_anywhere_is_warm():
    assert not is_warm([HANDLING])
    make_period(LUKEWARM)
    assert not is_warm([HANDLING])
    make_period(WARM, sector=SectorFactory())
    assert is_warm([SHARING, HANDLING])
    assert not is_warm([SHARING])
    assert not is_warm([])


# --- whom it concerns --------------------------------------------------------------------------------
def who_sees(cast) -> set[str]:
    """Return the people of the cast for whom some phase is shown."""
    return {principal for principal, user in cast.people.items() if phases_for(user)}


MEMBERS = {"mem", "rep", "wg", "mem-x", "mem-o", "rcp"}


def test_the_whole_network_sees_what_concerns_the_whole_network(cast):
    make_period(WARM)
    assert who_sees(cast) == MEMBERS | {"coord"}


@pytest.mark.parametrize("phase", [COLD, AFTERMATH])
def test_a_phase_that_is_not_raised_gives_no_banner(cast, phase):
    make_period(phase)
    assert who_sees(cast) == set()


def test_a_sector_is_for_its_members_and_for_who_takes_part(cast):
    care = SectorFactory()
    cast.organisations["zorgring"].sectors.add(care)
    cast.organisations["geschorste-ring"].sectors.add(care)
    ParticipationFactory(organisation=cast.organisations["eilandring"], function=HANDLING)
    make_period(WARM, sector=care)
    assert who_sees(cast) == {"mem-x", "wg", "mem-o", "rcp", "coord"}


def test_a_participation_that_is_only_expected_concerns_nobody(cast):
    ParticipationFactory(
        organisation=cast.organisations["eilandring"], function=HANDLING, basis=ParticipationBasis.EXPECTED
    )
    make_period(WARM, sector=SectorFactory())
    assert who_sees(cast) == {"coord"}


def test_a_region_is_for_who_lies_in_it(cast):
    netherlands = RegionFactory()
    zeeland = RegionFactory(parent=netherlands)
    cast.organisations["havenring"].regions.add(zeeland)
    cast.organisations["zorgring"].regions.add(netherlands)
    make_period(WARM, region=netherlands)
    make_period(WARM, function=SHARING, region=zeeland)

    assert [row.function for row in phases_for(cast["mem"])] == [HANDLING, SHARING]
    assert [row.function for row in phases_for(cast["mem-x"])] == [HANDLING]
    assert phases_for(cast["mem-o"]) == []


def test_a_sector_within_a_region_asks_for_both(cast):
    care, zeeland = SectorFactory(), RegionFactory()
    for name in ("havenring", "zorgring"):
        cast.organisations[name].sectors.add(care)
    cast.organisations["havenring"].regions.add(zeeland)
    make_period(WARM, sector=care, region=zeeland)
    assert who_sees(cast) == {"mem", "rep", "coord"}


class BothSidesAgree(TestCase):
    """Who sees a phase is exactly whom the preview promised, in any small world."""

    @settings(max_examples=40, deadline=None)
    @given(st.data())
    def test_preview_and_banner_agree(self, data):
        regions = [RegionFactory()]
        for _number in range(4):
            regions.append(RegionFactory(parent=data.draw(st.sampled_from([None, *regions]))))
        sectors = [SectorFactory() for _number in range(2)]
        organisations = []
        for _number in range(4):
            status = data.draw(st.sampled_from([PartnerStatus.PARTNER, PartnerStatus.SUSPENDED]))
            organisation = OrganisationFactory(
                status=status,
                regions=data.draw(st.lists(st.sampled_from(regions), max_size=2, unique=True)),
                sectors=data.draw(st.lists(st.sampled_from(sectors), max_size=2, unique=True)),
            )
            if data.draw(st.booleans()):
                ParticipationFactory(organisation=organisation, function=HANDLING)
            organisations.append(organisation)
        period = make_period(
            sector=data.draw(st.sampled_from([None, *sectors])), region=data.draw(st.sampled_from([None, *regions]))
        )

        promised = set(organisations_concerned(period.function, period.sector, period.region))
        partners = set(Organisation.objects.partners()) & set(organisations)
        shown = {one for one in partners if FunctionPhase.objects.concerning([one.pk]).filter(pk=period.pk).exists()}
        assert shown == promised & set(organisations)


# --- what it costs -----------------------------------------------------------------------------------
def test_a_visitor_costs_no_query_and_a_member_one(cast):
    make_period(WARM, sector=SectorFactory(), region=RegionFactory())
    make_period(WARM, function=SHARING)
    for user, most in ((AnonymousUser(), 0), (cast["mem"], 1), (cast["coord"], 1)):
        user.is_authenticated and phases_for(user)  # the memberships are known by then, as on every page
        with CaptureQueriesContext(connection) as captured:
            scopes = [row.scope for row in phases_for(user)]
        assert len(captured) == most
        assert bool(scopes) == bool(most)
