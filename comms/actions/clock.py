"""What time does to publications without anybody's hand, beside what `issuing` does: asking for a second look."""

from datetime import date

from django.db import transaction

from comms.actions.notifying import queue_notices
from comms.enums import Tlp
from comms.models import NoticeKind, Publication
from partners.models import Membership


@transaction.atomic
def ask_second_look(today: date) -> int:
    """Ask the owner to look at label and content again (R63, R74); return how many people are asked.

    Once per review date: a new date asks again. Of RED the author is asked.
    """
    asked = 0
    for publication in Publication.objects.to_review(today):
        people = Membership.objects.current().representatives().filter(organisation=publication.owner_id)
        recipients = list(people.values_list("user_id", "organisation_id"))
        if publication.tlp == Tlp.RED:
            recipients = [(publication.author_id, publication.owner_id)]
        asked += queue_notices(
            publication, kind=NoticeKind.REVIEW_DUE, recipients=recipients, occasion=f"{publication.review_on}"
        )
    return asked
