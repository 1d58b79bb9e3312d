"""What an import would do, row by row, before it does anything."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from cwn.core.sheets import SheetRow
from partners.actions.status import why_not
from partners.enums import PUBLIC_STATUSES, PartnerStatus
from partners.models import Organisation, OrganisationAlias
from partners.transfer import (
    COLUMNS,
    HEADER,
    LINKED_FIELDS,
    SEPARATOR,
    Column,
    Vocabulary,
    for_transfer,
    link_slugs,
    plain,
    vocabularies,
)

LINKS = (*LINKED_FIELDS, "functions")


@dataclass(slots=True)
class RowPlan:
    """What one row would do: make an organisation, change one, nothing, or fail."""

    number: int
    name: str
    existing: Organisation | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    """Column, old text and new text."""
    errors: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Tell in one word what becomes of this row."""
        if self.errors:
            return "error"
        if self.existing is None:
            return "new"
        return "change" if self.changes else "same"

    @property
    def becomes_public(self) -> bool:
        """Tell whether this row makes an organisation visible to everybody."""
        status = self.values.get("status")
        return status in PUBLIC_STATUSES and (self.existing is None or self.existing.status not in PUBLIC_STATUSES)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All rows of a file with what they would do."""

    rows: list[RowPlan]

    def of_kind(self, kind: str) -> list[RowPlan]:
        """Return the rows of one kind: "new", "change", "same" or "error"."""
        return [row for row in self.rows if row.kind == kind]

    @property
    def becomes_public(self) -> list[RowPlan]:
        """The rows that make an organisation visible to everybody."""
        return [row for row in self.rows if not row.errors and row.becomes_public]

    @property
    def fingerprint(self) -> str:
        """A short text that differs as soon as the import would do something else."""
        what = [(row.number, row.kind, row.changes, row.errors) for row in self.rows]
        return hashlib.sha256(json.dumps(what).encode()).hexdigest()


def plan_import(rows: Sequence[SheetRow]) -> ImportPlan:
    """Compare a file with the registry; raises `ValidationError` when its columns cannot be used."""
    columns = _columns_of(rows)
    known = vocabularies()
    registry = _Registry(rows)
    plans = [_plan_row(row, columns, known, registry) for row in rows]
    _refuse_twice(plans)
    return ImportPlan(plans)


def _columns_of(rows: Sequence[SheetRow]) -> list[Column]:
    """Return the columns that the file has."""
    if not rows:
        raise ValidationError(_("Het bestand heeft geen regels onder de namen van de kolommen."))
    names = set(rows[0].cells)
    if unknown := sorted(names - set(HEADER)):
        raise ValidationError(
            _("Deze kolommen kennen wij niet: %(unknown)s. Gebruik: %(known)s.")
            % {"unknown": ", ".join(unknown), "known": ", ".join(HEADER)}
        )
    if "naam" not in names:
        raise ValidationError(_("De kolom “naam” ontbreekt."))
    return [column for column in COLUMNS if column.header in names]


class _Registry:
    """The organisations that a file may be about, found in a handful of questions."""

    def __init__(self, rows: Iterable[SheetRow]) -> None:
        slugs, numbers, names = ({row.cells.get(header, "") for row in rows} - {""} for header in
                                 ("kenmerk", "kvk-nummer", "naam"))  # fmt: skip
        aliases = dict(OrganisationAlias.objects.filter(slug__in=slugs).values_list("slug", "organisation_id"))
        found = Organisation.objects.annotate(lower_name=Lower("name")).filter(
            Q(slug__in=slugs)
            | Q(pk__in=aliases.values())
            | Q(kvk_number__in=numbers)
            | Q(lower_name__in={name.lower() for name in names})
        )
        organisations = list(for_transfer(found))
        by_key = {organisation.pk: organisation for organisation in organisations}
        self.by_slug = {organisation.slug: organisation for organisation in organisations} | {
            slug: by_key[key] for slug, key in aliases.items()
        }
        self.by_number: dict[str, list[Organisation]] = {}
        self.by_name: dict[str, list[Organisation]] = {}
        for organisation in organisations:
            self.by_number.setdefault(organisation.kvk_number, []).append(organisation)
            self.by_name.setdefault(organisation.name.lower(), []).append(organisation)

    def find(self, cells: Mapping[str, str]) -> Organisation | None:
        """Return the organisation that a row is about: by address, else by KvK number, else by name."""
        slug, number = cells.get("kenmerk", ""), cells.get("kvk-nummer", "")
        if slug:
            return self.by_slug.get(slug)
        same = (number and self.by_number.get(number)) or self.by_name.get(cells.get("naam", "").lower(), [])
        if len(same) > 1:
            raise ValidationError(_("Er zijn meer organisaties met deze naam. Vul het kenmerk in."))
        return same[0] if same else None


def _plan_row(row: SheetRow, columns: Sequence[Column], known: dict[str, Vocabulary], registry: _Registry) -> RowPlan:
    plan = RowPlan(row.number, row.cells.get("naam") or row.cells.get("kenmerk", ""))
    try:
        plan.existing = registry.find(row.cells)
    except ValidationError as error:
        plan.errors += error.messages
        return plan
    for column in columns:
        try:
            plan.values[column.field] = column.read(row.cells[column.header], known)
        except ValidationError as error:
            plan.errors += [f"{column.header}: {message}" for message in error.messages]
    _settle(plan)
    plan.errors += _refusals(plan)
    if not plan.errors:
        plan.changes = _changes(plan, columns)
    return plan


def _settle(plan: RowPlan) -> None:
    """Fill in what an empty cell means: nobody becomes public, or loses a date or address, by accident."""
    values, existing = plan.values, plan.existing
    if existing is not None:
        values.pop("slug", None)
        for name in ("ownership", "status", "partner_since"):
            if values.get(name) is None:
                values.pop(name, None)
    else:
        values["status"] = values.get("status") or PartnerStatus.PROSPECT
    if values.get("status") == PartnerStatus.PARTNER and existing is None and not values.get("partner_since"):
        values["partner_since"] = timezone.localdate()


def _refusals(plan: RowPlan) -> list[str]:
    """Say in Dutch what is wrong with the values of a row."""
    refusals = []
    values, existing = plan.values, plan.existing
    if existing is None and not values.get("ownership"):
        refusals.append(_("publiek of privaat: Vul in wat voor organisatie dit is."))
    if existing is not None and values.get("status", existing.status) != existing.status:
        step = why_not(existing.status, values["status"])
        refusals += [f"status: {step}"] if step else []
    number = values.get("kvk_number", "")
    if number and not (len(number) == 8 and number.isdecimal() and number.isascii()):
        refusals.append(_("kvk-nummer: Een KvK-nummer heeft acht cijfers."))
    return refusals + _field_refusals(values)


def _field_refusals(values: Mapping[str, Any]) -> list[str]:
    """Ask the fields of the model what they think of the values that are filled in; a name always is."""
    own = {name: value for name, value in values.items() if name not in LINKS and (value or name == "name")}
    try:
        Organisation(**own).clean_fields(exclude={one.name for one in Organisation._meta.fields} - own.keys())
    except ValidationError as error:
        headers = {column.field: column.header for column in COLUMNS}
        return [f"{headers[name]}: {text}" for name, texts in error.message_dict.items() for text in texts]
    return []


def _changes(plan: RowPlan, columns: Sequence[Column]) -> list[tuple[str, str, str]]:
    """List per column the old and the new text; for a new organisation what is filled in."""
    changes = []
    for column in columns:
        if column.field not in plan.values:
            continue
        new = plan.values[column.field]
        old = _old_value(plan.existing, column.field)
        if new != old and (plan.existing is not None or new not in ("", None, [], frozenset(), False)):
            changes.append((column.header, _shown(old), _shown(new)))
    return changes


def _old_value(existing: Organisation | None, name: str) -> Any:
    if existing is None:
        return ""
    if name in LINKS:
        return frozenset(link_slugs(existing, name))
    value = getattr(existing, name)
    return plain(value) if isinstance(value, str) else value


def _shown(value: Any) -> str:
    if isinstance(value, frozenset | set):
        return SEPARATOR.join(sorted(value))
    if isinstance(value, list):
        return SEPARATOR.join(value)
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    return "" if value is None else str(value)


def _refuse_twice(plans: Sequence[RowPlan]) -> None:
    """Refuse a row about an organisation that an earlier row is about."""
    seen: dict[Any, int] = {}
    for plan in plans:
        keys: list[Any] = [plan.existing.pk] if plan.existing else [plan.name.lower()]
        keys += [(name, plan.values[name]) for name in ("slug", "kvk_number") if plan.values.get(name)]
        first = min((seen[key] for key in keys if key in seen), default=None)
        if first is not None:
            plan.errors.append(_("Deze organisatie staat ook op regel %(number)d.") % {"number": first})
        for key in keys:
            seen.setdefault(key, plan.number)
