"""Beginning and changing an item: by hand, by itself while somebody types, and together with somebody else (R86)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comms.actions.steps import StaleEditError
from comms.models import Publication
from comms.planning.actions.entries import create_entry, save_entry
from comms.planning.actions.presence import note_editor, other_editors
from comms.planning.forms.entries import EntryForm, initial_of
from comms.planning.models import CalendarEntry, Campaign
from comms.planning.views.calendar.access import back, edited, may_begin
from comms.planning.views.calendar.merging import chosen, merge_page
from comms.planning.views.calendar.periods import day_asked
from cwn.accounts.http import AccountRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: AccountRequest) -> HttpResponse:
    """Begin an item: on a day, for a campaign or for a publication."""
    if not may_begin(request.user):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = EntryForm(sent, entry=None, by=request.user, initial=_beginning(request))
    if sent is not None and form.is_valid():
        try:
            entry = create_entry(values=form.values(), by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("“%(title)s” staat in de kalender.") % {"title": entry.title})
            return back(request, entry)
    return _writing_page(request, None, form)


def _beginning(request: AccountRequest) -> dict[str, Any]:
    """Return what the empty form knows already; never the label."""
    day = day_asked(request.GET.get("dag", ""))
    shown: dict[str, Any] = {"starts_at": f"{day.isoformat()}T09:00"}
    campaign = _named(request, "campagne", Campaign.objects.visible_to(request.user))
    if campaign is not None:
        shown |= {
            "starts_at": f"{max(day, campaign.starts_on).isoformat()}T09:00",
            "campaign": campaign.pk,
            "functions": campaign.functions,
            "owner": campaign.owner_id,
            "audiences": list(campaign.audiences.all()),
            "channels": list(campaign.channels.all()),
        }
    publication = _named(request, "publicatie", Publication.objects.visible_to(request.user))
    if publication is not None:
        shown |= {
            "title": publication.title,
            "content": publication.summary,
            "message": publication.communication_message[:1000],
            "functions": publication.functions,
            "owner": publication.owner_id,
            "publication": publication.pk,
        }
    return shown


def _named(request: AccountRequest, name: str, rows: Any) -> Any:
    """Return the row of which the address has the slug; None when there is none that the reader may see."""
    slug = request.GET.get(name, "").replace("\x00", "")[:200]
    return rows.filter(slug=slug).first() if slug else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Change an item."""
    entry = edited(request, uid)
    form = _form(request, entry)
    if request.method == "POST":
        try:
            entry = _save(entry, form, request.user)
        except StaleEditError as stale:
            return merge_page(request, entry, form, stale)
        if form.is_valid():
            messages.success(request, _("Bewaard."))
            return back(request, entry)
    return _writing_page(request, entry, form)


def _form(request: AccountRequest, entry: CalendarEntry) -> EntryForm:
    sent = request.POST if request.method == "POST" else None
    return EntryForm(sent, entry=entry, by=request.user, initial=initial_of(entry))


def _save(entry: CalendarEntry, form: EntryForm, by: Any) -> CalendarEntry:
    """Save every box without an error; what the table refuses becomes an error of the form."""
    form.is_valid()
    try:
        return save_entry(entry, values=form.values(), base=form.base(), by=by)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return entry


def _writing_page(request: AccountRequest, entry: CalendarEntry | None, form: EntryForm) -> HttpResponse:
    is_saved_in_part = form.is_bound and entry is not None and not form.non_field_errors()
    context = {
        "entry": entry,
        "form": form,
        "bases": form.rebased() if is_saved_in_part else form.bases(),
    }
    return render(request, "planning/entry_form.html", context, status=400 if form.errors else 200)


@require_POST
def entry_save(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Save while somebody types, and answer with a line that says so and with what stands there now."""
    if not request.user.is_authenticated:
        return _say(request, _("U bent uitgelogd. Laat deze pagina open, log in op een nieuw tabblad en kies Bewaar."))
    entry = edited(request, uid)
    form = _form(request, entry)
    try:
        _save(entry, form, request.user)
    except StaleEditError:
        return _say(request, _("Iemand anders veranderde hetzelfde. Kies “Bewaar”, dan komen beide teksten samen."))
    if form.non_field_errors():
        return _say(request, " ".join(str(problem) for problem in form.non_field_errors()))
    if form.errors:
        words = _("Een deel is niet bewaard: %(problem)s") % {"problem": next(iter(form.errors.values()))[0]}
        return _say(request, words, form)
    moment = time_format(timezone.localtime(), "H:i")
    return _say(request, _("Bewaard om %(moment)s") % {"moment": moment}, form, is_wrong=False)


def _say(request: HttpRequest, words: str, form: EntryForm | None = None, *, is_wrong: bool = True) -> HttpResponse:
    context = {"words": words, "is_wrong": is_wrong, "bases": form.rebased() if form else ""}
    return render(request, "planning/_entry_saved.html", context)


@login_required
@require_POST
def entry_merge(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Save what the writer chose for each part; ask again when meanwhile there is yet another text."""
    entry = edited(request, uid)
    form = _form(request, entry)
    try:
        entry = _save(entry, form, request.user)
    except StaleEditError as stale:
        if request.POST.get("seen") != str(stale.edit_version):
            return merge_page(request, entry, form, stale)
        try:
            values, base = chosen(request.POST, form, stale, entry, request.user)
            entry = save_entry(entry, values=values, base=base, by=request.user)
        except StaleEditError as newer:
            return merge_page(request, entry, form, newer)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return merge_page(request, entry, form, stale)
    if form.errors:
        return _writing_page(request, entry, form)
    messages.success(request, _("Samengevoegd en bewaard."))
    return redirect(entry)


@login_required
@require_POST
def entry_presence(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Note that this person has the form open, and say who else has."""
    entry = edited(request, uid)
    note_editor(entry, by=request.user)
    names = [editor.user.name for editor in other_editors(entry, request.user)]
    return render(request, "planning/_entry_presence.html", {"names": names})
