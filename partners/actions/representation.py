"""Who may act for an organisation."""

from typing import Any

from django.core.exceptions import PermissionDenied

from partners.models import Organisation


def refuse_unless_representing(organisation_id: int, by: Any) -> None:
    """Raise `PermissionDenied` unless somebody may act for the organisation: its representatives, coordinators."""
    mine = Organisation.objects.represented_by(by) | Organisation.objects.editable_by(by)
    if not mine.filter(pk=organisation_id).exists():
        raise PermissionDenied
