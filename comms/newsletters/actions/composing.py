"""What stands in an issue, and in which order."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from comms.actions.steps import merged, require
from comms.enums import PublicationKind, PublicationStatus, Tlp
from comms.events.models import Event
from comms.models import Publication
from comms.newsletters.actions.writing import forget_pictures, held_by_editor, touched
from comms.newsletters.contents import label_of_item, label_of_publication
from comms.newsletters.enums import TOLD_IN_FULL, ItemKind
from comms.newsletters.models import ITEM_TEXT, Issue, IssueItem
from comms.newsletters.pictures import mail_picture
from comms.subscriptions.models import Newsletter
from cwn.core.history import event_model

#: More makes no mail that anybody reads.
MOST_ITEMS = 30


@transaction.atomic
def add_publication(issue: Issue, publication: Publication, *, by: Any) -> IssueItem:
    """Put a publication in an issue that its label lets in, and that the editor may read.

    CLEAR and GREEN are told in full, of AMBER stand title and address, in a list for members only. RED never: not
    even its title leaves the portal (TLP x channel).
    """
    current = held_by_editor(issue, by)
    readable = Publication.objects.visible_to(by).filter(pk=publication.pk, status=PublicationStatus.PUBLISHED)
    require(readable.exists())
    label = label_of_publication(publication)
    require_room_for(current.newsletter, label)
    kind = ItemKind.INTERVIEW if publication.kind == PublicationKind.INTERVIEW else ItemKind.PUBLICATION
    return _add(current, IssueItem(kind=kind, publication=publication, tlp=label), by)


@transaction.atomic
def add_event(issue: Issue, event: Event, *, by: Any) -> IssueItem:
    """Put an event in an issue, by the same rule as a publication: of AMBER stand title and address, RED never."""
    current = held_by_editor(issue, by)
    require(Event.objects.visible_to(by).listed().filter(pk=event.pk).exists())
    require_room_for(current.newsletter, event.label)
    return _add(current, IssueItem(kind=ItemKind.EVENT, event=event, tlp=event.tlp), by)


@transaction.atomic
def add_own_text(issue: Issue, *, values: Mapping[str, str], by: Any) -> IssueItem:
    """Put a text of the desk itself in an issue, under the label that the desk chose for its own words."""
    current = held_by_editor(issue, by)
    words = {name: value for name, value in values.items() if name in ITEM_TEXT}
    return _add(current, IssueItem(kind=ItemKind.OWN_TEXT, tlp=current.own_tlp, **words), by)


@transaction.atomic
def add_picture(issue: Issue, *, upload: Any, alternative: str, source: str, by: Any) -> IssueItem:
    """Put a picture in an issue, drawn anew, with its description and where it comes from.

    Not beside a title of AMBER: a mail program fetches pictures from an address without a log-in.
    """
    current = held_by_editor(issue, by)
    if current.tlp not in TOLD_IN_FULL:
        raise ValidationError(_("Boven TLP:GREEN gaat geen beeld mee in de mail."))
    drawn = mail_picture(upload)
    item = IssueItem(
        kind=ItemKind.PICTURE,
        picture=drawn.content,
        picture_width=drawn.width,
        picture_bytes=drawn.size,
        alternative=alternative.strip(),
        source=source.strip(),
        tlp=current.own_tlp,
    )
    return _add(current, item, by)


def require_room_for(newsletter: Newsletter, label: Tlp) -> None:
    """Refuse what this newsletter may not carry, each with its reason."""
    if label == Tlp.RED:
        raise ValidationError(_("TLP:RED komt nooit in een nieuwsbrief, ook de titel niet."))
    if label != Tlp.CLEAR and newsletter.label_ceiling == Tlp.CLEAR:
        raise ValidationError(
            _("In %(newsletter)s staat alleen TLP:CLEAR. Dit is %(label)s.")
            % {"newsletter": newsletter.label, "label": label.label}
        )


def _add(issue: Issue, item: IssueItem, by: Any) -> IssueItem:
    last = issue.items.aggregate(last=Max("position"))["last"] or 0  # type: ignore[attr-defined]
    if issue.items.count() >= MOST_ITEMS:  # type: ignore[attr-defined]
        raise ValidationError(_("Een editie heeft hoogstens %(most)d onderdelen.") % {"most": MOST_ITEMS})
    item.issue, item.position = issue, last + 1
    item.full_clean()
    item.save()
    touched(issue, by)
    return item


@transaction.atomic
def save_item(item: IssueItem, *, values: Mapping[str, Any], edit_version: int, by: Any) -> IssueItem:
    """Save the words of an item; edits of two people are merged as those of the issue are."""
    issue = held_by_editor(item.issue, by)
    current = IssueItem.objects.select_for_update(of=("self",)).get(pk=item.pk, issue=issue)
    columns = {name: value for name, value in values.items() if name in ITEM_TEXT}
    if edit_version != current.edit_version:
        stands = {name: getattr(current, name) for name in columns}
        base = _words_at(current, edit_version)
        columns = merged(columns, base=base, stands=stands, edit_version=current.edit_version)
    for name, value in columns.items():
        setattr(current, name, value)
    current.edit_version += 1
    current.full_clean()
    current.save(update_fields=[*columns, "edit_version"])
    touched(issue, by)
    return current


def _words_at(item: IssueItem, edit_version: int) -> dict[str, Any]:
    events: Any = event_model(IssueItem)
    event = events.objects.filter(pgh_obj_id=item.pk, edit_version=edit_version).order_by("-pgh_id").first()
    return {name: getattr(event, name) for name in ITEM_TEXT} if event else {}


@transaction.atomic
def move_item(item: IssueItem, *, up: bool, by: Any) -> None:
    """Change places with the item above or below; at the end of the list nothing happens."""
    issue = held_by_editor(item.issue, by)
    keys = list(issue.items.values_list("pk", flat=True))  # type: ignore[attr-defined]
    place = keys.index(item.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(keys):
        keys[place], keys[other] = keys[other], keys[place]
        arrange_items(issue, keys=keys, by=by)


@transaction.atomic
def arrange_items(issue: Issue, *, keys: Sequence[int], by: Any) -> None:
    """Put the items in this order; what the list does not name comes after it, so nothing gets lost."""
    current = held_by_editor(issue, by)
    items = {item.pk: item for item in current.items.all()}  # type: ignore[attr-defined]
    order = [key for key in dict.fromkeys(keys) if key in items]
    order += [key for key in items if key not in order]
    for position, key in enumerate(order, 1):
        items[key].position = position
    IssueItem.objects.bulk_update(items.values(), ["position"])
    touched(current, by)


@transaction.atomic
def remove_item(item: IssueItem, *, by: Any) -> None:
    """Take something out of an issue."""
    issue = held_by_editor(item.issue, by)
    forget_pictures([item])
    IssueItem.objects.filter(pk=item.pk, issue=issue).delete()
    touched(issue, by)


@transaction.atomic
def relabel_items(issue: Issue, *, by: Any) -> None:
    """Take over labels that became stricter since an item was added; the trigger makes the issue stricter too."""
    current = held_by_editor(issue, by)
    for item in current.items.select_related("publication", "event"):  # type: ignore[attr-defined]
        label = label_of_item(item)
        if label is None:  # words of the desk, or not for this reader: the checker says so
            continue
        if label != Tlp.RED and label.strictness > Tlp(item.tlp).strictness:
            item.tlp = label
            if label not in TOLD_IN_FULL:
                item.heading = item.text = ""
            item.save(update_fields=["tlp", "heading", "text"])
