"""The index in PostgreSQL: documents, the journal of their changes, synonyms and searches without a hit."""

from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from cwn.core.visibility import principals_of


def _strings(max_length: int = 120) -> ArrayField:
    return ArrayField(models.CharField(max_length=max_length), default=list)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Questions about documents."""

    def visible_to(self, user: Any) -> "DocumentQuerySet":
        """Documents that share a principal with the reader."""
        return self.filter(visibility__overlap=sorted(principals_of(user)))


class Document(models.Model):
    """One findable text in one language; made from a `SearchDocument`, never edited by hand."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=250)
    sort_key = models.CharField(max_length=250, db_collation="C")
    summary = models.TextField()
    url = models.CharField(max_length=300)
    date = models.DateField()
    sort_date = models.DateField()
    holds_until = models.DateTimeField(null=True)
    facets = _strings()
    visibility = _strings()
    languages = _strings(5)
    terms = _strings()
    card = models.JSONField(default=dict)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "zoekdocument"
        verbose_name_plural = "zoekdocumenten"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id", "language"], name="one_document_per_text")]
        indexes = [
            GinIndex(fields=["terms"], name="document_terms"),
            models.Index(fields=["-sort_date", "-id"], name="document_newest_first"),
            models.Index(fields=["sort_key", "id"], name="document_by_name"),
            models.Index(fields=["holds_until"], name="document_to_renew", condition=Q(holds_until__isnull=False)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name=f"journal_{verb}",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=operation,
                referencing=pgtrigger.Referencing(**{rows.split("_")[0]: rows}),
                func=f"""
                    INSERT INTO search_change (document_id, xid) SELECT id, pg_current_xact_id() FROM {rows};
                    RETURN NULL;
                """,  # noqa: S608  our own two words
            )
            for verb, operation, rows in (
                ("insert", pgtrigger.Insert, "new_rows"),
                ("update", pgtrigger.Update, "new_rows"),
                ("delete", pgtrigger.Delete, "old_rows"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Xid8Field(models.Field):
    """A PostgreSQL transaction number; it tells which changes a reader may have missed."""

    def db_type(self, connection: Any) -> str:
        """The column type."""
        return "xid8"


class Change(models.Model):
    """A line of the journal: this document changed in that transaction; no document means the facets did."""

    id = models.BigAutoField(primary_key=True)
    document_id = models.BigIntegerField(null=True)
    xid = Xid8Field()
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "wijziging in de index"
        verbose_name_plural = "wijzigingen in de index"
        indexes = [models.Index(fields=["xid"], name="change_by_transaction")]

    def __str__(self) -> str:
        return f"{self.document_id} in {self.xid}"


@pghistory.track()
class SynonymGroup(models.Model):
    """Words that mean the same here (R3); the first is the preferred one and may carry an explanation."""

    phrases = ArrayField(models.CharField(max_length=120), verbose_name=_("woorden"))
    explanation = models.CharField(_("uitleg"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("groep synoniemen")
        verbose_name_plural = _("groepen synoniemen")
        triggers = [
            pgtrigger.Trigger(
                name="journal_synonyms",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="INSERT INTO search_change (document_id, xid) VALUES (NULL, pg_current_xact_id()); RETURN NULL;",
            )
        ]

    def __str__(self) -> str:
        return " = ".join(self.phrases)


class MissedQuery(models.Model):
    """A search that found nothing, counted per week without the person: a list of gaps for coordinators."""

    words = models.CharField(_("zoekwoorden"), max_length=200)
    week = models.DateField(_("week van"))
    count = models.PositiveIntegerField(_("aantal"), default=1)

    class Meta:
        verbose_name = _("zoekvraag zonder resultaat")
        verbose_name_plural = _("zoekvragen zonder resultaat")
        ordering = ["-week", "-count"]
        constraints = [models.UniqueConstraint(fields=["words", "week"], name="one_count_per_week")]

    def __str__(self) -> str:
        return self.words
