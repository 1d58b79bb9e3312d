"""The tables of the registry, one file per subject."""

from partners.models.domains import Branch, Domain, OrganisationKind, Region, Sector
from partners.models.initiatives import Initiative, InitiativeParticipant
from partners.models.intake import Application, ConfirmationNotice, DuplicateCandidate, PendingImport, ProfileProposal
from partners.models.organisations import Organisation, OrganisationAlias, Relation, StatusChange
from partners.models.people import Contact, Invitation, Membership
from partners.models.profile import Constituency, LegalBasis, LegalRegime, Maturity, Participation

__all__ = [
    "Application",
    "Branch",
    "ConfirmationNotice",
    "Constituency",
    "Contact",
    "Domain",
    "DuplicateCandidate",
    "Initiative",
    "InitiativeParticipant",
    "Invitation",
    "LegalBasis",
    "LegalRegime",
    "Maturity",
    "Membership",
    "Organisation",
    "OrganisationAlias",
    "OrganisationKind",
    "Participation",
    "PendingImport",
    "ProfileProposal",
    "Region",
    "Relation",
    "Sector",
    "StatusChange",
]
