"""The sounding board of a function: partners that think along, a fair picture of who takes part (R145)."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import CwnFunction
from cwn.core.validators import PERSON_NAME
from functions.base.models.charters import Bilingual
from partners.models import Organisation


@pghistory.track()
class SoundingBoard(Bilingual):
    """The sounding board of one function."""

    function = models.CharField(_("functie"), max_length=40, choices=CwnFunction.choices, unique=True)
    purpose = models.CharField(_("waarover de groep meedenkt"), max_length=400, blank=True)
    purpose_en = models.CharField(_("waarover de groep meedenkt, Engels"), max_length=400, blank=True)
    meets = models.CharField(_("wanneer de groep bijeenkomt"), max_length=200, blank=True)
    meets_en = models.CharField(_("wanneer de groep bijeenkomt, Engels"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("klankbordgroep")
        verbose_name_plural = _("klankbordgroepen")
        ordering = ["function"]

    def __str__(self) -> str:
        return self.get_function_display()


class SoundingBoardSeatQuerySet(models.QuerySet["SoundingBoardSeat"]):
    """Questions about seats."""

    def current(self) -> "SoundingBoardSeatQuerySet":
        """Seats that are taken today."""
        today = timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)


@pghistory.track()
class SoundingBoardSeat(models.Model):
    """A seat that an organisation takes for a term; who sits there is for members to know."""

    board = models.ForeignKey(SoundingBoard, models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="sounding_board_seats", verbose_name=_("organisatie")
    )
    person_name = models.CharField(_("persoon"), max_length=150, blank=True, validators=PERSON_NAME)
    since = models.DateField(_("sinds"), default=timezone.localdate)
    until = models.DateField(_("tot en met"), null=True, blank=True)

    objects = SoundingBoardSeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("zetel in een klankbordgroep")
        verbose_name_plural = _("zetels in een klankbordgroep")
        ordering = ["organisation__name", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.UniqueConstraint(
                fields=["board", "organisation", "person_name"],
                condition=Q(until__isnull=True),
                name="one_open_seat_per_person",
                violation_error_message=_("Deze zetel is al bezet door deze organisatie en persoon."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.person_name})" if self.person_name else str(self.organisation)
