"""Two rows for one organisation become one, and nothing that hung on either of them is lost (R19)."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pghistory.models import Event

from partners.enums import DuplicateState, MembershipRole, PartnerStatus
from partners.models import DuplicateCandidate, Organisation, OrganisationAlias

#: Fields of which a coordinator chooses whose value stays.
SINGLE_FIELDS = (
    "name", "ownership", "partner_since", "description", "description_en", "website", "email_domain", "kvk_number",
    "logo", "field_visibility", "was_lds_partner", "source_reference", "internal_notes",
)  # fmt: skip
#: Links of which both sides can stay.
LINK_FIELDS = ("kinds", "regions", "sectors", "branches")
KEEP, ABSORB, BOTH = "keep", "absorb", "both"


class Reference(NamedTuple):
    """A foreign key somewhere in the portal that points to organisations."""

    model: type[models.Model]
    field: str


def references() -> Iterator[Reference]:
    """Find every foreign key to organisations in any app, so that a merge cannot forget one.

    The history is no part of it: what was recorded of the absorbed organisation stays recorded of it. Its
    own links are not either: about those a coordinator chooses.
    """
    own_links = [getattr(Organisation, field).through for field in LINK_FIELDS]
    relations: Any = Organisation._meta.get_fields(include_hidden=True)
    for relation in relations:
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        model = relation.related_model
        if model not in own_links and not issubclass(model, Event):
            yield Reference(model, relation.field.name)


@transaction.atomic
def merge_organisations(
    *, keep: Organisation, absorb: Organisation, choices: Mapping[str, str], by: Any
) -> Organisation:
    """Merge one organisation into another, field by field as chosen, and remove the absorbed row.

    `choices` gives per field "keep", "absorb" or, for links, "both"; what is not named stays as it is.
    Everything that points to the absorbed organisation moves. Where the kept one already has the same
    (the same member, the same function), its own row stays and the other goes; the history keeps both.
    The status stays, for that has its own ladder, and the old address leads to the new one.
    """
    keep, absorb = _lock(keep, absorb, by)
    absorbed = {field: getattr(absorb, field) for field in SINGLE_FIELDS}
    links = {field: set(getattr(absorb, field).all()) for field in LINK_FIELDS}
    names, slug, label = [absorb.name, *absorb.known_as], absorb.slug, str(absorb)
    with pghistory.context(user=by.pk, reason=_("Samengevoegd met %(name)s") % {"name": label}):
        _settle_candidates(keep, absorb)
        _settle_access(keep, absorb)
        for reference in references():
            _move(reference, keep, absorb)
        absorb.delete()
        for field in SINGLE_FIELDS:
            if choices.get(field) == ABSORB:
                setattr(keep, field, absorbed[field])
        keep.known_as = _other_names(keep, names)
        keep.full_clean(exclude=["slug"])
        keep.save()
        for field in LINK_FIELDS:
            _merge_links(keep, field, links[field], choices.get(field, BOTH))
        OrganisationAlias.objects.create(slug=slug, organisation=keep)
    return keep


def why_not_merge(keep: Organisation, absorb: Organisation) -> str:
    """Explain in one sentence why these two cannot be merged this way round; empty when they can."""
    if keep.pk == absorb.pk:
        return _("Kies twee verschillende organisaties.")
    if absorb.status == PartnerStatus.PARTNER and keep.status != PartnerStatus.PARTNER:
        return _("%(name)s is netwerkpartner. Kies die als de organisatie die blijft.") % {"name": absorb.name}
    if keep.is_fictional != absorb.is_fictional:
        return _("Een organisatie uit het demonetwerk kan niet samen met een echte.")
    return ""


def _lock(keep: Organisation, absorb: Organisation, by: Any) -> tuple[Organisation, Organisation]:
    """Fetch both rows for writing, in one order, so that two merges never wait for each other."""
    rows = Organisation.objects.editable_by(by).filter(pk__in=[keep.pk, absorb.pk]).order_by("pk")
    found = {row.pk: row for row in rows.select_for_update()}
    if found.keys() != {keep.pk, absorb.pk}:
        raise PermissionDenied
    keep, absorb = found[keep.pk], found[absorb.pk]
    if refusal := why_not_merge(keep, absorb):
        raise ValidationError(refusal)
    return keep, absorb


def _settle_candidates(keep: Organisation, absorb: Organisation) -> None:
    """Record that the pair was merged, before the row that says so goes with the absorbed one."""
    first, second = sorted([keep.pk, absorb.pk])
    DuplicateCandidate.objects.filter(first=first, second=second).update(state=DuplicateState.MERGED)


def _settle_access(keep: Organisation, absorb: Organisation) -> None:
    """Let nobody become a member of a partner by a merge: who had no access through the other one gets none.

    Between two partners the stronger role of the same person stays, like everything else of both.
    """
    if absorb.status == PartnerStatus.PARTNER:
        represents = absorb.memberships.current().representatives().values("user")
        keep.memberships.current().filter(user__in=represents).update(role=MembershipRole.REPRESENTATIVE)
        return
    now = timezone.now()
    absorb.memberships.not_ended().update(ended_at=now)
    absorb.invitations.open().update(withdrawn_at=now)


def _move(reference: Reference, keep: Organisation, absorb: Organisation) -> None:
    """Point rows to the kept organisation one by one; where a constraint says no, the kept one's own row stands."""
    manager = reference.model._base_manager
    for key in manager.filter(**{reference.field: absorb.pk}).values_list("pk", flat=True):
        row = manager.filter(pk=key)
        try:
            with transaction.atomic():
                row.update(**{reference.field: keep.pk})
        except IntegrityError:
            row.get().delete()


def _other_names(keep: Organisation, names: list[str]) -> list[str]:
    """Keep every name under which people looked for either organisation, once."""
    unique = {name.casefold(): name for name in [*keep.known_as, *names] if name.casefold() != keep.name.casefold()}
    return list(unique.values())


def _merge_links(keep: Organisation, field: str, other: set[models.Model], choice: str) -> None:
    """Set one many-to-many field as chosen."""
    manager = getattr(keep, field)
    if choice == ABSORB:
        manager.set(other)
    elif choice == BOTH:
        manager.add(*other)
