"""An operator sends what waits without Celery, over a real mail server."""

from io import StringIO

import pytest
from django.core.management import call_command

from cwn.portal.models import ContactMoment, ContactTopic

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_waiting_message_is_sent_once(smtp_server):
    topic = ContactTopic.objects.create(name="Pers", slug="pers", email="pers@desk.example")
    ContactMoment.objects.create(topic=topic, name="Anna", email="anna@example.nl", message="Wanneer begint het?")
    said = StringIO()
    call_command("send_pending", stdout=said)
    call_command("send_pending", stdout=StringIO())
    assert "contactberichten: 1" in said.getvalue()
    assert [message["To"] for message in smtp_server.messages] == ["pers@desk.example"]
    assert smtp_server.messages[0]["Reply-To"] == "anna@example.nl"
