"""Making the fictional organisations with all that hangs on them, in bulk."""

from hashlib import sha256
from typing import Any

import pgtrigger
from django.db import connection, models, transaction
from django.utils import timezone

from cwn.core.bulk import copy_rows, next_keys
from partners.demo.contacts import FIELDS as CONTACT_FIELDS
from partners.demo.contacts import contact_rows
from partners.demo.names import POSSIBLE
from partners.demo.profiles import BASE_DATE, PHASES, Profile, featured, profiles, slug_of
from partners.enums import (
    ApplicationState,
    ParticipationBasis,
    PartnerStatus,
)
from partners.models import (
    Application,
    Branch,
    Constituency,
    Contact,
    LegalBasis,
    LegalRegime,
    Maturity,
    Organisation,
    OrganisationKind,
    Participation,
    Region,
    Relation,
    Sector,
    StatusChange,
)
from partners.models.profile import all_phases

#: Organisations that are held in memory at once.
BATCH = 10_000
REGIME = "Wet beveiliging netwerk- en informatiesystemen"
#: Statuses of which the demo also tells the reason.
TOLD_STATUSES = (PartnerStatus.CANDIDATE, PartnerStatus.SUSPENDED, PartnerStatus.FORMER)
SOURCE = "Verzonnen voor de demonstratie"
Keys = dict[str, int]


class DemoError(Exception):
    """A demo network that cannot be made, with a sentence that says why."""


@transaction.atomic
def make_network(number: int, seed: int) -> int:
    """Bring the fictional organisations up to `number` and return how many were added.

    Their search documents are for the caller: `cwn.search.indexing.rebuild`, in the same transaction.
    """
    present = Organisation.objects.filter(is_fictional=True).count()
    if number > POSSIBLE:
        raise DemoError(f"Er zijn hoogstens {POSSIBLE} verzonnen namen. Vraag minder organisaties.")
    if not Region.objects.exists() or not LegalRegime.objects.filter(name=REGIME).exists():
        raise DemoError("De basisgegevens ontbreken. Voer eerst `manage.py load_reference` uit.")
    if present and not Organisation.objects.filter(is_fictional=True, slug=slug_of(present - 1, seed)).exists():
        raise DemoError("Er staat al een ander demonetwerk. Gebruik hetzelfde --seed, of begin met een lege database.")
    by_hand = len(featured())
    _without_time_limit()
    if present < by_hand:
        _write(list(profiles(present, min(by_hand, number), seed)), seed)
    with pgtrigger.ignore(*_bookkeeping_triggers()):
        for first in range(max(present, by_hand), number, BATCH):
            _write(list(profiles(first, min(first + BATCH, number), seed)), seed)
    return max(0, number - present)


def _without_time_limit() -> None:
    """Lift the limit of a web request for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")


def _bookkeeping_triggers() -> list[str]:
    """Name what writes down that a row was made: for its history, and for its search documents.

    Drawn rows have no history until somebody changes them: for a hundred thousand organisations it would be
    a million rows that repeat what they are about. The caller makes all documents at once.
    """
    return [
        f"{model._meta.label}:{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if model._meta.app_label == Organisation._meta.app_label
        and trigger.name in ("insert_insert", "stale_organisation_insert")
    ]


def _write(batch: list[Profile], seed: int) -> None:
    keys = dict(zip((profile.slug for profile in batch), next_keys(Organisation, len(batch)), strict=True))
    _write_organisations(batch, keys)
    _write_domains(batch, keys)
    _write_details(batch, keys)
    _write_contacts(batch, keys, seed)
    _write_relations(batch, keys)
    _write_applications(batch, keys)


def _write_organisations(batch: list[Profile], keys: Keys) -> None:
    names = (
        "id", "name", "slug", "known_as", "ownership", "status", "partner_since", "description", "description_en",
        "website", "email_domain", "kvk_number", "source_reference", "is_fictional",
    )  # fmt: skip
    copy_rows(
        Organisation,
        names,
        (
            (
                keys[p.slug], p.name, p.slug, p.known_as, p.ownership, p.status, p.partner_since, p.description,
                p.description_en, f"https://{p.slug}.example/", f"{p.slug}.example", f"{p.number:08d}", SOURCE, True,
            )
            for p in batch
        ),
    )  # fmt: skip
    copy_rows(
        StatusChange,
        ("organisation_id", "new_status", "reason"),
        ((keys[p.slug], p.status, p.status_reason) for p in batch if p.status in TOLD_STATUSES),
    )


def _write_domains(batch: list[Profile], keys: Keys) -> None:
    domains: tuple[tuple[str, type[models.Model]], ...] = (
        ("kinds", OrganisationKind),
        ("regions", Region),
        ("sectors", Sector),
        ("branches", Branch),
    )
    for field, model in domains:
        known = dict(model._default_manager.values_list("slug", "pk"))
        copy_rows(
            getattr(Organisation, field).through,
            ("organisation_id", f"{model._meta.model_name}_id"),
            (
                (keys[profile.slug], known[slug])
                for profile in batch
                for slug in sorted(set(getattr(profile, field)) & known.keys())
            ),
        )


def _write_details(batch: list[Profile], keys: Keys) -> None:
    """Write participation, maturity, reach and legal basis."""
    copy_rows(
        Participation,
        ("organisation_id", "function", "degree", "phases", "basis", "since", "until"),
        (
            (keys[p.slug], function, degree, _phases(p, function), ParticipationBasis.AGREED, p.partner_since, _end(p))
            for p in batch
            for function, degree in p.participation.items()
        ),
    )
    copy_rows(
        Maturity,
        ("organisation_id", "function", "maturity_level", "is_self_assessed", "assessed_on"),
        (
            (keys[p.slug], function, 1 + (p.number + place) % 5, p.number % 3 > 0, BASE_DATE)
            for p in batch
            if p.number % 4 == 0
            for place, function in enumerate(p.participation)
        ),
    )
    copy_rows(
        Constituency,
        ("organisation_id", "description", "size", "source", "as_of"),
        ((keys[p.slug], reach["who"], reach["size"], SOURCE, BASE_DATE) for p in batch for reach in p.reach),
    )
    regime = LegalRegime.objects.get(name=REGIME).pk
    copy_rows(
        LegalBasis,
        ("organisation_id", "kind", "regime_id", "evidence", "valid_from"),
        (
            (keys[p.slug], p.legal_basis, regime, f"Verzonnen besluit {p.number}", p.partner_since)
            for p in batch
            if p.legal_basis
        ),
    )


def _phases(profile: Profile, function: str) -> list[str]:
    """Return all phases for most; one in four takes part in the cold phase only."""
    return PHASES[:1] if (profile.number + len(function)) % 4 == 0 else all_phases()


def _end(profile: Profile) -> Any:
    return BASE_DATE if profile.status == PartnerStatus.FORMER else None


def _write_contacts(batch: list[Profile], keys: Keys, seed: int) -> None:
    copy_rows(Contact, CONTACT_FIELDS, (row for p in batch for row in contact_rows(p, keys[p.slug], seed)))


def _write_relations(batch: list[Profile], keys: Keys) -> None:
    wanted = {relation["with"] for profile in batch for relation in profile.relations}
    known = dict(Organisation.objects.filter(slug__in=wanted - keys.keys()).values_list("slug", "pk")) | keys
    copy_rows(
        Relation,
        ("from_organisation_id", "kind", "to_organisation_id", "source_reference"),
        (
            (keys[profile.slug], relation["kind"], known[relation["with"]], SOURCE)
            for profile in batch
            for relation in profile.relations
        ),
    )


def _write_applications(batch: list[Profile], keys: Keys) -> None:
    """Write the applications that wait on a coordinator's desk."""
    Application.objects.bulk_create(
        Application(
            organisation_id=keys[profile.slug],
            applicant_name=profile.application["name"],
            applicant_email=f"aanmelding@{profile.slug}.example",
            motivation=profile.application["motivation"],
            functions=profile.application["functions"],
            answers=profile.application["answers"],
            state=ApplicationState.NEW,
            token_hash=sha256(f"demo/{profile.slug}".encode()).hexdigest(),
            confirmed_at=timezone.now(),
        )
        for profile in batch
        if profile.application
    )
