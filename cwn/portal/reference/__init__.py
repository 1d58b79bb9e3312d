"""The reference data of the portal itself: questions with their answers, topics of the contact form."""

from pathlib import Path

from cwn.core.reference import Outcome, in_file_order, load_rows, read_rows
from cwn.portal.models import ContactTopic, Question

FOLDER = str(Path(__file__).parent)


def load_questions(*, refresh: bool = False) -> Outcome:
    """Load the thirteen questions of A Bijlage B in our own words (R15)."""
    rows = in_file_order(read_rows(FOLDER, "faq", "question"))
    for row in rows:
        row["answer"], row["answer_en"] = row["answer"].strip(), row["answer_en"].strip()
    return load_rows(Question, rows, refresh=refresh)


def load_contact_topics(*, refresh: bool = False) -> Outcome:
    """Load the topics of the contact form (R14)."""
    return load_rows(ContactTopic, in_file_order(read_rows(FOLDER, "contact_topics", "topic")), refresh=refresh)
