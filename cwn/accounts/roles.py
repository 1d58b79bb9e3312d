"""Roles are code (security.md chapter 3): a name, a Dutch description and permissions.

Member and representative follow from a `partners.Membership`; the other roles are Django groups that
`synchronise_roles` makes equal to this file after each migrate.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Role:
    """A role in the network."""

    slug: str
    label: Any
    description: Any
    permissions: frozenset[str] = frozenset()
    """Model permissions as "app_label.codename"."""
    uses_admin: bool = False
    session_hours: int = 12


def _on(app: str, verbs: str, *models: str) -> frozenset[str]:
    names = {"V": "view", "C": "add", "U": "change", "D": "delete"}
    return frozenset(f"{app}.{names[verb]}_{model}" for verb in verbs for model in models)


REGISTRY = (
    "organisation", "contact", "membership", "invitation", "participation", "constituency", "legalbasis",
    "maturity", "relation", "initiative", "application", "duplicatecandidate", "profileproposal",
    "statuschange", "initiativeparticipant",
)  # fmt: skip
DOMAINS = ("region", "sector", "branch", "organisationkind", "legalregime")

COORDINATOR = Role(
    "coordinator",
    _("Coördinator (NCSC)"),
    _("Voert het register en de vijf functies."),
    permissions=_on("partners", "VCU", *REGISTRY, *DOMAINS)
    | _on("partners", "D", "contact", "relation", "participation", "constituency", "maturity", "initiativeparticipant")
    | _on("portal", "VCUD", "question")
    | _on("portal", "VU", "contactmoment", "brand", "contacttopic")
    | _on("portal", "C", "contacttopic")
    | _on("search", "VCUD", "synonymgroup")
    | _on("search", "V", "missedquery")
    | _on("core", "V", "auditentry")
    | _on("delivery", "V", "mailing")
    | _on("comms", "VU", "audience")
    | _on("comms", "VCU", "sharinggroup", "development")
    | _on("comms", "VCD", "sharinggroupmember")
    | _on("comms", "V", "publication", "publicationstep", "acknowledgement", "feedback")
    | _on("subscriptions", "VCU", "newsletter", "topic")
    | _on("subscriptions", "VC", "consenttext")
    | _on("planning", "VU", "campaign", "channel", "coremessage")
    | _on("planning", "VCU", "campaignresult")
    | _on("planning", "V", "campaignasset", "audienceanalysis", "placement", "workinggroupseat", "workinggroupsession")
    | _on("planning", "V", "sessionattendance", "actionitem", "talk")
    | _on("planning", "V", "calendarentry", "entrycomment")
    | _on("events", "V", "event")
    | _on("newsletters", "V", "issue", "linkcheck")
    | _on("cobranding", "V", "messagetemplate", "partnerlogo", "templatedownload")
    | _on("base", "VU", "functioncharter")
    | _on("base", "VCUD", "functioncondition", "functiongoal", "flownode", "flowedge", "functionchannel")
    | _on("base", "VCU", "informationflow", "soundingboard", "soundingboardseat")
    | _on("base", "V", "functionphase"),
    uses_admin=True,
    session_hours=8,
)
WORKING_GROUP = Role(
    "working_group",
    _("Lid van de Werkgroep Communicatie"),
    _("Plant samen met andere partners wat het netwerk vertelt."),
)
POLICY_OWNER = Role(
    "policy_owner",
    _("Regiehouder (NCTV)"),
    _("Leest mee: overzicht en cijfers, geen wijzigingen."),
)
ADMINISTRATOR = Role(
    "administrator",
    _("Technisch beheerder"),
    _("Beheert accounts en techniek, zonder inhoud."),
    permissions=_on("accounts", "VU", "user") | _on("core", "V", "auditentry"),
    uses_admin=True,
    session_hours=8,
)

GROUP_ROLES: tuple[Role, ...] = (COORDINATOR, WORKING_GROUP, POLICY_OWNER, ADMINISTRATOR)


def synchronise_roles() -> None:
    """Make the Django groups and their permissions equal to the roles in this file.

    Raises KeyError for a permission that does not exist: a typing error here must not pass in silence.
    """
    from django.contrib.auth.models import Group, Permission

    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role in GROUP_ROLES:
        group, _created = Group.objects.get_or_create(name=role.slug)
        group.permissions.set(known[name] for name in role.permissions)
