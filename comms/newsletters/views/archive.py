"""The archive: what was sent, for who may read it now, in pages and as a feed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from comms.newsletters.contents import blocks_of
from comms.newsletters.models import Issue
from comms.planning.models import Campaign, plans
from comms.subscriptions.models import Newsletter
from cwn.core.markdown import render_markdown

#: Issues on one page of the archive, and in the feed.
MOST_ISSUES, MOST_IN_FEED = 60, 20


@require_safe
def newsletter_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a newsletter is for and what came out, newest first."""
    newsletter = get_object_or_404(Newsletter.objects.visible_to(request.user), slug=slug)
    issues = Issue.objects.visible_to(request.user).sent().filter(newsletter=newsletter).order_by("-sent_at")
    context = {"newsletter": newsletter, "issues": issues[:MOST_ISSUES], "at_desk": plans(request.user)}
    return render(request, "newsletters/newsletter_detail.html", context)


@require_safe
def issue_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an issue as this reader may read it now: what was taken back or restricted since is gone (A20)."""
    issues = Issue.objects.visible_to(request.user).sent().select_related("newsletter")
    issue = get_object_or_404(issues, newsletter__slug=slug, number=number)
    context = {
        "issue": issue,
        "newsletter": issue.newsletter,
        "blocks": blocks_of(issue, request.user),
        "campaign": Campaign.objects.visible_to(request.user).filter(pk=issue.campaign_id or 0).first(),
        "introduction": render_markdown(issue.introduction),
    }
    return render(request, "newsletters/issue_detail.html", context)


@require_safe
def newsletter_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell feed readers what came out for everybody; a feed has no log-in, so nothing else is in it."""
    newsletter = get_object_or_404(Newsletter.objects.visible_to(request.user), slug=slug)
    feed = Atom1Feed(
        title=f"{newsletter.label} – CWN",
        link=request.build_absolute_uri(newsletter.get_absolute_url()),
        description=newsletter.purpose_text,
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    rows = Issue.objects.visible_to(None).sent().filter(newsletter=newsletter).select_related("newsletter")
    for issue in rows.order_by("-sent_at")[:MOST_IN_FEED]:
        link = request.build_absolute_uri(issue.get_absolute_url())
        feed.add_item(
            title=issue.subject,
            link=link,
            description=issue.preheader,
            unique_id=link,
            pubdate=issue.sent_at,
            updateddate=issue.sent_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
def counting_method(request: HttpRequest) -> HttpResponse:
    """Say in plain words how opens and clicks are counted, and what is not kept."""
    return render(request, "newsletters/counting_method.html")
