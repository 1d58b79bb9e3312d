"""Taking a template along: the own logo, the own lines, counts without persons, nothing too much (R93, R129)."""

import pytest
from django.urls import reverse

from comms.cobranding.enums import TemplateFormat
from comms.cobranding.models import OwnLines, TemplateDownload
from comms.cobranding.renderings import OUTPUTS
from comms.enums import Tlp
from cwn.core.models import AuditEntry
from tests.cobranding.materials import words_of
from tests.factories.cobranding import bodies, logo_of, template_in_use
from tests.factories.comms import published

pytestmark = pytest.mark.django_db


def file_of(template, form: str = "mail", ending: str = "txt") -> str:
    return reverse("template_download", args=[template.slug, form, ending])


def test_every_file_goes_out_to_be_kept_and_never_to_be_run(cast):
    template, client = template_in_use(), cast.client("anon")
    for form, endings in OUTPUTS.items():
        for ending, (content_type, _renderer) in endings.items():
            answer = client.get(file_of(template, form.value, ending))
            assert answer.status_code == 200
            assert answer["Content-Type"] == content_type
            assert answer["Content-Disposition"].startswith(f'attachment; filename="{template.slug}-')
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in answer["Content-Security-Policy"]
            assert "Set-Cookie" not in answer
            assert "Werk vandaag uw firewall bij." in words_of(answer.content, ending)


def test_downloads_are_counted_per_version_and_partner_and_never_per_person(cast):
    template = template_in_use()
    for principal, query, times in (
        ("anon", {}, 2),
        ("mem", {"organisatie": "havenring"}, 3),
        ("rep", {"organisatie": "havenring"}, 1),
    ):
        client = cast.client(principal)
        for _time in range(times):
            client.get(file_of(template), query)
        client.head(file_of(template), query)
    cast.client("mem").get(reverse("template_preview", args=[template.slug, "mail"]))
    cast.client("mem").get(reverse("template_detail", args=[template.slug]))
    rows = TemplateDownload.objects.order_by("count").values_list("organisation__slug", "count", "version", "format")
    assert list(rows) == [(None, 2, template.current_id, "mail"), ("havenring", 4, template.current_id, "mail")]
    fields = {field.name for field in TemplateDownload._meta.get_fields()}
    assert fields == {"id", "version", "format", "organisation", "day", "count"}


def test_amber_stands_in_the_audit_log(cast):
    source = published(tlp=Tlp.AMBER, owner=cast.organisations["havenring"])
    template = template_in_use(tlp=Tlp.AMBER, publication=source)
    assert cast.client("mem").get(file_of(template)).status_code == 200
    assert AuditEntry.objects.filter(verb="download", kind="messagetemplate", object_id=template.pk).count() == 1
    assert cast.client("mem-o").get(file_of(template)).status_code == 404


def test_a_partner_sees_its_logo_and_its_lines_in_every_form(cast):
    template = template_in_use()
    logo_of(cast.organisations["havenring"])
    client = cast.client("mem")
    address = reverse("template_lines", args=[template.slug, "havenring"])
    assert client.post(address, {"opening": "Beste havenlieden,", "contact": "Bel 010."}).status_code == 302
    for form, endings in OUTPUTS.items():
        for ending in endings:
            if form != TemplateFormat.IMAGE:
                with_logo = client.get(file_of(template, form.value, ending), {"organisatie": "havenring"}).content
                words = words_of(with_logo, ending)
                assert "Beste havenlieden," in words
                assert "Bel 010." in words
                assert "De Havenring" in words
                without = client.get(file_of(template, form.value, ending), {"organisatie": ""}).content
                assert "havenlieden" not in words_of(without, ending)
                if ending not in ("txt",):
                    assert len(with_logo) > len(without)
    page = client.get(reverse("template_detail", args=[template.slug])).content.decode()
    assert "Beste havenlieden," in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("TLP:RED", "Noem het niet"),
        ("{{tlp_label}}", "accolades"),
        ("x" * 201, "200"),
    ],
)
def test_own_lines_that_could_mislead_are_refused_and_kept_in_the_form(cast, typed, sentence):
    template = template_in_use()
    address = reverse("template_lines", args=[template.slug, "havenring"])
    answer = cast.client("mem").post(address, {"opening": typed, "contact": "Bel ons."})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert "Bel ons." in page
    assert not OwnLines.objects.exists()


def test_nobody_uses_the_name_or_logo_of_another_partner(cast):
    template = template_in_use()
    logo_of(cast.organisations["havenring"])
    OwnLines.objects.create(template=template, organisation=cast.organisations["havenring"], opening="kanarie-regel")
    for principal in ("anon", "mem-o", "coord", "wg", "nctv", "ex", "sus"):
        client = cast.client(principal)
        for address in (
            file_of(template),
            reverse("template_detail", args=[template.slug]),
            reverse("template_preview", args=[template.slug, "a4"]),
            reverse("template_mail", args=[template.slug]),
        ):
            assert client.get(address, {"organisatie": "havenring"}).status_code == 404, (principal, address)
        assert b"kanarie" not in client.get(reverse("template_detail", args=[template.slug])).content
        lines = reverse("template_lines", args=[template.slug, "havenring"])
        assert client.post(lines, {"opening": "Van een ander"}).status_code in (302, 404)
    assert OwnLines.objects.get().opening == "kanarie-regel"


def test_the_mail_is_shown_in_a_page_in_which_nothing_runs(cast):
    template = template_in_use()
    answer = cast.client("anon").get(reverse("template_mail", args=[template.slug]))
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "unsafe-inline" not in policy


def test_a_picture_that_would_lose_an_action_is_refused_in_one_sentence(cast):
    actions = "\n".join(f"Doe nummer {number} van deze lange lijst, en alles wat erbij hoort." for number in range(20))
    template = template_in_use(action_perspective=actions, bodies=bodies(TemplateFormat.IMAGE, TemplateFormat.WORD))
    answer = cast.client("anon").get(file_of(template, "afbeelding", "png"))
    assert answer.status_code == 409
    assert "Het mag niet worden ingekort." in answer.content.decode()
    assert cast.client("anon").get(reverse("template_detail", args=[template.slug])).status_code == 200
    assert cast.client("anon").get(file_of(template, "word", "docx")).status_code == 200
    assert not TemplateDownload.objects.filter(format="afbeelding").exists()


def test_the_library_is_filtered(cast):
    haven = template_in_use(name="Voor de haven", functions=["informatiedeling"])
    mail = template_in_use(name="Alleen mail", language="en", bodies=bodies(TemplateFormat.MAIL))
    client = cast.client("anon")

    def found(**query) -> set[str]:
        page = client.get(reverse("template_list"), query)
        assert page.status_code == 200
        return {template.name for template, _form in page.context["cards"]}

    assert found() == {haven.name, mail.name}
    assert found(q="HAVEN") == found(functie="informatiedeling") == found(vorm="a4") == found(taal="nl") == {haven.name}
    assert found(taal="en") == {mail.name}
    assert found(q="niets") == set()
    assert found(vorm="onzin", pagina="x", campagne="\u00e9") == {haven.name, mail.name}
