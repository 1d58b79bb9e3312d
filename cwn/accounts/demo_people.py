"""The people of the demo: one per principal of security.md chapter 3, only where CWN_DEMO is on.

A plain list that knows organisations by their slug alone, so that it can stand on this low rung: the page
`/account/demo/` shows it and `manage.py load_demo` makes the accounts.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cwn.accounts.roles import ADMINISTRATOR, COORDINATOR, POLICY_OWNER, WORKING_GROUP, Role

MAIL_DOMAIN = "demo.example"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who can be tried out with one click."""

    principal: str
    name: str
    description: Any
    role: Role | None = None
    organisation: str = ""
    """Slug of the fictional organisation of which this person is, or was, a member."""
    represents: bool = False
    has_left: bool = False
    has_second_factor: bool = True

    @property
    def email(self) -> str:
        """The address with which this person logs in."""
        return f"{self.principal}@{MAIL_DOMAIN}"


DEMO_PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson("mem", "Petra Wafelmans", _("Lid van een netwerkpartner"), organisation="zorgkring-stroopdam"),
    DemoPerson(
        "rep", "Ruben Pepermunt", _("Vertegenwoordigt een netwerkpartner"), organisation="zorgkring-stroopdam",
        represents=True,
    ),
    DemoPerson(
        "wg", "Wim Suikerbrood", _("Lid van de Werkgroep Communicatie"), WORKING_GROUP, "brancheraad-kruidnootveen"
    ),
    DemoPerson(
        "wg2", "Wilma Beschuit", _("Tweede lid van de Werkgroep Communicatie"), WORKING_GROUP, "csirt-drophaven"
    ),
    DemoPerson("coord", "Coby Karnemelk", _("Coördinator van het NCSC"), COORDINATOR),
    DemoPerson("coord2", "Corné Haverstro", _("Tweede coördinator, voor besluiten met twee personen"), COORDINATOR),
    DemoPerson("nctv", "Tess Tompoes", _("Regiehouder van de NCTV, leest alleen mee"), POLICY_OWNER),
    DemoPerson("adm", "Adam Schroevendraaijer", _("Technisch beheerder, zonder inhoud"), ADMINISTRATOR),
    DemoPerson(
        "mem-x", "Xandra Mangoboom", _("Lid van een andere netwerkpartner, in dezelfde groep"),
        organisation="isac-kolibriebaai",
    ),
    DemoPerson(
        "mem-o", "Omar Oliebol", _("Lid van een andere netwerkpartner, buiten de groep"),
        organisation="cyberkring-speculaashoven",
    ),
    DemoPerson(
        "rcp", "Rik Regenjas", _("Lid van een netwerkpartner, bij naam geadresseerd"), organisation="csirt-drophaven"
    ),
    DemoPerson(
        "ex", "Esra Krentenbol", _("Was lid van een netwerkpartner"), organisation="zorgkring-stroopdam", has_left=True
    ),
    DemoPerson("sus", "Suze Zuurkool", _("Lid van een geschorste partner"), organisation="beheerhuis-hagelmonde"),
    DemoPerson(
        "nomfa", "Noud Poffert", _("Vertegenwoordiger die de tweede controle nog niet heeft ingesteld"),
        organisation="cyberkring-speculaashoven", represents=True, has_second_factor=False,
    ),
)  # fmt: skip
