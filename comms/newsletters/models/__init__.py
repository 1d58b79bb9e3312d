"""The tables of issues of newsletters."""

from comms.newsletters.models.issues import ISSUE_TEXT, Issue
from comms.newsletters.models.items import ITEM_TEXT, IssueItem
from comms.newsletters.models.reading import IssueFigure, LinkCheck, LinkTarget, TestSend

__all__ = ["ISSUE_TEXT", "ITEM_TEXT", "Issue", "IssueFigure", "IssueItem", "LinkCheck", "LinkTarget", "TestSend"]
