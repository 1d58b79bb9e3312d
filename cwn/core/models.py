"""Tables that belong to no subject."""

from django.db import models


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
