"""What the portal itself has: questions and answers, contact, the brand, and what people keep for themselves."""

from cwn.portal.models.saved_searches import AlertFrequency, AlertMail, SavedSearch
from cwn.portal.models.site import Brand, ContactMoment, ContactMomentState, ContactTopic, Question, QuestionState

__all__ = [
    "AlertFrequency",
    "AlertMail",
    "Brand",
    "ContactMoment",
    "ContactMomentState",
    "ContactTopic",
    "Question",
    "QuestionState",
    "SavedSearch",
]
