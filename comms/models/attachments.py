"""Files that belong to a publication: versioned, counted, and asked again at every download (R13, R51)."""

from typing import Any
from uuid import uuid4

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comms.models.publications import Publication


def private_path(file: "AttachmentFile", name: str) -> str:
    """Return where a file is kept: under a name that tells nothing (security.md B07)."""
    return f"attachments/{uuid4().hex}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Questions about attachments."""

    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        """Attachments of publications that a reader may open; they have the label of their publication."""
        return self.filter(publication__in=Publication.objects.visible_to(user).values("pk"))

    def in_use(self) -> "AttachmentQuerySet":
        """Attachments that were not taken away."""
        return self.filter(removed_at__isnull=True)


@pghistory.track()
class Attachment(models.Model):
    """One document of a publication, of which the newest file counts."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="attachments", verbose_name=_("publicatie")
    )
    title = models.CharField(_("titel"), max_length=200)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)
    removed_at = models.DateTimeField(_("weggehaald op"), null=True, blank=True, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def current_file(self) -> "AttachmentFile | None":
        """The newest file."""
        files = sorted(self.files.all(), key=lambda file: file.number)
        return files[-1] if files else None


class AttachmentFileQuerySet(models.QuerySet["AttachmentFile"]):
    """Questions about files of attachments."""

    def visible_to(self, user: Any) -> "AttachmentFileQuerySet":
        """Files of attachments that a reader may open."""
        return self.filter(attachment__in=Attachment.objects.visible_to(user).values("pk"))


@pghistory.track()
class AttachmentFile(models.Model):
    """One version of an attachment; it was inspected before it was kept (security.md B08)."""

    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="files", verbose_name=_("bijlage"))
    number = models.PositiveSmallIntegerField(_("versie"))
    file = models.FileField(_("bestand"), upload_to=private_path)
    name = models.CharField(_("bestandsnaam"), max_length=150)
    content_type = models.CharField(_("soort bestand"), max_length=100)
    size = models.PositiveIntegerField(_("grootte in bytes"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("geplaatst door")
    )
    uploaded_at = models.DateTimeField(_("geplaatst op"), auto_now_add=True)

    objects = AttachmentFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("bestand van een bijlage")
        verbose_name_plural = _("bestanden van bijlagen")
        ordering = ["attachment", "number"]
        constraints = [models.UniqueConstraint(fields=["attachment", "number"], name="one_file_per_version")]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Download(models.Model):
    """How often something of a publication was downloaded on one day, without the person (R13)."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="downloads", verbose_name=_("publicatie"))
    what = models.CharField(_("wat"), max_length=60)
    """ "oplegger", "doorstuurpakket", or "bijlage:<key>:<number>"."""
    day = models.DateField(_("dag"))
    count = models.PositiveIntegerField(_("aantal"), default=1)

    class Meta:
        verbose_name = _("downloads op een dag")
        verbose_name_plural = _("downloads per dag")
        constraints = [models.UniqueConstraint(fields=["publication", "what", "day"], name="one_count_per_day")]

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"
