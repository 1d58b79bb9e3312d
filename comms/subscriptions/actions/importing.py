"""Taking over subscribers of another list: only with proof of what they agreed to, and when (R94, GDPR article 7)."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.planning.models.visibility import plans
from comms.subscriptions.enums import OVER, ConsentSource, StepKind, SubscriptionState
from comms.subscriptions.models import ConsentText, SubscriberImport, Subscription, SubscriptionStep
from cwn.accounts.addresses import normal_address
from cwn.core.guard import as_the_portal
from cwn.core.sheets import SheetRow
from cwn.delivery.actions.bouncing import suppressed_among
from cwn.delivery.addresses import digests_of
from cwn.delivery.enums import Stream

#: Columns of the file; the second and third may be missing.
EMAIL, NAME, LANGUAGE, CONSENTED = "e-mailadres", "naam", "taal", "toestemming-op"
BATCH = 2_000


@dataclass(slots=True)
class ImportCheck:
    """What an import would do, before it does anything."""

    rows: list[dict[str, str]] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    """Number of the row as a spreadsheet shows it, and what is wrong."""
    known: int = 0
    left: int = 0
    """Addresses that ended this newsletter, complained, or did not work: they stay away."""


@transaction.atomic
def prepare_import(
    sheet: Sequence[SheetRow], *, consent_text: ConsentText, proof: str, by: Any
) -> tuple[SubscriberImport, ImportCheck]:
    """Read a file, keep what can be taken over until somebody says yes, and return both.

    Raises PermissionDenied for others than the desk; an earlier file of the same person goes.
    """
    if not plans(by):
        raise PermissionDenied
    check = check_rows(sheet, consent_text=consent_text)
    with as_the_portal():
        SubscriberImport.objects.filter(by=by, done_at__isnull=True).delete()
        pending = SubscriberImport.objects.create(
            newsletter=consent_text.newsletter, consent_text=consent_text, proof=proof, rows=check.rows, by=by
        )
    return pending, check


@transaction.atomic
def carry_out_import(pending: SubscriberImport, *, by: Any) -> SubscriberImport:
    """Make the subscriptions of a file that was set ready, and return the import with how many there are.

    What changed since the check counts: who left in between stays away. Raises ValidationError the second time.
    """
    if pending.by_id != by.pk or not plans(by):
        raise PermissionDenied
    with as_the_portal():
        pending = SubscriberImport.objects.select_for_update().get(pk=pending.pk)
        if pending.done_at:
            raise ValidationError(_("Deze abonnees zijn al overgenomen."))
        wanted = {row["email"]: row for row in pending.rows}
        for email in _known(pending.newsletter_id, wanted) | _left(pending.newsletter_id, wanted):
            del wanted[email]
        made = _subscribe(pending, list(wanted.values()))
        pending.rows, pending.number_added, pending.done_at = [], len(made), timezone.now()
        pending.save()
    return pending


def check_rows(sheet: Sequence[SheetRow], *, consent_text: ConsentText) -> ImportCheck:
    """Look at each row: an address, and a day of consent on which the text was in use."""
    check, seen = ImportCheck(), set()
    for row in sheet:
        try:
            values = _values(row.cells, consent_text)
        except ValidationError as problem:
            check.errors.append((row.number, problem.messages[0]))
            continue
        if values["email"] not in seen:
            seen.add(values["email"])
            check.rows.append(values)
    with as_the_portal():
        known = _known(consent_text.newsletter_id, seen)
        left = _left(consent_text.newsletter_id, seen) - known
    check.rows = [row for row in check.rows if row["email"] not in known | left]
    check.known, check.left = len(known), len(left)
    return check


def _values(cells: dict[str, str], consent_text: ConsentText) -> dict[str, str]:
    email = normal_address(cells.get(EMAIL, ""))
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(_("Dit is geen e-mailadres.")) from None
    try:
        day = datetime.date.fromisoformat(cells.get(CONSENTED, "").strip())
    except ValueError:
        raise ValidationError(_("Vul bij toestemming-op een datum in, zoals 2026-03-31.")) from None
    if not consent_text.valid_from <= day <= timezone.localdate():
        raise ValidationError(_("Op die dag gold deze tekst niet. Zonder bewijs nemen wij niemand over."))
    language = cells.get(LANGUAGE, "").strip().lower()
    if language not in dict(settings.LANGUAGES):
        language = consent_text.language
    name = " ".join(cells.get(NAME, "").split())[:120]
    return {"email": email, "name": name, "language": language, "consented_on": day.isoformat()}


def _known(newsletter_id: int, emails: Iterable[str]) -> set[str]:
    rows = Subscription.objects.filter(newsletter=newsletter_id, email__in=list(emails))
    return set(rows.values_list("email", flat=True))


def _left(newsletter_id: int, emails: Iterable[str]) -> set[str]:
    """Return the addresses that ended this list, or get no newsletters at all."""
    by_digest = {digest: email for email in emails for digest in digests_of(email)}
    ended = Subscription.objects.filter(Q(state__in=OVER), newsletter=newsletter_id, digest__in=list(by_digest))
    gone = {by_digest[digest] for digest in ended.values_list("digest", flat=True)}
    return gone | suppressed_among(emails, stream=Stream.NEWS)


def _subscribe(pending: SubscriberImport, rows: list[dict[str, str]]) -> list[Subscription]:
    own = Subscription.objects.filter(email__in=[row["email"] for row in rows])
    subscribers = dict(own.values_list("email", "subscriber"))
    zone = timezone.get_current_timezone()
    made = []
    for row in rows:
        day = datetime.date.fromisoformat(row["consented_on"])
        moment = datetime.datetime.combine(day, datetime.time(12), tzinfo=zone)
        made.append(
            Subscription(
                newsletter_id=pending.newsletter_id,
                email=row["email"],
                name=row["name"],
                language=row["language"],
                subscriber=subscribers.get(row["email"]) or uuid.uuid4(),
                state=SubscriptionState.ACTIVE,
                consent_text_id=pending.consent_text_id,
                consent_source=ConsentSource.IMPORT,
                consented_at=moment,
                confirmed_at=timezone.now(),
            )
        )
    Subscription.objects.bulk_create(made, batch_size=BATCH)
    SubscriptionStep.objects.bulk_create(
        [
            SubscriptionStep(
                subscription=row, kind=StepKind.CONFIRMED, details=pending.proof, consent_text_id=row.consent_text_id
            )
            for row in made
        ],
        batch_size=BATCH,
    )
    return made
