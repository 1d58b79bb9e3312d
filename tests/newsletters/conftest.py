"""A mail server, a clean Valkey, and an issue that is ready to leave."""

from collections.abc import Iterator
from typing import Any

import pytest

from comms.newsletters.counting.journal import valkey
from comms.newsletters.models import Issue
from tests.cast import Cast
from tests.delivery.sink import Sink, SinkThread
from tests.factories.newsletters import IssueFactory, own_text, with_publication
from tests.factories.subscriptions import MembersNewsletterFactory, NewsletterFactory, SubscriptionFactory


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """Take all mail over real SMTP."""
    thread = SinkThread()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", thread.sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.MAIL_CONNECTIONS, settings.MAIL_TIMEOUT = 2, 5
    yield thread.sink
    thread.stop()


@pytest.fixture(autouse=True)
def _no_readers_of_another_test() -> Iterator[None]:
    """Forget what was clicked."""
    yield
    client = valkey()
    if keys := list(client.scan_iter("n:*")):
        client.delete(*keys)


@pytest.fixture
def public_list() -> Any:
    """A newsletter for everybody."""
    return NewsletterFactory(archive_is_public=True)


@pytest.fixture
def members_list() -> Any:
    """A newsletter for members."""
    return MembersNewsletterFactory()


@pytest.fixture
def ready(cast: Cast, public_list: Any) -> Issue:
    """An issue of Wim with a text and a publication, and three subscribers, one of whom lets us count."""
    issue = IssueFactory(newsletter=public_list, created_by=cast["wg"])
    own_text(issue)
    with_publication(issue)
    SubscriptionFactory(newsletter=public_list, name="Lotte Lezer", tracks_me=True)
    SubscriptionFactory(newsletter=public_list)
    SubscriptionFactory(newsletter=public_list, language="en")
    return issue
