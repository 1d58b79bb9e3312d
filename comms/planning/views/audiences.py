"""`/doelgroepen/`: the five target groups with objective, what is known of them and what is planned (R101, R102)."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comms.models import Audience
from comms.planning.actions.analyses import add_analysis
from comms.planning.enums import CoreMessageStatus
from comms.planning.forms.desk import AnalysisForm
from comms.planning.models import AudienceAnalysis, CalendarEntry, Campaign, Channel, CoreMessage, plans, reads_plans
from comms.planning.views.access import desk_page, members_page
from comms.planning.views.forms import StepWords, answer_form
from cwn.accounts.http import AccountRequest

#: Planned items that a page names.
MOST_ENTRIES = 20


@members_page
@require_safe
def audience_list(request: AccountRequest) -> HttpResponse:
    """Show the target groups with how many channels, campaigns and planned items each has; one query."""
    user = request.user
    counted = {
        "channel_count": Channel.objects.visible_to(user).filter(is_active=True, audiences=OuterRef("pk")),
        "campaign_count": Campaign.objects.visible_to(user).filter(audiences=OuterRef("pk")),
        "entry_count": CalendarEntry.objects.visible_to(user).filter(
            audiences=OuterRef("pk"), starts_at__gte=timezone.now()
        ),
    }
    numbers = {
        name: Coalesce(Subquery(rows.order_by().values("audiences").annotate(number=Count("pk")).values("number")), 0)
        for name, rows in counted.items()
    }
    newest = AudienceAnalysis.objects.filter(audience=OuterRef("pk")).values("made_on")[:1]
    context = {
        "audiences": Audience.objects.annotate(**numbers, analysed_on=Subquery(newest)),
        "reads_plans": reads_plans(user),
    }
    return render(request, "planning/audience_list.html", context)


@members_page
@require_safe
def audience_detail(request: AccountRequest, slug: str) -> HttpResponse:
    """Show one target group: objective, sentences, channels, campaigns, plans, and for planners the analyses."""
    audience = get_object_or_404(Audience, slug=slug)
    user = request.user
    ahead = CalendarEntry.objects.visible_to(user).filter(audiences=audience, starts_at__gte=timezone.now())
    messages = CoreMessage.objects.filter(Q(audiences=audience) | Q(audiences=None))
    context = {
        "audience": audience,
        "core_messages": messages.filter(status=CoreMessageStatus.ADOPTED).distinct(),
        "channels": Channel.objects.visible_to(user)
        .filter(is_active=True, audiences=audience)
        .select_related("organisation"),
        "campaigns": Campaign.objects.visible_to(user).filter(audiences=audience),
        "entries": ahead.select_related("owner").order_by("starts_at", "pk")[:MOST_ENTRIES],
        "analyses": audience.analyses.select_related("made_by") if reads_plans(user) else [],
        "reads_plans": reads_plans(user),
        "plans": plans(user),
    }
    return render(request, "planning/audience_detail.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def analysis_new(request: AccountRequest, slug: str) -> HttpResponse:
    """Add an analysis; older ones stay."""
    audience = get_object_or_404(Audience, slug=slug)
    form = AnalysisForm(
        request.POST if request.method == "POST" else None,
        instance=AudienceAnalysis(audience=audience, made_on=timezone.localdate()),
    )
    words = StepWords(
        _("Doelgroepanalyse: %(name)s") % {"name": audience.label},
        _("Schrijf op hoe het nu is. De vorige analyses blijven staan, zo ziet u wat er verandert."),
        _("Bewaar"),
        _("De analyse is bewaard."),
    )
    back = reverse("audience_detail", args=[slug])
    return answer_form(
        request,
        form,
        words,
        act=lambda: add_analysis(audience, values=form.cleaned_data, by=request.user),
        back=back,
        trail=((_("Doelgroepen"), reverse("audience_list")), (audience.label, back)),
    )
