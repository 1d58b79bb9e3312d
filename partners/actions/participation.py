"""How an organisation takes part in the functions, which it decides itself (R49), and whom it reaches (R28)."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cwn.accounts.models import User
from partners.actions.representation import refuse_unless_representing
from partners.enums import ParticipationBasis
from partners.models import Constituency, Organisation, Participation


@transaction.atomic
def set_participation(
    organisation: Organisation, *, function: str, degree: str, phases: Iterable[str], by: User
) -> Participation | None:
    """Set to what degree and in which phases an organisation takes part in a function; no degree ends it.

    What was only expected from public information becomes agreed as soon as the organisation says it
    itself. A participation that ends keeps its row, so that the history can be told.
    """
    refuse_unless_representing(organisation.pk, by)
    phases = list(phases)
    if degree and not phases:
        raise ValidationError(_("Kies minstens één fase waarin u meedoet."))
    participation = organisation.participations.current().select_for_update().filter(function=function).first()
    if not degree:
        if participation is not None:
            participation.until = timezone.localdate()
            participation.save(update_fields=["until"])
        return None
    if participation is None:
        participation = Participation(organisation=organisation, function=function, since=timezone.localdate())
    participation.degree = degree
    participation.phases = phases
    participation.basis = ParticipationBasis.AGREED
    participation.save()
    return participation


@transaction.atomic
def save_constituency(constituency: Constituency, *, by: User) -> Constituency:
    """Add or change whom an organisation reaches, how many, and how we know."""
    refuse_unless_representing(constituency.organisation_id, by)
    constituency.save()
    return constituency


@transaction.atomic
def remove_constituency(constituency: Constituency, *, by: User) -> None:
    """Remove a constituency from the profile; the history keeps what it was."""
    refuse_unless_representing(constituency.organisation_id, by)
    constituency.delete()
