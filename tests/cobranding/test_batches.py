"""Files for all partners: once each whatever happens, with the rights of now, stopped and forgotten (A29, G01)."""

import io
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from comms.cobranding.actions.batches import ask_batch, cancel_batch, make_next_part
from comms.cobranding.enums import JobState, PartState, TemplateFormat
from comms.cobranding.models import MessageTemplate, RenderJob, RenderJobPart
from comms.cobranding.tasks import forget_batches, make_batches
from comms.enums import Tlp
from partners.enums import PartnerStatus
from partners.models import Organisation
from tests.factories.cobranding import bodies, campaign_with, logo_of, template_in_use
from tests.factories.comms import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(cast):
    """A campaign of two partners, one with a logo, with two templates."""
    haven, zorg = cast.organisations["havenring"], cast.organisations["zorgring"]
    logo_of(haven)
    campaign = campaign_with(haven, zorg)
    template_in_use(name="Eerste", slug="eerste", campaign=campaign, bodies=bodies(TemplateFormat.MAIL))
    template_in_use(name="Tweede", slug="tweede", campaign=campaign, bodies=bodies(TemplateFormat.WORD), tlp=Tlp.GREEN)
    return campaign


def names_in(job: RenderJob) -> list[str]:
    with job.file.open("rb") as file, ZipFile(io.BytesIO(file.read())) as pack:
        assert pack.testzip() is None
        return sorted(pack.namelist())


FILES = ["eerste/mail.eml", "eerste/mail.html", "eerste/mail.txt", "tweede/word.docx"]


def test_each_partner_gets_a_folder(cast, campaign, django_capture_on_commit_callbacks):
    job = ask_batch(campaign=campaign, by=cast["coord"])
    assert ask_batch(campaign=campaign, by=cast["coord"]) == job  # a second click
    with django_capture_on_commit_callbacks(execute=True):
        assert make_batches() == 2
    assert make_batches() == 0
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert job.has_file
    assert names_in(job) == ["LEESMIJ.txt", *(f"{one}/{name}" for one in ("havenring", "zorgring") for name in FILES)]
    assert not RenderJobPart.objects.exclude(file="").exists()


def test_the_page_shows_how_far_it_is_and_gives_the_zip_to_who_asked(cast, campaign):
    client = cast.client("coord")
    asked = client.post(reverse("template_batch", args=[campaign.slug]))
    page = client.get(asked.url)
    assert "0 van 2" in page.content.decode()
    assert "hx-get" in page.content.decode()
    make_batches()
    part = client.get(asked.url, headers={"HX-Request": "true"}).content.decode()
    assert "2 van 2" in part
    assert "hx-get" not in part
    assert "<html" not in part
    job = RenderJob.objects.get()
    file = reverse("template_job_file", args=[job.number])
    answer = client.get(file)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "no-store"
    assert cast.client("wg").get(file).status_code == 404
    assert cast.client("mem").get(file).status_code == 404


def test_a_batch_that_is_stopped_makes_nothing_more(cast, campaign):
    job = ask_batch(campaign=campaign, by=cast["wg"])
    assert make_next_part()
    with pytest.raises(PermissionDenied):
        cancel_batch(job, by=cast["coord"])
    assert cast.client("wg").post(reverse("template_job_cancel", args=[job.number])).status_code == 302
    assert make_batches() == 0
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert not job.file
    with pytest.raises(ValidationError):
        cancel_batch(job, by=cast["wg"])


def test_the_rights_are_those_of_the_moment_it_runs(cast, campaign):
    job = ask_batch(campaign=campaign, by=cast["wg"])
    assert make_next_part()
    cast["wg"].groups.clear()
    make_batches()
    job.refresh_from_db()
    states = list(job.parts.order_by("organisation__name").values_list("state", "reason"))
    assert states[0][0] == PartState.DONE
    assert states[1] == (PartState.SKIPPED, "Wie dit vroeg, heeft geen toegang meer.")
    assert cast.client("wg").get(reverse("template_job", args=[job.number])).status_code == 404


def test_who_left_the_network_and_what_was_retired_is_left_out(cast, campaign):
    job = ask_batch(campaign=campaign, by=cast["coord"])
    Organisation.objects.filter(slug="zorgring").update(status=PartnerStatus.FORMER)
    MessageTemplate.objects.filter(slug="tweede").update(status="vervallen")
    make_batches()
    job.refresh_from_db()
    assert names_in(job) == ["LEESMIJ.txt", *(f"havenring/{name}" for name in FILES[:3])]
    assert job.parts.get(organisation__slug="zorgring").reason == "Deze organisatie is geen partner meer."


def test_amber_never_goes_to_all(cast, campaign):
    source = published(tlp=Tlp.AMBER, owner=cast.organisations["havenring"])
    template_in_use(name="Amber", slug="kanarie", tlp=Tlp.AMBER, publication=source, campaign=campaign)
    job = ask_batch(campaign=campaign, by=cast["coord"])
    make_batches()
    job.refresh_from_db()
    assert not any("kanarie" in name for name in names_in(job))


def test_one_template_that_cannot_be_made_stops_no_other(cast, campaign):
    long = "\n".join(f"Doe nummer {number} van deze lange lijst, en alles wat erbij hoort." for number in range(20))
    template_in_use(
        name="Te lang", slug="lang", campaign=campaign, action_perspective=long, bodies=bodies(TemplateFormat.IMAGE)
    )
    job = ask_batch(campaign=campaign, by=cast["coord"])
    make_batches()
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert "havenring/eerste/mail.eml" in names_in(job)
    assert job.parts.filter(reason="Niet gemaakt: Te lang.").count() == 2


def test_only_the_desk_asks(cast, campaign):
    for principal in ("anon", "mem", "rep", "nctv", "adm"):
        with pytest.raises(PermissionDenied):
            ask_batch(campaign=campaign, by=cast[principal])
    empty = campaign_with()
    template_in_use(campaign=empty)
    with pytest.raises(ValidationError, match="nog geen partners"):
        ask_batch(campaign=empty, by=cast["coord"])
    with pytest.raises(ValidationError, match="geen template"):
        ask_batch(campaign=campaign_with(cast.organisations["havenring"]), by=cast["coord"])


def test_the_zip_is_forgotten_after_a_week(cast, campaign):
    job = ask_batch(campaign=campaign, by=cast["coord"])
    make_batches()
    job.refresh_from_db()
    path = job.file.path
    assert forget_batches() == 0
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert not job.has_file
        assert forget_batches() == 1
        assert forget_batches() == 0
        job.refresh_from_db()
        assert not job.file
        assert not Path(path).exists()


WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "cwn.settings"
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.MEDIA_ROOT = sys.argv[2]
from comms.cobranding.actions import batches
whole = batches._zipped
def slow(*given):
    found = whole(*given)
    print("halfway", flush=True)
    sys.stdin.read()
    return found
batches._zipped = slow
batches.make_next_part()
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(cast, campaign, settings):
    """Killed in the middle of a partner: its row is free again, and the next worker makes it once (G01)."""
    with transaction.atomic():
        job = ask_batch(campaign=campaign, by=cast["coord"])
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, connection.settings_dict["NAME"], str(settings.MEDIA_ROOT)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=settings.BASE_DIR,
        env=os.environ | {"SECRET_KEY": "alleen-voor-de-test-0123456789-0123456789-0123456789"},
    )  # fmt: skip
    said = worker.stdout.readline()
    assert said == "halfway\n", worker.stderr.read()
    assert make_next_part()  # another worker takes the other partner meanwhile
    assert RenderJobPart.objects.filter(state=PartState.DONE).count() == 1
    assert not make_next_part()  # the one that is held is not taken
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close(), worker.stderr.close(), worker.stdin.close()
    while not make_next_part():  # PostgreSQL notices that the connection is gone
        pass
    make_batches()
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert names_in(job) == ["LEESMIJ.txt", *(f"{one}/{name}" for one in ("havenring", "zorgring") for name in FILES)]
