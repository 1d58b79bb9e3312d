"""Mails to partners around an event: told once, in their language, and nothing that they may not see (R123, A04)."""

import email
from email import policy
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comms.enums import Tlp
from comms.events.actions.preparing import decide_offer, offer_contribution
from comms.events.enums import OfferState
from comms.events.models import ContributionOffer
from comms.events.partner_mails import mail_offer_decided, recheck_offer
from cwn.delivery.compiling import fill
from cwn.delivery.enums import DeliveryState
from cwn.delivery.models import Delivery
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


def read(delivery: Delivery) -> tuple[str, str]:
    """Return subject and text of a mail as it leaves."""
    content = delivery.mailing.mails.get(language=delivery.language).content
    raw = fill(bytes(content), delivery.values, to=delivery.address, token=delivery.token)
    message = email.message_from_bytes(raw, policy=policy.default)
    return str(message["Subject"]), message.get_body(("plain",)).get_content()


@pytest.fixture
def offered(cast):
    """Return what makes an offer of Mem-o, of the Eilandring, for an event of the Havenring."""

    def make(**fields) -> ContributionOffer:
        event = EventFactory(
            owner=cast.organisations["havenring"],
            calls_for_contributions=True,
            addressed=[cast.organisations["eilandring"]],
            **fields,
        )
        values = {"organisation": cast.organisations["eilandring"], "explanation": "Over eilanden."}
        return offer_contribution(event, title="Lezing over eilanden", by=cast["mem-o"], **values)

    return make


@pytest.mark.parametrize(
    ("accepts", "words"),
    [
        (True, "komt in het programma: Lezing over eilanden"),
        (False, "komt niet in het programma: Lezing over eilanden"),
    ],
)
def test_who_offered_hears_the_decision_with_the_words_of_the_organiser(cast, offered, accepts, words):
    offer = offered(tlp=Tlp.GREEN, title="Netwerkdag")
    decide_offer(offer, accepts=accepts, answer="Fijn dat u <wilt>.", by=cast["rep"])
    delivery = Delivery.objects.get()
    assert (delivery.user, delivery.language, delivery.mailing.label) == (cast["mem-o"], "nl", "green")
    subject, text = read(delivery)
    assert subject == "[TLP:GREEN] Antwoord op uw aanbod: Netwerkdag"
    assert words in text
    assert "Fijn dat u <wilt>." in text
    assert cast["mem-o"].name in text


def test_the_mail_is_in_the_language_of_the_person(cast, offered):
    cast["mem-o"].language = "en"
    cast["mem-o"].save()
    decide_offer(offered(), accepts=True, by=cast["rep"])
    delivery = Delivery.objects.get()
    assert delivery.language == "en"
    assert b"Content-Language: en" in bytes(delivery.mailing.mails.get().content)


def test_a_decision_is_told_once(cast, offered):
    offer = offered()
    decide_offer(offer, accepts=True, by=cast["rep"])
    with pytest.raises(ValidationError):
        decide_offer(offer, accepts=True, by=cast["rep"])
    offer.refresh_from_db()
    mail_offer_decided(offer)
    assert Delivery.objects.count() == 1


def test_of_amber_the_mail_says_no_more_than_title_and_link(cast, offered):
    offer = offered(tlp=Tlp.AMBER, title="Besloten overleg")
    decide_offer(offer, accepts=False, answer="kanarie-antwoord", by=cast["rep"])
    subject, text = read(Delivery.objects.get())
    assert subject == "[TLP:AMBER] Antwoord op uw aanbod: Besloten overleg"
    assert offer.event.get_absolute_url() in text
    for hidden in ("kanarie-antwoord", offer.title, "in het programma", "Utrecht"):
        assert hidden not in text
    page = cast.client("mem-o").get(offer.event.get_absolute_url()).content.decode()
    assert "kanarie-antwoord" in page, "there it stands for who may open it"


def test_who_left_or_may_not_know_any_more_gets_no_mail(cast, offered):
    offer = offered(tlp=Tlp.AMBER)
    decide_offer(offer, accepts=True, by=cast["rep"])
    delivery = Delivery.objects.get()
    assert recheck_offer([delivery]) == {}
    offer.event.addressed_organisations.clear()
    assert set(recheck_offer([Delivery.objects.get()])) == {delivery.pk}
    offer.event.addressed_organisations.add(cast.organisations["eilandring"])
    cast["mem-o"].memberships.all().delete()
    assert set(recheck_offer([Delivery.objects.get()])) == {delivery.pk}


def test_the_organiser_decides_in_the_browser_and_sees_whether_the_mail_left(cast, offered):
    offer, client = offered(), cast.client("rep")
    page = reverse("event_offers", args=[offer.event.slug])
    decision = {"besluit": "nee", "antwoord": "Het programma is vol."}
    answer = client.post(reverse("event_offer_decide", args=[offer.event.slug, offer.pk]), decision, follow=True)
    name = cast["mem-o"].name
    html = answer.content.decode()
    assert f"Mail aan {name}: wacht." in html
    assert cast["mem-o"].email not in html
    Delivery.objects.update(state=DeliveryState.SENT)
    assert f"Mail aan {name}: verstuurd." in client.get(page).content.decode()
    assert ContributionOffer.objects.get().state == OfferState.DECLINED


def test_the_page_of_offers_costs_the_same_for_one_and_three(cast, offered):
    first = offered()
    client, page, costs = cast.client("rep"), reverse("event_offers", args=[first.event.slug]), []
    for number in range(3):
        offer = first if number == 0 else ContributionOffer.objects.create(
            event=first.event, organisation=first.organisation, title=f"Deel {number}", explanation="Uitleg.",
            offered_by=cast["rcp"],
        )  # fmt: skip
        decide_offer(offer, accepts=True, by=cast["rep"])
        client.get(page)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
        costs.append(len(caught))
    assert all(one == other for one, other in pairwise(costs))
