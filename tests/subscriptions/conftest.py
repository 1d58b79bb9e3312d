"""What tests of newsletters share."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy

import pytest

from comms.subscriptions.models import Newsletter
from cwn.delivery.compiling import fill
from cwn.delivery.models import CompiledMail, Delivery
from tests.factories.subscriptions import ConsentTextFactory, NewsletterFactory


@pytest.fixture
def newsletter(db) -> Newsletter:
    """A public newsletter that one can subscribe to."""
    newsletter = NewsletterFactory(name="Netwerknieuws", slug="netwerknieuws")
    ConsentTextFactory(newsletter=newsletter, version=1, text="U krijgt dit tot u opzegt.")
    return newsletter


@pytest.fixture
def mails_to(db) -> Callable[[str], list[str]]:
    """Return the texts of the mails in the outbox for an address, the newest last."""

    def read(address: str) -> list[str]:
        deliveries = Delivery.objects.filter(address=address).order_by("pk")
        return [text_of(delivery) for delivery in deliveries.select_related("mailing")]

    return read


def text_of(delivery: Delivery) -> str:
    """Return the plain text of a mail as it leaves."""
    content = bytes(CompiledMail.objects.get(mailing=delivery.mailing).content)
    filled = fill(content, delivery.values, to=delivery.address, token=delivery.token)
    mail = message_from_bytes(filled, policy=policy.default)
    return mail.get_body(("plain",)).get_content()


def link_in(text: str) -> str:
    """Return the path of the one link of a mail."""
    return re.search(r"https?://[^/\s]+(/\S+)", text)[1]
