"""The address of an organisation: its name, and never one that another organisation has or had."""

from django.utils.text import slugify

from partners.models import Organisation, OrganisationAlias


def taken_slugs(*, starting_with: str = "") -> set[str]:
    """Return the addresses that lead to an organisation, those from before a merge included."""
    return {
        slug
        for model in (Organisation, OrganisationAlias)
        for slug in model._default_manager.filter(slug__startswith=starting_with).values_list("slug", flat=True)
    }


def free_slug(name: str, *, taken: set[str] | None = None) -> str:
    """Return an address for a name, with a number behind it when it is taken.

    Who needs many addresses asks once which ones are taken, and gives them along.
    """
    base = slugify(name)[:100].strip("-") or "organisatie"
    taken = taken_slugs(starting_with=base) if taken is None else taken
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
