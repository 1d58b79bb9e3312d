"""Kinds of mail and mail servers for one test."""

import pytest

from cwn.delivery import kinds
from cwn.delivery.enums import AfterDoubt, Stream
from cwn.delivery.kinds import MailKind
from tests.delivery.sink import SinkThread


@pytest.fixture
def make_kind(monkeypatch):
    """Register kinds for one test; whoever stands in `unwanted` may not get a mail any more."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))

    def make(slug="proef", *, stream=Stream.NEWS, after_doubt=AfterDoubt.ASK, unwanted=(), **options):
        def recheck(deliveries):
            return {one.pk: "is geen lid meer" for one in deliveries if one.recipient in unwanted}

        options.setdefault("recheck", recheck)
        return kinds.register_kind(MailKind(slug, "Proef", stream, after_doubt, **options))

    return make


@pytest.fixture
def make_sink(settings):
    """Start a mail server for this test and let the settings point to it."""
    started = []

    def make(behave=lambda stage, recipient: None, **options):
        thread = SinkThread(behave=behave, **options)
        started.append(thread)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", thread.sink.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.MAIL_CONNECTIONS, settings.MAIL_TIMEOUT = 2, 5
        return thread.sink

    yield make
    for thread in started:
        thread.stop()
