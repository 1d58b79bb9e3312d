"""Tables that belong to no subject."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StaleDocument(models.Model):
    """A thing whose search documents must be made anew; written by triggers, emptied by the search."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = "verouderd zoekdocument"
        verbose_name_plural = "verouderde zoekdocumenten"
        indexes = [models.Index(fields=["kind", "object_id"], name="stale_by_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class AuditEntry(models.Model):
    """Who did or read something that must be accounted for: keys and verbs, never a word of the text itself.

    Rows are added by `cwn.core.audit.record` and stay as they are: the web role cannot change them, a trigger
    refuses it to everybody, and each row holds the digest of the one before it, so that a change behind the back of
    the portal is found (`manage.py check_audit`). No foreign keys: a line outlives what it is about.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("op"), auto_now_add=True)
    """Written by the database, whatever the web process says."""
    verb = models.CharField(_("wat"), max_length=40)
    kind = models.CharField(_("soort"), max_length=40)
    """What it is about, such as "publication"."""
    object_id = models.BigIntegerField(_("kenmerk"))
    actor_id = models.BigIntegerField(_("persoon"), null=True)
    """The key of the account; empty for what the portal did by itself."""
    organisation_id = models.BigIntegerField(_("organisatie"), null=True)
    """For which organisation, where that is known."""
    detail = models.JSONField(_("bijzonderheden"), default=dict)
    """Versions, numbers and keys; never text."""
    previous = models.CharField(_("schakel ervoor"), max_length=64)
    digest = models.CharField(_("schakel"), max_length=64)

    class Meta:
        verbose_name = _("regel in het logboek")
        verbose_name_plural = _("logboek")
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["kind", "object_id", "-id"], name="audit_of_a_thing"),
            models.Index(fields=["actor_id", "-id"], name="audit_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.object_id}"
