"""Several workers at the same outbox: no mail is lost and none is sent twice (security.md G01, G09)."""

from threading import Thread

import pytest
from django.db import connection

from comms.actions.notifying import queue_notices
from comms.models import Notice, NoticeKind, NoticeState
from comms.tasks import send_notices
from tests.cast import make_cast
from tests.factories.comms import published
from tests.factories.partners import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


def work() -> None:
    send_notices()
    connection.close()


def test_workers_share_the_outbox(smtp_server):
    organisation = make_cast().organisations["havenring"]
    readers = [MembershipFactory(organisation=organisation).user for _number in range(20)]
    publication = published()
    queue_notices(
        publication, kind=NoticeKind.PUBLISHED, recipients=[(reader.pk, organisation.pk) for reader in readers]
    )
    workers = [Thread(target=work) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    arrived = [message["X-RcptTo"] for message in smtp_server.messages]
    assert sorted(arrived) == sorted(reader.email for reader in readers)
    assert set(Notice.objects.values_list("state", "tries")) == {(NoticeState.SENT, 1)}
