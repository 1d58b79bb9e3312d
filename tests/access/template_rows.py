"""The rows of the access matrix for templates, logos and batches."""

import uuid

from comms.cobranding.models import MessageTemplate, RenderJob
from comms.enums import Tlp
from comms.planning.models import Campaign
from tests.access.matrix import ABSENT, FOUND, OF_HAVENRING, OK, WRONG, Arguments, Row, public
from tests.cast import Cast
from tests.factories.cobranding import batch_for, campaign_with, draft_template, logo_of, template_in_use
from tests.factories.comms import published

NETWORK = ("mem", "rep", "wg", "mem-x", "mem-o", "rcp")
MEMBERS = (*NETWORK, "coord", "nctv")
DESK = ("wg", "coord")


def button(name: str, arguments: Arguments) -> Row:
    """Something that only a POST does."""
    return Row(name, WRONG, {FOUND: ("anon",)}, arguments)


def template(tlp: Tlp, **more: str) -> Arguments:
    """The address of a template with a label; that of AMBER belongs to a publication for the Havenring."""

    def arguments(cast: Cast) -> dict:
        slug = f"kanarie-{tlp}"
        if not MessageTemplate.objects.filter(slug=slug).exists():
            haven, source = cast.organisations["havenring"], None
            if tlp == Tlp.AMBER:
                source = published(title="kanarie-bron", tlp=tlp, owner=haven, addressed_organisations=[haven])
            template_in_use(slug=slug, name=slug, tlp=tlp, publication=source, owner=haven)
        return {"slug": slug, **more}

    return arguments


def draft(cast: Cast) -> dict:
    """The address of a template that nobody approved."""
    if not MessageTemplate.objects.filter(slug="kanarie-concept").exists():
        draft_template(slug="kanarie-concept", name="kanarie-concept")
    return {"slug": "kanarie-concept"}


def own_logo(**more: str) -> Arguments:
    """The address of the logo of the Havenring."""

    def arguments(cast: Cast) -> dict:
        haven = cast.organisations["havenring"]
        if more and not hasattr(haven, "template_logo"):
            logo_of(haven)
        return {"slug": "havenring", **more}

    return arguments


def campaign(cast: Cast) -> dict:
    """The address of a campaign with two partners."""
    if not Campaign.objects.filter(slug="kanarie-campagne").exists():
        partners = [cast.organisations["havenring"], cast.organisations["zorgring"]]
        campaign_with(*partners, slug="kanarie-campagne", owner_id=partners[0].pk, created_by_id=cast["coord"].pk)
    return {"slug": "kanarie-campagne"}


def batch(cast: Cast) -> dict:
    """The address of a batch that the coordinator asked for."""
    job = RenderJob.objects.filter(by=cast["coord"]).first()
    if job is None:
        job = batch_for(Campaign.objects.get(**campaign(cast)), by=cast["coord"])
    return {"number": job.number}


def no_batch(cast: Cast) -> dict:
    """The address of a batch that never was."""
    return {"number": uuid.UUID(int=1)}


READERS = {Tlp.GREEN: MEMBERS, Tlp.AMBER: ("mem", "rep", "coord")}
IN_FILES = {"form": "mail", "ending": "eml"}
TEMPLATES = [
    public("template_list"),
    public("template_list", query="?q=haven&vorm=mail&functie=x&doelgroep=y&campagne=z&taal=nl&pagina=99"),
    public("template_detail", arguments=template(Tlp.CLEAR)),
    public("template_mail", arguments=template(Tlp.CLEAR)),
    public("template_preview", arguments=template(Tlp.CLEAR, form="afbeelding")),
    public("template_download", arguments=template(Tlp.CLEAR, **IN_FILES)),
    Row("template_download", ABSENT, arguments=template(Tlp.CLEAR, form="mail", ending="exe")),
    Row("template_preview", ABSENT, arguments=template(Tlp.CLEAR, form="bestaat-niet")),
    Row("template_detail", ABSENT, {OK: OF_HAVENRING}, template(Tlp.CLEAR), query="?organisatie=havenring"),
    *(
        Row(name, ABSENT, {OK: readers}, template(tlp, **more))
        for tlp, readers in READERS.items()
        for name, more in (
            ("template_detail", {}),
            ("template_mail", {}),
            ("template_preview", {"form": "a4"}),
            ("template_download", IN_FILES),
        )
    ),
    Row("template_detail", ABSENT, {OK: DESK}, draft),
    Row("template_mail", ABSENT, {OK: DESK}, draft),
    Row("template_lines", ABSENT, {OK: OF_HAVENRING, FOUND: ("anon",)}, template(Tlp.GREEN, organisation="havenring")),
    Row("template_logo", ABSENT, {OK: OF_HAVENRING, FOUND: ("anon",)}, own_logo()),
    Row("template_logo_picture", ABSENT, {OK: (*OF_HAVENRING, *DESK), FOUND: ("anon",)}, own_logo(ground="licht")),
    button("template_logo_remove", own_logo()),
    Row("template_desk", ABSENT, {OK: DESK, FOUND: ("anon",)}),
    Row("template_new", ABSENT, {OK: DESK, FOUND: ("anon",)}),
    *(
        Row(name, ABSENT, {OK: DESK, FOUND: ("anon",)}, draft)
        for name in ("template_edit", "template_write", "template_approve")
    ),
    Row("template_approve", ABSENT, {OK: ("coord",), FOUND: ("anon",)}, template(Tlp.AMBER)),
    *(button(name, draft) for name in ("template_version_new", "template_retire")),
    Row("template_batch", ABSENT, {OK: DESK, FOUND: ("anon",)}, campaign),
    Row("template_job", ABSENT, {OK: ("coord",), FOUND: ("anon",)}, batch),
    Row("template_job", ABSENT, {FOUND: ("anon",)}, no_batch),
    button("template_job_cancel", no_batch),
    Row("template_job_file", ABSENT, {FOUND: ("anon",)}, batch),
]
