"""App configuration of issues of newsletters, from composing to figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewslettersConfig(AppConfig):
    """The communication desk: issues of newsletters, from composing to figures."""

    name = "comms.newsletters"
    label = "newsletters"
    verbose_name = "nieuwsbrieven"

    def ready(self) -> None:
        from comms.newsletters import calendar, campaigns, digests, documents, media, sending  # noqa: F401  register themselves
        from comms.newsletters.actions.approving import KIND
        from comms.newsletters.actions.testing import TEST_KIND
        from cwn.delivery.enums import AfterDoubt, Stream
        from cwn.delivery.kinds import MailKind, register_kind

        kinds = (
            MailKind(
                KIND, _("Nieuwsbrief"), Stream.NEWS, AfterDoubt.ASK, sending.recheck, sending.after_sending
            ),
            MailKind(
                digests.DIGEST_KIND, _("Overzicht van nieuwsbrieven"), Stream.NEWS, AfterDoubt.ASK,
                sending.recheck_digest, hours_late=24,
            ),
            MailKind(
                TEST_KIND, _("Testmail van een nieuwsbrief"), Stream.SERVICE, AfterDoubt.ASK, sending.nobody_is_asked
            ),
        )  # fmt: skip
        for kind in kinds:
            register_kind(kind)
