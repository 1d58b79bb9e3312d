"""A newsletter from the first word to the figures, with two people and a real mail server."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from comms.newsletters.actions.counting import count_readers
from comms.newsletters.models import Issue
from tests.delivery.sink import Sink, SinkThread
from tests.factories.comms import published
from tests.factories.subscriptions import NewsletterFactory, SubscriptionFactory
from tests.newsletters.steps import html_of, mails_in, send


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """Take all mail over real SMTP."""
    thread = SinkThread()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", thread.sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.MAIL_CONNECTIONS, settings.MAIL_TIMEOUT = 2, 10
    yield thread.sink
    thread.stop()


def test_wim_composes_coby_approves_and_fifty_people_get_it(portal, sink):
    newsletter = NewsletterFactory(name="Netwerknieuws", slug="netwerknieuws", archive_is_public=True)
    for number in range(50):
        SubscriptionFactory(newsletter=newsletter, tracks_me=number < 20)
    published(title="Een update voor de firewall")

    wim = portal.enter("wg")
    wim.goes_to("/nieuwsbrief/redactie/")
    page = wim.follows("Begin een editie")
    page.get_by_label("Welke nieuwsbrief?").select_option(label="Netwerknieuws")
    page.get_by_label("Onderwerp", exact=True).fill("Wat het netwerk deze maand doet")
    page.get_by_role("radio", name=re.compile("TLP:CLEAR")).check()
    wim.presses("Begin met schrijven")
    wim.follows("Kies publicaties en bijeenkomsten")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Een update voor de firewall")).click()
    wim.follows("Terug naar de editie")
    wim.sees("Een update voor de firewall")
    wim.follows("Naar akkoord")
    wim.presses("Vraag een tweede persoon om akkoord")
    wim.sees("Een tweede persoon van de redactie geeft akkoord")

    coby = portal.enter("coord")
    coby.goes_to("/nieuwsbrief/redactie/")
    coby.follows("Wat het netwerk deze maand doet")
    coby.follows("Akkoord")
    coby.sees("Dat zijn nu 50 mensen")
    coby.presses("Geef akkoord en verstuur")
    coby.sees("De eerste mail vertrekt")

    send(Issue.objects.get())
    assert len(sink.mails) == 50
    for mail in mails_in(sink):
        if found := re.search(r"/n/o/[^\"]+", html_of(mail)):
            wim.page.request.get(found[0])
    count_readers(now=time.time() + 60)
    issue = Issue.objects.get()
    coby.goes_to(f"/nieuwsbrief/redactie/{issue.pk}/verzending/")
    coby.sees("Klaar")
    coby.goes_to(f"/nieuwsbrief/redactie/{issue.pk}/cijfers/")
    coby.sees("50 mails kwamen aan")
    coby.sees("Bij 20 daarvan mogen wij tellen")
    portal.enter().goes_to(issue.get_absolute_url())
