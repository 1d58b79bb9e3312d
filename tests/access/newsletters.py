"""The rows of the access matrix about issues of newsletters (security.md chapter 3: draft, archive, figures)."""

from comms.newsletters.counting.addresses import _links, _pixels
from comms.newsletters.models import Issue, IssueItem, LinkTarget
from comms.subscriptions.models import Newsletter
from tests.access.matrix import ABSENT, FOUND, OK, WRONG, Arguments, Row, nothing, public
from tests.cast import Cast
from tests.factories.newsletters import IssueFactory, own_text, sent_issue
from tests.factories.subscriptions import MembersNewsletterFactory, NewsletterFactory


def archived_newsletter() -> Newsletter:
    """Return a newsletter with a public archive."""
    found = Newsletter.objects.filter(slug="met-archief").first()
    return found or NewsletterFactory(slug="met-archief", archive_is_public=True)


def draft(cast: Cast) -> Issue:
    """Return an issue of Wim that nobody else may know of."""
    found = Issue.objects.filter(subject="kanarie-concept-editie").first()
    if found is None:
        found = IssueFactory(
            newsletter=archived_newsletter(), number=901, subject="kanarie-concept-editie", created_by=cast["wg"]
        )
        own_text(found, heading="kanarie-concept-kop")
    return found


def sent(cast: Cast) -> Issue:
    """Return an issue that everybody may read."""
    found = Issue.objects.filter(newsletter=archived_newsletter(), number=902).first()
    return found or sent_issue(newsletter=archived_newsletter(), number=902)


def sent_to_members(cast: Cast) -> Issue:
    """Return an issue for the network."""
    newsletter = Newsletter.objects.filter(slug="voor-leden").first() or MembersNewsletterFactory(slug="voor-leden")
    found = Issue.objects.filter(newsletter=newsletter, number=903).first()
    return found or sent_issue(newsletter=newsletter, number=903, own_tlp="green", subject="kanarie-groene-editie")


def of_draft(cast: Cast) -> dict:
    """The address of a draft at the desk."""
    return {"pk": draft(cast).pk}


def of_sent(cast: Cast) -> dict:
    """The address of a sent issue at the desk."""
    return {"pk": sent(cast).pk}


def of_item(cast: Cast) -> dict:
    """The address of an item of a draft."""
    return {"pk": draft(cast).pk, "item_pk": IssueItem.objects.filter(issue=draft(cast))[0].pk}


def in_archive(cast: Cast) -> dict:
    """The address of a sent issue."""
    return {"slug": "met-archief", "number": sent(cast).number}


def in_members_archive(cast: Cast) -> dict:
    """The address of a sent issue for the network."""
    return {"slug": "voor-leden", "number": sent_to_members(cast).number}


def archive(cast: Cast) -> dict:
    """The address of a newsletter."""
    return {"slug": archived_newsletter().slug}


def counted_link(cast: Cast) -> dict:
    """A counted link that we signed."""
    target, _made = LinkTarget.objects.get_or_create(
        issue=sent(cast), url="https://elders.example/", defaults={"position": 1}
    )
    return {"signed": _links.sign(str(target.pk)), "mark": "proefmerk"}


def picture(cast: Cast) -> dict:
    """The picture of an issue."""
    return {"signed": _pixels.sign(str(sent(cast).pk)), "mark": "proefmerk"}


def at_the_desk(name: str, arguments: Arguments = nothing, **options) -> Row:
    """A page of the desk of newsletters."""
    return Row(name, ABSENT, {OK: ("wg", "coord"), FOUND: ("anon",)}, arguments, **options)


def desk_button(name: str, arguments: Arguments) -> Row:
    """Something that only a POST does."""
    return Row(name, WRONG, {FOUND: ("anon",)}, arguments)


NEWSLETTERS = [
    at_the_desk("issue_desk_list"),
    at_the_desk("issue_new"),
    at_the_desk("issue_desk", of_draft),
    at_the_desk("issue_discard", of_draft),
    at_the_desk("issue_choose", of_draft),
    at_the_desk("issue_text_new", of_draft),
    at_the_desk("issue_picture_new", of_draft),
    at_the_desk("item_edit", of_item),
    at_the_desk("issue_segment", of_draft),
    at_the_desk("issue_segment_count", of_draft),
    at_the_desk("issue_preview", of_draft),
    at_the_desk("issue_preview_mail", of_draft),
    at_the_desk("issue_check", of_draft),
    at_the_desk("issue_approval", of_draft),
    at_the_desk("issue_figures", of_sent),
    Row("issue_progress", ABSENT, {FOUND: ("anon",)}, of_sent),  # was never in the outbox
    desk_button("issue_save", of_draft),
    desk_button("issue_arrange", of_draft),
    desk_button("item_move", of_item),
    desk_button("item_remove", of_item),
    public("counting_method"),
    public("newsletter_detail", arguments=archive),
    public("newsletter_feed", arguments=archive),
    public("issue_detail", arguments=in_archive),
    Row(
        "issue_detail",
        ABSENT,
        {OK: ("mem", "rep", "wg", "coord", "nctv", "mem-x", "mem-o", "rcp")},
        in_members_archive,
    ),
    Row("issue_click", FOUND, arguments=counted_link),
    public("issue_open", arguments=picture),
]
