"""The way out that the settings choose: our own SMTP conversation, or another backend of Django (files, memory)."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any, Protocol

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from cwn.delivery.addresses import host_of_site
from cwn.delivery.compiling import undotted
from cwn.delivery.parcels import Outcome, Parcel, Report, Verdict
from cwn.delivery.smtp import Conversation
from cwn.delivery.smtp_line import Server

log = structlog.get_logger("cwn.delivery")

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class Way(Protocol):
    """Something that carries parcels and reports each exactly once."""

    def carry(self, parcels: Iterator[Parcel], report: Report) -> None:
        """Carry parcels until there are no more; raises OSError when it cannot go on."""

    def quit(self) -> None:
        """End politely."""

    def close(self) -> None:
        """End at once."""


def open_way() -> Way:
    """Open the way out; raises OSError when that does not work, also when the settings are at fault."""
    try:
        return Conversation(mail_server()) if settings.EMAIL_BACKEND == SMTP_BACKEND else ThroughDjango()
    except OSError:
        raise
    except Exception as problem:  # such as a host name that cannot be one, or a provider without its key
        log.exception("way_out_not_usable")
        raise ConnectionError("the settings of the way out are not right") from problem


def mail_server() -> Server:
    """Return the mail server of EMAIL_URL."""
    return Server(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        use_tls=settings.EMAIL_USE_SSL,
        use_starttls=settings.EMAIL_USE_TLS,
        certificate=settings.EMAIL_SSL_CERTFILE,
        key=settings.EMAIL_SSL_KEYFILE,
        own_name=host_of_site(),
        timeout=settings.MAIL_TIMEOUT,
    )


class ThroughDjango:
    """Another backend of Django: files, memory, or a provider; it tells no more than that it worked or not."""

    def __init__(self) -> None:
        self._backend = get_connection()
        self._backend.open()

    def carry(self, parcels: Iterator[Parcel], report: Report) -> None:
        """Give each parcel to the backend; an error leaves the parcel in doubt."""
        for parcel in parcels:
            try:
                self._backend.send_messages([_Ready(parcel)])
            except Exception as problem:
                report(Outcome(parcel, Verdict.IN_DOUBT, text=type(problem).__name__))
                if isinstance(problem, OSError):
                    raise
                log.exception("backend_failed")  # at this parcel; the others have nothing to do with it (G14)
            else:
                report(Outcome(parcel, Verdict.ACCEPTED, 250))

    def quit(self) -> None:
        """Close the backend."""
        self._backend.close()

    def close(self) -> None:
        """Close the backend."""
        self._backend.close()


class _Ready(EmailMessage):
    """A mail that is composed already."""

    def __init__(self, parcel: Parcel) -> None:
        self._parsed = message_from_bytes(undotted(parcel.content), policy=policy.SMTP)
        super().__init__(str(self._parsed["Subject"]), "", parcel.sender, [parcel.recipient])

    def message(self, **_options: Any) -> Any:
        """Return the mail as it was composed."""
        return self._parsed
