"""Organisations from a table: all of them or none, in a handful of statements (R25, R30)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cwn.core.sheets import SheetRow
from partners.actions.addresses import free_slug, taken_slugs
from partners.actions.duplicates import find_duplicates
from partners.actions.import_plan import LINKS, ImportPlan, RowPlan, plan_import
from partners.actions.status import change_status
from partners.models import Organisation, Participation, PendingImport, StatusChange
from partners.transfer import COLUMNS, LINKED_FIELDS, link_slugs

BATCH = 1_000
#: The primary key of an organisation, the values of its row, and the organisation as it was, if it was.
Wanted = tuple[int, dict[str, Any], Organisation | None]
FIELDS = {column.header: column.field for column in COLUMNS}


@transaction.atomic
def prepare_import(rows: Sequence[SheetRow], *, file_name: str, by: Any) -> PendingImport:
    """Set a file ready until its sender says yes; an earlier one of the same sender goes."""
    if not _may_import(by):
        raise PermissionDenied
    PendingImport.objects.filter(uploaded_by=by).delete()
    return PendingImport.objects.create(
        file_name=file_name[-200:], rows=[[row.number, row.cells] for row in rows], uploaded_by=by
    )


@transaction.atomic
def import_organisations(pending: PendingImport, *, by: Any) -> ImportPlan:
    """Carry out an import that was set ready, and return what it did.

    The file is compared with the registry again, so that what changed since the preview counts. One row
    that cannot be imported stops all of them. New organisations are compared with the rest afterwards.
    """
    if pending.uploaded_by_id != by.pk or not _may_import(by):
        raise PermissionDenied
    if not PendingImport.objects.select_for_update().filter(pk=pending.pk).exists():
        raise ValidationError(_("Deze import is al uitgevoerd."))
    plan = plan_import(sheet_rows(pending))
    if plan.of_kind("error"):
        raise ValidationError(_("Er staan nog fouten in het bestand. Er is niets geïmporteerd."))
    reason = _("Import van %(file)s") % {"file": pending.file_name}
    with pghistory.context(user=by.pk, reason=reason):
        created = _create(plan.of_kind("new"), reason, by)
        _update(plan.of_kind("change"), reason, by)
    find_duplicates(among=[organisation.pk for organisation in created])
    pending.delete()
    return plan


def forget_waiting_imports() -> int:
    """Remove files to which nobody said yes within a day, and return how many."""
    waiting = PendingImport.objects.filter(uploaded_at__lt=timezone.now() - timedelta(days=1))
    return waiting.delete()[0]


def sheet_rows(pending: PendingImport) -> list[SheetRow]:
    """Return the rows of a file that was set ready."""
    return [SheetRow(number, cells) for number, cells in pending.rows]


def _may_import(by: Any) -> bool:
    """Tell whether somebody may change the registry as a whole."""
    return by.is_trusted and by.has_perms(["partners.add_organisation", "partners.change_organisation"])


def _create(rows: list[RowPlan], reason: str, by: Any) -> list[Organisation]:
    """Make the new organisations with their links and the first line of their status history."""
    taken = taken_slugs()
    organisations = []
    for row in rows:
        own = {name: value for name, value in row.values.items() if name not in LINKS}
        own["slug"] = own.get("slug") or free_slug(own["name"], taken=taken)
        taken.add(own["slug"])
        organisations.append(Organisation(**own))
    Organisation.objects.bulk_create(organisations, batch_size=BATCH)
    StatusChange.objects.bulk_create(
        [StatusChange(organisation=one, new_status=one.status, reason=reason, changed_by=by) for one in organisations],
        batch_size=BATCH,
    )
    wanted: list[Wanted] = [(one.pk, row.values, None) for one, row in zip(organisations, rows, strict=True)]
    _write_links(wanted)
    return organisations


def _update(rows: list[RowPlan], reason: str, by: Any) -> None:
    """Write what differs; a status takes its step on the ladder."""
    fields: set[str] = set()
    changed = []
    for row, organisation in [(row, row.existing) for row in rows if row.existing is not None]:
        status = row.values.pop("status", organisation.status)
        if status != organisation.status:
            change_status(organisation, to=status, reason=reason, by=by)
            organisation.refresh_from_db(fields=["status", "partner_since"])
        changing = {FIELDS[header] for header, _old, _new in row.changes} - {"status", *LINKS}
        for name in changing:
            setattr(organisation, name, row.values[name])
        organisation.updated_at = timezone.now()
        fields |= changing
        changed.append(organisation)
    if changed:
        Organisation.objects.bulk_update(changed, [*fields, "updated_at"], batch_size=BATCH)
    _write_links([(row.existing.pk, row.values, row.existing) for row in rows if row.existing is not None])


def _write_links(wanted: list[Wanted]) -> None:
    """Add and remove links so that each organisation has what its row says."""
    for field, model in LINKED_FIELDS.items():
        keys = dict(model._default_manager.values_list("slug", "pk"))
        through = getattr(Organisation, field).through
        target = f"{model._meta.model_name}_id"
        add, remove = _differences(wanted, field)
        through.objects.bulk_create(
            [through(**{"organisation_id": pk, target: keys[slug]}) for slug, gained in add.items() for pk in gained],
            batch_size=BATCH,
        )
        for slug, lost in remove.items():
            through.objects.filter(**{"organisation_id__in": lost, target: keys[slug]}).delete()
    add, remove = _differences(wanted, "functions")
    today = timezone.localdate()
    Participation.objects.bulk_create(
        [
            Participation(organisation_id=pk, function=function, since=today)
            for function, gained in add.items()
            for pk in gained
        ],
        batch_size=BATCH,
    )
    for function, lost in remove.items():
        Participation.objects.current().filter(organisation_id__in=lost, function=function).update(until=today)


def _differences(wanted: Iterable[Wanted], field: str) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return per value of a linked field which organisations gain it and which lose it."""
    add: dict[str, list[int]] = defaultdict(list)
    remove: dict[str, list[int]] = defaultdict(list)
    for pk, values, existing in wanted:
        if field in values:
            now = link_slugs(existing, field) if existing is not None else set()
            for slug in values[field] - now:
                add[slug].append(pk)
            for slug in now - values[field]:
                remove[slug].append(pk)
    return add, remove
