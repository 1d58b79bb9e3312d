"""What every step of a publication shares: who may take it, and the line it leaves behind."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.models import Publication, PublicationStep
from cwn.accounts.roles import COORDINATOR
from cwn.core.guard import as_the_portal
from cwn.core.visibility import principals_of, role_principal
from partners.models.organisations import represented_organisations_of


class StaleEditError(Exception):
    """Somebody else saved this text meanwhile; `current` is what stands there now, `base` what the editor began with.

    Nothing was written. The page shows both and the editor decides (the merge page).
    """

    def __init__(self, *, current: dict[str, Any], base: dict[str, Any], edit_version: int) -> None:
        super().__init__("edited meanwhile")
        self.current, self.base, self.edit_version = current, base, edit_version


def require(allowed: bool) -> None:
    """Refuse what somebody may not do; views have answered 404 before, this is the second lock."""
    if not allowed:
        raise PermissionDenied


def is_editor(publication: Publication, user: Any) -> bool:
    """Tell whether a reader may change the text (R106)."""
    return Publication.objects.editable_by(user).filter(pk=publication.pk).exists()


def represents_owner(publication: Publication, user: Any) -> bool:
    """Tell whether a reader may act for the organisation that owns it."""
    return publication.owner_id in represented_organisations_of(user)


def is_coordinator(user: Any) -> bool:
    """Tell whether a reader coordinates the network."""
    return role_principal(COORDINATOR.slug) in principals_of(user)


def locked(publication: Publication) -> Publication:
    """Return the row as it is now, held until the transaction ends."""
    return Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)


def take_step(publication: Publication, verb: str, *, by: Any, reason: str = "", **changes: Any) -> Publication:
    """Change the row and write down the step; what the constraints refuse becomes a sentence for the form.

    Runs with the rights of the portal: after a stricter label the one who set it may not see the row any more.
    """
    old_status = publication.status
    before = {name: getattr(publication, name) for name in changes}
    for name, value in changes.items():
        setattr(publication, name, value)
    try:
        publication.validate_constraints()
        with as_the_portal():
            publication.save(update_fields=[*changes, "updated_at"])
            PublicationStep.objects.create(
                publication=publication,
                verb=verb,
                old_status=old_status,
                new_status=publication.status,
                version=publication.version,
                reason=reason,
                by=by,
                at=timezone.now(),
            )
    except (ValidationError, IntegrityError):
        for name, value in before.items():
            setattr(publication, name, value)
        raise
    return publication


def merged(
    changes: Mapping[str, Any], *, base: Mapping[str, Any], stands: Mapping[str, Any], edit_version: int
) -> dict[str, Any]:
    """Return what of an older edit can be written over a newer one without losing anything.

    `base` is what the editor began with and `stands` what is there now, of which `edit_version` is the number. Raises
    `StaleEditError` when both edits changed the same field.
    """
    mine = {name: value for name, value in changes.items() if value != base.get(name)}
    if any(stands.get(name) not in (base.get(name), value) for name, value in mine.items()):
        raise StaleEditError(current=dict(stands), base=dict(base), edit_version=edit_version)
    return mine


def demand_reason(reason: str, field: str = "reason") -> str:
    """Return the reason without blanks around it; a step that needs one is refused without."""
    if len(reason.strip()) < 3:
        raise ValidationError({field: _("Schrijf waarom.")})
    return reason.strip()


def require_status(publication: Publication, *statuses: str) -> None:
    """Refuse a step that does not fit where the publication stands, such as a second click."""
    if publication.status not in statuses:
        raise ValidationError(
            _("Dit kan niet meer: de publicatie is %(status)s.") % {"status": publication.get_status_display().lower()}
        )
