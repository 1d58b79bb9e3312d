"""What the search knows of issues: CLEAR ones in the archive, each found by who may open it (R1, R94).

What an issue says of publications and events is not repeated: they are found themselves, under their own label.
"""

from collections.abc import Iterator, Sequence

import pgtrigger
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from comms.enums import Tlp
from comms.models.visibility import NETWORK
from comms.newsletters.enums import ItemKind
from comms.newsletters.models import Issue, IssueItem
from comms.subscriptions.models import Newsletter
from cwn.core.markdown import plain_text
from cwn.core.searchable import SUMMARY_LENGTH, Searchable, SearchDocument, register_searchable
from cwn.core.visibility import PUBLIC


def issue_documents(primary_keys: Sequence[int] | None) -> Iterator[SearchDocument]:
    """Yield a document per CLEAR issue in the archive."""
    rows = Issue.objects.sent().filter(tlp=Tlp.CLEAR)
    own = IssueItem.objects.filter(kind__in=[ItemKind.OWN_TEXT, ItemKind.PICTURE])
    rows = rows.select_related("newsletter").prefetch_related(Prefetch("items", own, to_attr="own_items"))
    for issue in (rows if primary_keys is None else rows.filter(pk__in=primary_keys)).order_by("pk"):
        yield _document(issue)


def readers_of(issue: Issue) -> frozenset[str]:
    """Return the principals for which a CLEAR issue in the archive can be found; says the same as `visible_to`."""
    return frozenset({PUBLIC} if issue.newsletter.archive_is_public else NETWORK)


def _document(issue: Issue) -> SearchDocument:
    introduction = plain_text(issue.introduction)
    own = [f"{item.heading}\n{plain_text(item.text)}\n{item.alternative}" for item in issue.own_items]  # type: ignore[attr-defined]
    return SearchDocument(
        kind="issue",
        object_id=issue.pk,
        language=issue.language,
        title=issue.subject,
        summary=Truncator(issue.preheader or introduction).chars(SUMMARY_LENGTH),
        body="\n".join([introduction, issue.newsletter.name, *own]),
        url=f"/nieuwsbrief/{issue.newsletter.slug}/{issue.number}/",
        date=timezone.localdate(issue.sent_at),
        facets=frozenset(),
        visibility=readers_of(issue),
        card={"tlp": issue.tlp},
    )


pgtrigger.register(
    pgtrigger.Trigger(
        name="stale_issue_of_newsletter",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func="""
            INSERT INTO core_staledocument (kind, object_id)
            SELECT 'issue', issue.id FROM newsletters_issue AS issue JOIN new_rows ON new_rows.id = issue.newsletter_id;
            RETURN NULL;
        """,
    )
)(Newsletter)
register_searchable(Searchable("issue", "editie", _("nieuwsbrief"), _("nieuwsbrieven"), issue_documents, is_news=True))
