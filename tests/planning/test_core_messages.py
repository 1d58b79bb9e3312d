"""Core messages, target groups, and the one place of tagline and brand mark (R101, R102, R105)."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pypdfium2 import PdfDocument

from comms.enums import Tlp
from comms.planning.actions.analyses import add_analysis
from comms.planning.actions.core_messages import adopt_core_message, retire_core_message, suggest_core_message
from comms.planning.enums import CoreMessageStatus
from comms.planning.models import AudienceAnalysis, CoreMessage
from comms.planning.reference.messages import load_channels, load_core_messages
from comms.reference import load_audiences
from cwn.core.brand_words import brand_words
from cwn.core.history import history_of
from cwn.portal.brand import remember_brand
from cwn.portal.models import Brand
from tests.factories.comms import published
from tests.factories.planning import AudienceFactory, CoreMessageFactory

pytestmark = pytest.mark.django_db

ADOPTED, RETIRED = CoreMessageStatus.ADOPTED, CoreMessageStatus.RETIRED
TAGLINE = "Kanarie: samen waakzaam"


def test_any_member_suggests_and_another_at_the_desk_adopts_with_a_reason(cast):
    client = cast.client("mem")
    assert client.post(reverse("core_message_new"), {"text": "Samen oefenen helpt."}).status_code == 302
    message = CoreMessage.objects.get()
    assert (message.suggested_by, message.status) == (cast["mem"], CoreMessageStatus.SUGGESTED)
    address = reverse("core_message_decide", args=[message.pk])
    assert cast.client("mem-x").post(address, {"decision": "vaststellen", "reason": "Mooi."}).status_code == 404
    assert cast.client("wg").post(address, {"decision": "vaststellen", "reason": ""}).status_code == 400
    assert cast.client("wg").post(address, {"decision": "vaststellen", "reason": "Raakt de kern."}).status_code == 302
    message.refresh_from_db()
    assert (message.status, message.decided_by) == (ADOPTED, cast["wg"])
    assert "Raakt de kern." in [line.why for line in history_of(message)]


def test_nobody_adopts_the_own_suggestion(cast):
    message = suggest_core_message(text="Van mij.", by=cast["wg"])
    with pytest.raises(ValidationError, match="zelf voor"):
        adopt_core_message(message, reason="Goed.", by=cast["wg"])
    assert adopt_core_message(message, reason="Goed.", by=cast["coord"]).status == ADOPTED


@pytest.mark.parametrize("who", ["nctv", "adm", "ex", "sus"])
def test_who_is_no_member_suggests_nothing(cast, who):
    with pytest.raises(PermissionDenied):
        suggest_core_message(text="Toch.", by=cast[who])


def test_what_is_decided_is_not_decided_again(cast):
    message = retire_core_message(CoreMessageFactory(), reason="Te lang.", by=cast["wg"])
    for step in (adopt_core_message, retire_core_message):
        with pytest.raises(ValidationError, match="al besloten"):
            step(message, reason="Toch.", by=cast["coord"])


def test_the_list_of_an_audience_holds_its_sentences_and_those_for_everybody(cast):
    audience, other = AudienceFactory(slug="private-partners"), AudienceFactory()
    CoreMessageFactory(text="Voor deze.").audiences.set([audience])
    CoreMessageFactory(text="Voor een ander.").audiences.set([other])
    CoreMessageFactory(text="Voor iedereen.")
    page = cast.client("mem").get(f"{reverse('core_message_list')}?doelgroep=private-partners").content.decode()
    assert ("Voor deze." in page, "Voor een ander." in page, "Voor iedereen." in page) == (True, False, True)


def test_the_five_suggestions_and_the_channels_are_loaded_once():
    load_audiences()
    assert (len(load_core_messages().created), len(load_channels().created)) == (5, 8)
    assert not load_core_messages()
    assert not load_channels()
    assert set(CoreMessage.objects.values_list("status", flat=True)) == {CoreMessageStatus.SUGGESTED}
    assert CoreMessage.objects.filter(audiences__slug="breed-publiek").count() == 1


# --- one place of truth ------------------------------------------------------------------------------
@pytest.fixture
def brand():
    """A network that chose its tagline."""
    row = Brand.objects.create(name="Kanarienetwerk", tagline=TAGLINE)
    remember_brand(row)
    return row


def test_tagline_and_name_come_from_one_place_in_page_mail_and_pdf(cast, client, brand):
    assert brand_words() == {"brand": "Kanarienetwerk", "tagline": TAGLINE}
    publication = published(tlp=Tlp.CLEAR)
    for page in (client.get(reverse("home")), cast.client("mem").get(reverse("core_message_list"))):
        assert TAGLINE in page.content.decode()
        assert "Kanarienetwerk" in page.content.decode()
    with PdfDocument(client.get(reverse("publication_sheet", args=[publication.slug])).content) as pdf:
        words = pdf[0].get_textpage().get_text_range()
    assert TAGLINE in " ".join(words.split())
    pack = cast.client("mem").get(reverse("publication_pack", args=[publication.slug])).getvalue()
    with ZipFile(BytesIO(pack)) as files:
        mails = [files.read(name).decode() for name in files.namelist() if name.endswith(".html")]
    assert mails
    assert all(TAGLINE in mail and "Kanarienetwerk" in mail for mail in mails)


# --- target groups -----------------------------------------------------------------------------------
def test_an_analysis_stays_beside_the_next_one(cast):
    audience = AudienceFactory(slug="breed-publiek")
    values = {"made_on": "2026-03-01", "who": "Iedereen.", "needs": "kanarie-behoefte", "ways": "Via partners."}
    assert cast.client("wg").post(reverse("analysis_new", args=[audience.slug]), values).status_code == 302
    add_analysis(audience, values=values | {"made_on": "2026-09-01", "needs": "Iets anders."}, by=cast["coord"])
    assert AudienceAnalysis.objects.count() == 2
    address = reverse("audience_detail", args=[audience.slug])
    for principal, sees in (("wg", True), ("rep", True), ("nctv", True), ("mem", False)):
        assert ("kanarie-behoefte" in cast.client(principal).get(address).content.decode()) == sees, principal


def test_only_the_desk_analyses(cast):
    for who in ("mem", "rep", "nctv"):
        with pytest.raises(PermissionDenied):
            add_analysis(AudienceFactory(), values={}, by=cast[who])
