"""Fictional templates and drawn logos, to try the library with; the texts are invented, in the style of the network."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from comms.cobranding.actions.branding import keep_logo
from comms.cobranding.enums import PUBLIC_FORMATS, WITH_ALT_TEXT, TemplateFormat, TemplateStatus
from comms.cobranding.logos.drawing import draw_logo
from comms.cobranding.models import MessageTemplate, OwnLines, PartnerLogo, TemplateVersion
from comms.enums import Licence, Tlp
from comms.models import Audience
from comms.planning.models import Campaign
from cwn.accounts.demo_people import DEMO_PEOPLE
from cwn.accounts.models import User
from partners.models import Organisation

FILE = Path(__file__).with_name("demo.toml")
#: Who makes them, and who agrees.
MAKER, SECOND_PERSON = "wg", "coord"
OWNER = "brancheraad-kruidnootveen"


@transaction.atomic
def make() -> int:
    """Make the fictional templates and logos that are not there yet, and return how many templates were added.

    Asks for the demo organisations and the demo people; templates go to the first campaigns, where there are any.
    """
    rows = tomllib.loads(FILE.read_text())
    people = _people()
    known = set(MessageTemplate.objects.values_list("slug", flat=True))
    missing = [row for row in rows["template"] if row["slug"] not in known]
    campaigns = list(Campaign.objects.order_by("starts_on", "pk")[:3])
    for number, row in enumerate(missing):
        campaign = campaigns[number % len(campaigns)] if campaigns else None
        _make_template(row, campaign=campaign, people=people)
    for row in rows["logo"]:
        _make_logo(row, people[MAKER])
    return len(missing)


def _people() -> dict[str, User]:
    emails = {person.email: person.principal for person in DEMO_PEOPLE}
    return {emails[user.email]: user for user in User.objects.filter(email__in=emails)}


def _make_template(row: dict[str, Any], *, campaign: Campaign | None, people: dict[str, User]) -> None:
    """Make one template in all forms that its label allows, approved by the second person."""
    forms = [form for form in TemplateFormat if row["label"] == Tlp.CLEAR or form not in PUBLIC_FORMATS]
    template = MessageTemplate.objects.create(
        name=row["name"],
        slug=row["slug"],
        purpose=row["purpose"],
        tlp=row["label"],
        language=row.get("language", "nl"),
        functions=row["functions"],
        licence=Licence.CC_BY if row["label"] == Tlp.CLEAR else Licence.TLP_ONLY,
        owner=Organisation.objects.get(slug=OWNER),
        campaign=campaign,
        is_fictional=True,
    )
    template.audiences.set(Audience.objects.filter(slug__in=row["audiences"]))
    version = TemplateVersion.objects.create(
        template=template,
        number=1,
        bodies={form.value: _body(row, form) for form in forms},
        summary=row["summary"],
        key_points="\n".join(row["key_points"]),
        action_perspective="\n".join(row["actions"]),
        made_by=people[MAKER],
        asked_at=timezone.now(),
        approved_by=people[SECOND_PERSON],
        approved_at=timezone.now(),
    )
    template.current, template.status = version, TemplateStatus.APPROVED
    template.formats = [form.value for form in forms]
    template.save()


def _body(row: dict[str, Any], form: TemplateFormat) -> dict[str, str]:
    """Return the text in a form: short where there is little room."""
    text = "{{samenvatting}}\n\n{{handelingsperspectief}}" if form in WITH_ALT_TEXT else row["text"].strip()
    return {"title": row["title"], "text": text, "alt": row["alt"] if form in WITH_ALT_TEXT else ""}


def _make_logo(row: dict[str, str], maker: User) -> None:
    organisation = Organisation.objects.filter(slug=row["partner"]).first()
    if organisation is None or PartnerLogo.objects.filter(organisation=organisation).exists():
        return
    keep_logo(organisation, draw_logo(ContentFile(row["svg"].encode(), name="beeldmerk.svg")), by=maker)
    for template in MessageTemplate.objects.filter(is_fictional=True):
        OwnLines.objects.get_or_create(
            template=template,
            organisation=organisation,
            defaults={"opening": row["opening"], "contact": row["contact"], "changed_by": maker},
        )
