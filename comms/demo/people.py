"""Who writes and agrees in the demo: demo people where an organisation has them, else an editor made for it."""

from collections.abc import Collection

from django.contrib.auth.hashers import make_password

from cwn.accounts.demo_people import DEMO_PEOPLE
from cwn.accounts.models import User
from partners.enums import MembershipRole
from partners.models import Membership, Organisation

#: Who writes for the organisations to which demo people belong.
AUTHORS = {
    "zorgkring-stroopdam": "mem",
    "isac-kolibriebaai": "mem-x",
    "csirt-drophaven": "wg2",
    "brancheraad-kruidnootveen": "wg",
    "cyberkring-speculaashoven": "mem-o",
}
#: Who agrees as the second person; never an author of the demo.
SECOND_PERSON = "coord"


def demo_people() -> dict[str, int]:
    """Return the keys of the demo people by principal."""
    keys = dict(User.objects.filter(email__in=[person.email for person in DEMO_PEOPLE]).values_list("email", "pk"))
    return {person.principal: keys[person.email] for person in DEMO_PEOPLE}


def editors(organisations: Collection[Organisation]) -> dict[str, int]:
    """Return the key of who writes for each organisation, by slug; makes the editors that are not there yet."""
    people = demo_people()
    known = {slug: people[principal] for slug, principal in AUTHORS.items()}
    others = [organisation for organisation in organisations if organisation.slug not in known]
    addresses = {organisation.slug: f"redactie@{organisation.slug}.example" for organisation in others}
    present = dict(User.objects.filter(email__in=addresses.values()).values_list("email", "pk"))
    missing = [organisation for organisation in others if addresses[organisation.slug] not in present]
    made = User.objects.bulk_create(
        User(
            email=addresses[organisation.slug],
            name=f"Redactie {organisation.name}"[:150],
            password=make_password(None),
            is_fictional=True,
        )
        for organisation in missing
    )
    Membership.objects.bulk_create(
        Membership(user=user, organisation=organisation, role=MembershipRole.MEMBER)
        for user, organisation in zip(made, missing, strict=True)
    )
    present |= {user.email: user.pk for user in made}
    return known | {slug: present[address] for slug, address in addresses.items()}
