"""The tables of the outbox and the clock."""

from cwn.delivery.models.mailings import CompiledMail, Delivery, Mailing
from cwn.delivery.models.outbox import Outbox
from cwn.delivery.models.reminders import Reminder
from cwn.delivery.models.suppressions import Bounce, Suppression

__all__ = ["Bounce", "CompiledMail", "Delivery", "Mailing", "Outbox", "Reminder", "Suppression"]
