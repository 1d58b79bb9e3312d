"""The only way in: seven days, one address, once (security.md C03; chapter 3, "Membership/invitations")."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from cwn.accounts.models import User
from partners.actions.invitations import DAILY_INVITATIONS, invite_person, withdraw_invitation
from partners.actions.memberships import change_member_role, end_membership
from partners.enums import MembershipRole, PartnerStatus
from partners.forms.members import InviteForm
from partners.models import Invitation, Membership
from tests.accounts.browser import Browser
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NEWCOMER = "nieuw@example.nl"


@pytest.fixture
def invite(cast, mailoutbox, django_capture_on_commit_callbacks):
    """Invite somebody to the organisation of Ruben, and return the link in the mail."""

    def send(email: str = NEWCOMER, role: str = MembershipRole.MEMBER, by: str = "rep") -> str:
        with django_capture_on_commit_callbacks(execute=True):
            invite_person(
                email=email, name="Nina Nieuw", organisation=cast.organisations["havenring"], role=role, by=cast[by]
            )
        return next(word for word in mailoutbox[-1].body.split() if "/account/uitnodiging/" in word)

    return send


def fill_in(browser: Browser, link: str, **other):
    return browser.post(link, {"name": "Nina Nieuw", "password": PASSWORD, **other})


# --- using one ---------------------------------------------------------------------------------------
def test_a_newcomer_makes_an_account_and_is_a_member(visitor, invite, cast):
    link = invite()
    assert NEWCOMER in visitor.get(link).content.decode()
    assert fill_in(visitor, link).headers["Location"] == reverse("my_organisation")
    assert visitor.user.email == NEWCOMER
    membership = Membership.objects.get(user=visitor.user)
    assert (membership.organisation, membership.role) == (cast.organisations["havenring"], MembershipRole.MEMBER)


def test_a_new_representative_sets_up_a_second_factor_first(visitor, invite):
    fill_in(visitor, invite(role=MembershipRole.REPRESENTATIVE))
    assert visitor.get("/").headers["Location"] == reverse("mfa_index")


def test_somebody_with_an_account_logs_in_and_joins(visitor, invite, cast):
    UserFactory(email=NEWCOMER, password=PASSWORD)
    link = invite()
    to_log_in = visitor.post(link).headers["Location"]
    back = visitor.post(to_log_in, {"login": NEWCOMER, "password": PASSWORD}).headers["Location"]
    visitor.post(back)
    assert Membership.objects.get(user__email=NEWCOMER).organisation == cast.organisations["havenring"]
    assert User.objects.filter(email=NEWCOMER).count() == 1


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("agent", ["Mozilla/5.0", "BarracudaCentral", "Microsoft Office", "Googlebot/2.1", "curl/8"])
def test_opening_the_link_changes_nothing(visitor, invite, method, agent):
    link = invite()
    before = list(Invitation.objects.values()), User.objects.count(), Membership.objects.count()
    answer = getattr(visitor, method)(link, HTTP_USER_AGENT=agent, HTTP_PURPOSE="prefetch")
    assert answer.status_code == 200
    assert before == (list(Invitation.objects.values()), User.objects.count(), Membership.objects.count())


def test_bad_input_is_explained_and_nothing_is_lost(visitor, invite):
    link = invite()
    for name, password, words in (
        ("", PASSWORD, "verplicht"),
        ("Nina", "kort", "te kort"),
        ("Nina", NEWCOMER, "lijkt"),
    ):
        html = visitor.post(link, {"name": name, "password": password}).content.decode()
        assert words in html
        assert f'value="{name}"' in html or not name
    assert not User.objects.filter(email=NEWCOMER).exists()
    assert fill_in(visitor, link).status_code == 302


# --- misusing one ------------------------------------------------------------------------------------
def refusal(browser: Browser, link: str) -> str:
    """Try to use a link; nothing may change. Return what the page says."""
    before = User.objects.count(), Membership.objects.count()
    answer = fill_in(browser, link)
    assert answer.status_code == 410
    assert before == (User.objects.count(), Membership.objects.count())
    return answer.content.decode()


def test_it_works_once(visitor, invite):
    link = invite()
    fill_in(visitor, link)
    assert "al gebruikt" in refusal(Browser(), link)


@pytest.mark.parametrize(
    ("after", "works"), [(timedelta(days=6, hours=23), True), (timedelta(days=7, seconds=1), False)]
)
def test_it_works_for_seven_days(visitor, invite, after, works):
    link = invite()
    with time_machine.travel(timezone.now() + after):
        if works:
            assert fill_in(visitor, link).status_code == 302
        else:
            assert "ouder dan 7 dagen" in refusal(visitor, link)


@pytest.mark.parametrize("status", [status for status in PartnerStatus if status != PartnerStatus.PARTNER])
def test_it_does_not_work_for_who_is_no_partner_any_more(visitor, invite, cast, status):
    link = invite()
    organisation = cast.organisations["havenring"]
    organisation.status = status
    organisation.save()
    assert "geen netwerkpartner" in refusal(visitor, link)


def test_it_works_for_the_invited_address_only(invite, cast):
    link = invite()
    other = Browser()
    other.force_login(cast["mem-o"])
    assert "ander e-mailadres" in refusal(other, link)
    fill_in(Browser(), link, email="dief@example.nl", username="dief@example.nl", role="vertegenwoordiger")
    assert not User.objects.filter(email="dief@example.nl").exists()
    assert Membership.objects.get(user__email=NEWCOMER).role == MembershipRole.MEMBER


def test_a_withdrawn_one_does_not_work(visitor, invite, cast):
    link = invite()
    withdraw_invitation(Invitation.objects.get(), by=cast["rep"])
    assert "ingetrokken" in refusal(visitor, link)


@pytest.mark.parametrize("how", ["ended", "member"])
def test_it_does_not_outlive_the_right_to_invite(visitor, invite, cast, how):
    link, sender = invite(), Membership.objects.get(user=cast["rep"])
    if how == "ended":
        end_membership(sender, by=cast["coord"])
    else:
        change_member_role(sender, role=MembershipRole.MEMBER, by=cast["coord"])
    assert "ingetrokken" in refusal(visitor, link)


def test_the_invitation_of_a_colleague_stays(visitor, invite, cast):
    link = invite(by="coord")
    end_membership(Membership.objects.get(user=cast["rep"]), by=cast["coord"])
    assert visitor.get(link).status_code == 200


@pytest.mark.parametrize("name", ["https://evil.example", "www.evil.example", "a@evil.example", "Nina\nNieuw"])
def test_a_name_holds_no_address_and_no_line_break(visitor, invite, name):
    link = invite()
    assert fill_in(visitor, link, name=name).status_code == 200
    assert not User.objects.filter(email=NEWCOMER).exists()
    assert not InviteForm({"name": name, "email": NEWCOMER, "role": "lid"}).is_valid()


def test_only_the_newest_one_works(visitor, invite):
    old, new = invite(), invite(email=NEWCOMER.upper())
    assert "ingetrokken" in refusal(visitor, old)
    assert fill_in(visitor, new).status_code == 302


def test_a_guessed_link_does_not_work(visitor, invite):
    link = invite()
    assert "bestaat niet" in refusal(visitor, link[:-5] + "abcd/")


def test_the_database_does_not_hold_the_link(invite):
    token = invite().rstrip("/").rsplit("/", 1)[-1]
    assert token not in str(list(Invitation.objects.values()))


# --- who may invite whom -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "principal", ["mem", "wg", "nctv", "adm", "mem-x", "mem-o", "rcp", "ex", "sus", "nomfa", "anon"]
)
def test_others_invite_nobody(cast, principal):
    with pytest.raises(PermissionDenied):
        invite_person(
            email=NEWCOMER, name="N", organisation=cast.organisations["havenring"], role="lid", by=cast[principal]
        )


def test_a_representative_invites_to_the_own_organisation_only(cast):
    with pytest.raises(PermissionDenied):
        invite_person(email=NEWCOMER, name="N", organisation=cast.organisations["zorgring"], role="lid", by=cast["rep"])


@pytest.mark.parametrize("role", MembershipRole.values)
@pytest.mark.parametrize("principal", ["rep", "coord"])
def test_representatives_and_coordinators_invite_members_and_representatives(invite, principal, role):
    assert invite(role=role, by=principal)
    assert Invitation.objects.get().role == role


@pytest.mark.parametrize("role", ["coordinator", "administrator", "working_group", "", "LID"])
@pytest.mark.parametrize("principal", ["rep", "coord"])
def test_nobody_invites_to_more(cast, principal, role):
    with pytest.raises(ValidationError):
        invite_person(
            email=NEWCOMER, name="N", organisation=cast.organisations["havenring"], role=role, by=cast[principal]
        )


def test_who_is_a_member_already_is_not_invited(cast):
    with pytest.raises(ValidationError, match="al lid"):
        invite_person(
            email=cast["mem"].email.upper(), name="P", organisation=cast.organisations["havenring"], role="lid",
            by=cast["rep"],
        )  # fmt: skip


@pytest.mark.parametrize("key", ["geschorste-ring", "prospectring", "geraadpleegde-ring"])
def test_nobody_is_invited_to_who_is_no_partner(cast, key):
    with pytest.raises(ValidationError, match="geen netwerkpartner"):
        invite_person(email=NEWCOMER, name="N", organisation=cast.organisations[key], role="lid", by=cast["coord"])


def test_an_organisation_is_no_mail_cannon(cast):
    ring = cast.organisations["havenring"]
    for number in range(DAILY_INVITATIONS):
        invite_person(email=f"n{number}@example.nl", name="N", organisation=ring, role="lid", by=cast["rep"])
    with pytest.raises(ValidationError, match="morgen"):
        invite_person(email=NEWCOMER, name="N", organisation=ring, role="lid", by=cast["rep"])


def test_a_used_one_cannot_be_withdrawn(visitor, invite, cast):
    fill_in(visitor, invite())
    with pytest.raises(ValidationError, match="al gebruikt"):
        withdraw_invitation(Invitation.objects.get(), by=cast["rep"])


def test_others_withdraw_nothing(invite, cast):
    invite()
    for principal in ("mem", "mem-o", "nctv", "adm"):
        with pytest.raises(PermissionDenied):
            withdraw_invitation(Invitation.objects.get(), by=cast[principal])
