"""The kinds of mail that the trial sends: one that asks when in doubt, one that sends again."""

from django.apps import AppConfig

from cwn.delivery.enums import AfterDoubt, Stream
from cwn.delivery.kinds import MailKind, register_kind


class FaultsConfig(AppConfig):
    """Registers the kinds, in the trial and in its workers."""

    name = "tests.faults"

    def ready(self) -> None:
        for after_doubt in AfterDoubt:
            register_kind(MailKind(f"proef-{after_doubt}", "Proef", Stream.SERVICE, after_doubt, lambda deliveries: {}))
