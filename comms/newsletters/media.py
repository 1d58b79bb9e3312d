"""Who may have the pictures of issues: a stable public address for CLEAR issues, and never for a stricter one."""

from typing import Any

from comms.newsletters.models import IssueItem
from comms.newsletters.models.items import PICTURES
from cwn.core.guard import as_the_portal
from cwn.core.media import readable_folder


@readable_folder(PICTURES)
def picture_of_an_issue(user: Any, path: str) -> bool:
    """Let who may open the issue have its pictures; those of a CLEAR issue that was mailed everybody.

    A mail program asks without a log-in, also for a list without a public archive, so that question is asked as the
    portal. An issue that got a stricter label since takes its pictures along.
    """
    if IssueItem.objects.visible_to(user).filter(picture=path).exists():
        return True
    with as_the_portal():
        return IssueItem.objects.mailed_to_everybody().filter(picture=path).exists()
