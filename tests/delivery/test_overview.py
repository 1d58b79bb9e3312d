"""What coordinators read about mailings: the subject where they may know it, and never the text (security.md ch. 3)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.compiling import compile_mail, hole
from cwn.delivery.subjects import HEADERS, subjects_of

pytestmark = pytest.mark.django_db
LONG = "Kanarie – zó'n onderwerp met een euroteken (€) dat over meer regels gaat dan er in één kop van een mail passen"


@pytest.fixture
def make_mailing(make_kind):
    """Queue mailings with a subject per language."""
    make_kind()

    def make(key="proef:1", label="", text="Geheime tekst", **subjects):
        mails = {
            language: compile_mail(subject=subject, text=text, html=f"<p>{text}</p>", language=language)
            for language, subject in (subjects or {"nl": "Proef"}).items()
        }
        people = [Recipient("user:1", "persoon@example.nl")]
        return queue_mailing(key=key, kind="proef", label=label, mails=mails, recipients=people)

    return make


def test_the_list_and_the_page_say_what_was_mailed(make_mailing, cast):
    mailing = make_mailing(nl="Kanarie in de haven")
    client = cast.client("coord")
    for address in (reverse("mailing_list"), reverse("mailing_detail", args=[mailing.pk])):
        page = client.get(address).content.decode()
        assert "Kanarie in de haven" in page
        assert "Proef" in page
        assert "Geheime tekst" not in page
    assert "proef:1" not in client.get(reverse("mailing_list")).content.decode()


def test_a_label_is_written_once(make_mailing, cast):
    make_mailing(label="green", nl="[TLP:GREEN] Kanarie in de haven")
    page = cast.client("coord").get(reverse("mailing_list")).content.decode()
    assert page.count("TLP:GREEN") == 1
    assert ">Kanarie in de haven<" in page


@pytest.mark.parametrize(
    ("label", "is_told"),
    [("", True), ("clear", True), ("green", True), ("amber", False), ("amber-strict", False), ("red", False)],
)
def test_a_subject_is_told_up_to_green(make_mailing, cast, label, is_told):
    mailing = make_mailing(label=label, nl="Kanarie in de haven")
    client = cast.client("coord")
    for address in (reverse("mailing_list"), reverse("mailing_detail", args=[mailing.pk])):
        page = client.get(address).content.decode()
        assert ("Kanarie" in page) == is_told
        if address == reverse("mailing_list"):
            assert ("Onderwerp niet getoond" in page) != is_told
        assert (f"TLP:{label.upper().replace('-', '+')}</span>" in page) == bool(label)


def test_a_subject_is_read_as_people_wrote_it(make_mailing):
    mailing = make_mailing(en="English", nl=LONG, text="Veel woorden. " * HEADERS)
    assert subjects_of([mailing]) == {mailing.pk: LONG}
    other = make_mailing("proef:2", en="English", pap="Papiamentu")
    assert subjects_of([other]) == {other.pk: "English"}


def test_a_subject_that_differs_per_reader_is_left_open(make_kind, cast):
    make_kind()
    mail = compile_mail(subject=f"Dag {hole('name')}", text="Tekst", language="nl")
    people = [Recipient("user:1", "persoon@example.nl", values={"name": "Petra"})]
    mailing = queue_mailing(key="proef:1", kind="proef", mails={"nl": mail}, recipients=people)
    page = cast.client("coord").get(reverse("mailing_detail", args=[mailing.pk])).content.decode()
    assert "<h1" in page
    assert "Petra" not in page


def test_subjects_take_one_question_for_all(make_mailing):
    mailings = [make_mailing(f"proef:{number}") for number in range(3)]
    for found in (mailings[:1], mailings):
        with CaptureQueriesContext(connection) as asked:
            subjects_of(found)
        assert len([one for one in asked.captured_queries if "delivery_" in one["sql"]]) == 1
