"""The contacts of a fictional organisation: a mailbox, and for partners people with a role (R19, R155)."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any, NamedTuple

from django.utils import timezone

from cwn.core.enums import CwnFunction
from partners.demo.names import FAMILY_NAMES, GIVEN_NAMES
from partners.demo.profiles import BASE_DATE, Profile
from partners.enums import ContactRole, PartnerStatus, VisibilityLevel

#: The columns that `contacts` gives, in its order.
FIELDS = (
    "organisation_id", "valid_from", "last_confirmed_at",
    "role", "name", "job_title", "email", "visibility", "function", "phone", "is_mailbox",
)  # fmt: skip
#: The part of an address in front of the @, per function.
MAILBOXES = {
    CwnFunction.INFORMATION_SHARING: "dreigingen",
    CwnFunction.VICTIM_NOTIFICATION: "waarschuwingen",
    CwnFunction.INCIDENT_HANDLING: "incidenten",
    CwnFunction.KNOWLEDGE_EXCHANGE: "kennis",
    CwnFunction.TRAINING: "oefenen",
}


class DemoContact(NamedTuple):
    """One contact, without what it shares with the others of its organisation."""

    role: str
    name: str
    job_title: str
    email: str
    visibility: str
    function: str = ""
    phone: str = ""
    is_mailbox: bool = False


def contact_rows(profile: Profile, organisation_id: int, seed: int) -> Iterator[tuple[Any, ...]]:
    """Yield the contacts of an organisation as rows for `FIELDS`; one organisation in six confirmed long ago."""
    if profile.status == PartnerStatus.PROSPECT:
        return
    chance = Random(f"{seed}/{profile.number}/contacts")  # noqa: S311  no secret, and it must repeat
    days = chance.randrange(190, 330) if chance.random() < 0.17 else chance.randrange(170)
    confirmed = (timezone.now() - timedelta(days=days)).replace(microsecond=0)
    for contact in _contacts(profile, chance):
        yield (organisation_id, profile.partner_since or BASE_DATE, confirmed, *contact)


def _contacts(profile: Profile, chance: Random) -> Iterator[DemoContact]:
    domain = f"{profile.slug}.example"
    yield DemoContact(
        ContactRole.GENERAL, f"Secretariaat {profile.name}"[:150], "", f"info@{domain}", VisibilityLevel.PUBLIC,
        is_mailbox=True,
    )  # fmt: skip
    if profile.status not in (PartnerStatus.PARTNER, PartnerStatus.SUSPENDED):
        return
    if CwnFunction.INCIDENT_HANDLING in profile.participation or chance.random() < 0.2:
        number = f"+31 88 000 {profile.number // 100 % 100:02d} {profile.number % 100:02d}"
        yield DemoContact(
            ContactRole.DUTY, "Piketdienst", "", f"piket@{domain}", VisibilityLevel.MEMBERS, phone=number
        )  # fmt: skip
    function = CwnFunction(next(iter(profile.participation)))
    yield DemoContact(
        ContactRole.FUNCTION, _person(chance), "Adviseur", f"{MAILBOXES[function]}@{domain}", VisibilityLevel.MEMBERS,
        function=function.value,
    )  # fmt: skip
    if chance.random() < 0.4:
        yield DemoContact(
            ContactRole.COMMUNICATION, _person(chance), "Communicatieadviseur", f"communicatie@{domain}",
            VisibilityLevel.OWN,
        )  # fmt: skip


def _person(chance: Random) -> str:
    return f"{chance.choice(GIVEN_NAMES)} {chance.choice(FAMILY_NAMES)}"
