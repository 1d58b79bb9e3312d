"""What stands in an issue: publications, interviews, events, own texts and pictures, in order."""

from typing import Any
from uuid import uuid4

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comms.enums import Tlp
from comms.newsletters.enums import ISSUE_LABELS, TOLD_IN_FULL, ItemKind
from comms.newsletters.models.guards import item_triggers
from comms.newsletters.models.visibility import IssueRowsQuerySet

#: What an editor writes of an item.
ITEM_TEXT = ("heading", "text", "url", "link_text", "alternative", "source")
#: Where pictures are kept; who may have one stands in `comms.newsletters.media`.
PICTURES = "nieuwsbeelden"


def picture_path(item: "IssueItem", name: str) -> str:
    """Return where a picture is kept: its type is kept, its name nobody can guess."""
    return f"{PICTURES}/{uuid4().hex}.{name.rpartition('.')[2]}"


@pghistory.track()
class IssueItem(models.Model):
    """One thing in an issue; its own words may replace those of the publication, never those of a restricted one."""

    issue = models.ForeignKey("newsletters.Issue", models.CASCADE, related_name="items", verbose_name=_("editie"))
    position = models.PositiveSmallIntegerField(_("volgorde"))
    kind = models.CharField(_("soort"), max_length=20, choices=ItemKind.choices)
    publication = models.ForeignKey(
        "comms.Publication",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="newsletter_items",
        verbose_name=_("publicatie"),
    )
    event = models.ForeignKey(
        "events.Event",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="newsletter_items",
        verbose_name=_("bijeenkomst"),
    )
    heading = models.CharField(_("kop"), max_length=150, blank=True)
    text = models.TextField(_("tekst"), max_length=6_000, blank=True)
    url = models.URLField(_("adres om verder te lezen"), max_length=500, blank=True)
    link_text = models.CharField(_("tekst van de link"), max_length=80, blank=True)
    picture = models.FileField(_("beeld"), upload_to=picture_path, blank=True)
    picture_width = models.PositiveSmallIntegerField(_("breedte"), default=0, editable=False)
    """In pixels; 0 without a picture."""
    picture_bytes = models.PositiveIntegerField(_("grootte"), default=0, editable=False)
    alternative = models.CharField(_("beschrijving van het beeld"), max_length=300, blank=True)
    source = models.CharField(_("bron en licentie"), max_length=200, blank=True)
    tlp = models.CharField(_("TLP-label"), max_length=20, choices=Tlp.choices)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    objects = IssueRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("onderdeel van een editie")
        verbose_name_plural = _("onderdelen van edities")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="item_is_one_thing",
                condition=Q(
                    kind__in=[ItemKind.PUBLICATION, ItemKind.INTERVIEW], publication__isnull=False, event__isnull=True
                )
                | Q(kind=ItemKind.EVENT, publication__isnull=True, event__isnull=False)
                | Q(kind__in=[ItemKind.OWN_TEXT, ItemKind.PICTURE], publication__isnull=True, event__isnull=True),
                violation_error_message=_("Kies waar dit onderdeel over gaat."),
            ),
            models.CheckConstraint(
                name="picture_is_described_and_open",
                condition=Q(~Q(kind=ItemKind.PICTURE), picture="", alternative="", source="")
                | Q(
                    ~Q(picture=""),
                    ~Q(alternative=""),
                    ~Q(source=""),
                    kind=ItemKind.PICTURE,
                    tlp__in=[label.value for label in TOLD_IN_FULL],
                ),
                violation_error_message=_("Beschrijf het beeld en noem de bron. Boven TLP:GREEN gaat geen beeld mee."),
            ),
            models.CheckConstraint(
                name="item_has_a_label_that_may_be_mailed",
                condition=Q(tlp__in=[label.value for label in ISSUE_LABELS]),
                violation_error_message=_("TLP:RED komt nooit in een nieuwsbrief, ook de titel niet."),
            ),
            models.CheckConstraint(
                name="restricted_item_has_no_words_of_its_own",
                condition=Q(tlp__in=[label.value for label in TOLD_IN_FULL]) | Q(heading="", text=""),
                violation_error_message=_("Bij dit label staan alleen de titel en de link in de mail."),
            ),
            models.UniqueConstraint(
                fields=["issue", "publication"],
                condition=Q(publication__isnull=False),
                name="publication_once_in_an_issue",
                violation_error_message=_("Deze publicatie staat al in deze editie."),
            ),
            models.UniqueConstraint(
                fields=["issue", "event"],
                condition=Q(event__isnull=False),
                name="event_once_in_an_issue",
                violation_error_message=_("Deze bijeenkomst staat al in deze editie."),
            ),
        ]
        triggers = item_triggers()

    def __str__(self) -> str:
        return f"{self.issue_id}.{self.position} {self.get_kind_display()}"

    @property
    def is_told_in_full(self) -> bool:
        """Tell whether more than title and address may stand in a mail (TLP x channel)."""
        return self.tlp in TOLD_IN_FULL

    @property
    def words(self) -> dict[str, Any]:
        """What an editor wrote, by column: plain JSON."""
        return {name: getattr(self, name) for name in ITEM_TEXT}
