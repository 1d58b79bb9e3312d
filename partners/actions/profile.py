"""The public profile: a representative proposes, a coordinator decides (security.md chapter 3).

Who reads which field is the organisation's own decision and holds at once; what is said in public is
looked at first.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cwn.accounts.models import User
from partners.actions.representation import refuse_unless_representing
from partners.enums import ProposalState, VisibilityLevel
from partners.models import Organisation, ProfileProposal
from partners.models.organisations import default_field_visibility

#: What a representative may propose; everything else of an organisation is decided by others.
TEXTS = ("name", "known_as", "ownership", "description", "description_en", "website")
DOMAINS = ("kinds", "regions", "sectors", "branches")


class Difference(NamedTuple):
    """One field of a proposal, in words: what it is called, what it says now, what it would say."""

    label: str
    current: str
    proposed: str


def profile_values(organisation: Organisation) -> dict[str, Any]:
    """Return the fields that can be proposed as they are now; domains by slug."""
    values = {name: getattr(organisation, name) for name in TEXTS}
    return values | {name: sorted(row.slug for row in getattr(organisation, name).all()) for name in DOMAINS}


@transaction.atomic
def propose_profile(
    organisation: Organisation, *, values: Mapping[str, Any], logo: File | None = None, by: User
) -> ProfileProposal:
    """Propose a profile; only what differs from now is kept, and a proposal that stood is withdrawn.

    `values` has the shape of `profile_values`; unknown fields are ignored (security.md A19). Raises
    `ValidationError` when nothing would change.
    """
    refuse_unless_representing(organisation.pk, by)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    current = profile_values(organisation)
    changed = {name: values[name] for name in current if name in values and values[name] != current[name]}
    if not changed and not logo:
        raise ValidationError(_("U hebt niets veranderd."))
    _forget_logos(open_proposals(organisation))
    open_proposals(organisation).update(state=ProposalState.WITHDRAWN, decided_at=timezone.now())
    return ProfileProposal.objects.create(organisation=organisation, values=changed, logo=logo or "", proposed_by=by)


def open_proposals(organisation: Organisation) -> Any:
    """Return the proposal of an organisation that waits for a decision: one or none."""
    return organisation.profile_proposals.filter(state=ProposalState.OPEN)


@transaction.atomic
def withdraw_proposal(organisation: Organisation, *, by: User) -> None:
    """Withdraw the open proposal of an organisation."""
    refuse_unless_representing(organisation.pk, by)
    _forget_logos(open_proposals(organisation))
    open_proposals(organisation).update(state=ProposalState.WITHDRAWN, decided_by=by, decided_at=timezone.now())


@transaction.atomic
def accept_proposal(proposal: ProfileProposal, *, by: User) -> Organisation:
    """Put a proposal into the profile; fields that it does not name keep what they have by now."""
    proposal = _claim(proposal, by)
    organisation = Organisation.objects.select_for_update().get(pk=proposal.organisation_id)
    for name in TEXTS:
        if name in proposal.values:
            setattr(organisation, name, proposal.values[name])
    if proposal.logo:
        organisation.logo.save(Path(str(proposal.logo)).name, proposal.logo, save=False)
    organisation.full_clean(exclude=["field_visibility"])
    with pghistory.context(user=by.pk, reason=_("Voorstel van de organisatie overgenomen")):
        organisation.save()
        for name in DOMAINS:
            if name in proposal.values:
                field = getattr(organisation, name)
                field.set(field.model.objects.filter(slug__in=proposal.values[name]))
        _decide(proposal, ProposalState.ACCEPTED, "", by)
    return organisation


@transaction.atomic
def decline_proposal(proposal: ProfileProposal, *, reason: str, by: User) -> ProfileProposal:
    """Decline a proposal; the representatives read the reason on their page."""
    proposal = _claim(proposal, by)
    if not reason.strip():
        raise ValidationError(_("Vul de reden in. De organisatie krijgt deze te lezen."))
    return _decide(proposal, ProposalState.DECLINED, reason, by)


@transaction.atomic
def set_field_visibility(organisation: Organisation, *, levels: Mapping[str, str], by: User) -> Organisation:
    """Set who reads which field of a profile; unknown fields and levels are ignored."""
    refuse_unless_representing(organisation.pk, by)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    known = {
        name: level
        for name, level in levels.items()
        if name in default_field_visibility() and level in VisibilityLevel.values
    }
    organisation.field_visibility = {**default_field_visibility(), **organisation.field_visibility, **known}
    organisation.save(update_fields=["field_visibility", "updated_at"])
    return organisation


def differences(proposal: ProfileProposal) -> list[Difference]:
    """Tell a proposal in words, field by field, beside what the profile says now."""
    organisation = proposal.organisation
    current = profile_values(organisation)
    rows = [
        Difference(
            str(Organisation._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            in_words(organisation, name, value),
            in_words(organisation, name, proposal.values[name]),
        )
        for name, value in current.items()
        if name in proposal.values
    ]
    if proposal.logo:
        rows.append(Difference(_("beeldmerk"), _("zoals nu") if organisation.logo else "", _("een nieuw beeldmerk")))
    return rows


def in_words(organisation: Organisation, name: str, value: Any) -> str:
    """Return the value of a profile field as a reader would say it."""
    if name in DOMAINS:
        return _names(getattr(organisation, name).model.objects.filter(slug__in=value))
    if name == "known_as":
        return ", ".join(value)
    choices = dict(Organisation._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, value))


def _names(rows: Iterable[Any]) -> str:
    return ", ".join(row.label for row in rows)


def _claim(proposal: ProfileProposal, by: User) -> ProfileProposal:
    """Lock a proposal on which a coordinator may decide."""
    if not Organisation.objects.editable_by(by).filter(pk=proposal.organisation_id).exists():
        raise PermissionDenied
    proposal = ProfileProposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != ProposalState.OPEN:
        raise ValidationError(_("Over dit voorstel is al besloten."))
    return proposal


def _forget_logos(proposals: Iterable[ProfileProposal]) -> None:
    """Delete the files of proposals that wait no longer, once the transaction holds."""
    for proposal in proposals:
        if proposal.logo:
            transaction.on_commit(partial(proposal.logo.storage.delete, str(proposal.logo)))


def _decide(proposal: ProfileProposal, state: str, reason: str, by: User) -> ProfileProposal:
    proposal.state = state
    proposal.decision_reason = reason
    proposal.decided_by = by
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "decision_reason", "decided_by", "decided_at"])
    _forget_logos([proposal])
    return proposal
