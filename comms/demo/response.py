"""What others did with the publications that were written by hand: steps, answers, feedback, remarks, corrections."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from comms.demo.people import SECOND_PERSON, demo_people
from comms.demo.stories import Story, second_version
from comms.enums import TOMBSTONES, Answer, PublicationStatus, ReceiptChannel, RemarkKind
from comms.models import (
    Acknowledgement,
    Correction,
    Feedback,
    FeedbackAnswer,
    Publication,
    PublicationStep,
    Receipt,
    Remark,
)
from cwn.core.bulk import copy_rows
from partners.models import Organisation

STEP_FIELDS = ("publication_id", "verb", "old_status", "new_status", "version", "reason", "by_id", "at")
#: The last step of what is gone, by status.
ENDINGS = {PublicationStatus.WITHDRAWN: "withdraw", PublicationStatus.SUPERSEDED: "supersede"}


def write_response(made: Sequence[Story], keys: Mapping[str, int], now: datetime) -> None:
    """Write it all; asks that the publications stand."""
    publications = Publication.objects.in_bulk(list(keys.values()))
    response = Response(now)
    for story in made:
        response.write(story, publications[keys[story.columns["slug"]]])


class Response:
    """Writes what a row of a file tells of others."""

    def __init__(self, now: datetime) -> None:
        self.now, self.people = now, demo_people()
        self.organisations = {one.slug: one for one in Organisation.objects.filter(is_fictional=True)}

    def write(self, story: Story, publication: Publication) -> None:
        """Write the steps of a publication and what others did with it."""
        self._steps(story, publication)
        if "first_version" in story.row:
            self._correct(story, publication)
        for answer in story.row.get("answers", []):
            self._answer(answer, publication)
        for feedback in story.row.get("feedback", []):
            self._feedback(feedback, publication)
        if text := story.row.get("feedback_answer"):
            FeedbackAnswer.objects.create(publication=publication, text=text, by_id=publication.author_id)
        for remark in story.row.get("remarks", []):
            self._remark(remark, publication)

    def _steps(self, story: Story, publication: Publication) -> None:
        """Write how it came to stand where it stands."""
        taken: list[tuple[Any, ...]] = []

        def step(verb: str, old: str, new: str, by: int | None, at: datetime, reason: str = "") -> None:
            taken.append((publication.pk, verb, old, new, publication.version, reason, by, at))

        draft, author = PublicationStatus.DRAFT, publication.author_id
        if publication.status == PublicationStatus.IN_REVIEW:
            step("ask_review", draft, publication.status, author, self.now - timedelta(hours=5))
        if publication.status == PublicationStatus.SCHEDULED:
            step("schedule", draft, publication.status, author, self.now - timedelta(hours=3))
        if story.published_at:
            if publication.approved_by_id:
                early = story.published_at - timedelta(hours=1)
                step("approve", draft, draft, self.people[SECOND_PERSON], early)
            step("publish", draft, PublicationStatus.PUBLISHED, author, story.published_at)
        if publication.status in TOMBSTONES and story.published_at:
            later = story.published_at + timedelta(days=1)
            reason = publication.withdrawal_reason or "Er is een nieuwe versie van het blad."
            verb = ENDINGS[PublicationStatus(publication.status)]
            step(verb, PublicationStatus.PUBLISHED, publication.status, author, later, reason)
        if publication.status == PublicationStatus.EXPIRED:
            step("expire", "gepubliceerd", publication.status, None, self.now - timedelta(days=20))
        copy_rows(PublicationStep, STEP_FIELDS, taken)

    def _correct(self, story: Story, publication: Publication) -> None:
        """Bring out the second version, as a correction does: the database keeps the first."""
        changes = second_version(story.row, self.now)
        content = {name: value for name, value in changes.items() if name in story.row["first_version"]}
        Publication.objects.filter(pk=publication.pk).update(**changes)
        Correction.objects.create(
            publication=publication,
            content=content,
            note=changes["correction_note"],
            author_id=publication.author_id,
            published_at=changes["corrected_at"],
        )
        step = (publication.pk, "correct", "gepubliceerd", "gepubliceerd", 2, changes["correction_note"],
                publication.author_id, changes["corrected_at"])  # fmt: skip
        copy_rows(PublicationStep, STEP_FIELDS, [step])

    def _answer(self, row: dict[str, Any], publication: Publication) -> None:
        organisation = self.organisations[row["organisation"]]
        at = _published(publication) + timedelta(hours=row["hours_later"])
        members = organisation.memberships.filter(ended_at=None).order_by("-role", "pk")  # type: ignore[attr-defined]
        passed_on = row["answer"] == Answer.PASSED_ON
        Receipt.objects.create(
            publication=publication, version=1, organisation=organisation, channel=ReceiptChannel.MAIL, first_at=at
        )
        Acknowledgement.objects.create(
            publication=publication,
            version=1,
            organisation=organisation,
            answer=row["answer"],
            channel=row.get("channel", ""),
            passed_on_on=min(at, self.now).date() if passed_on else None,
            reach=row.get("reach"),
            note=row.get("note", ""),
            answered_by_id=members[0].user_id,
        )

    def _feedback(self, row: dict[str, Any], publication: Publication) -> None:
        Feedback.objects.create(
            publication=publication,
            version=1,
            is_useful=row["useful"],
            text=row.get("text", ""),
            user_id=self.people[row["by"]],
            given_at=min(self.now, _published(publication) + timedelta(days=1)),
        )

    def _remark(self, row: dict[str, Any], publication: Publication) -> None:
        Remark.objects.create(
            publication=publication,
            kind=RemarkKind(row["kind"]),
            field=row.get("field", ""),
            text=row["text"],
            proposed_text=row.get("proposed", ""),
            author_id=self.people[row["by"]],
        )


def _published(publication: Publication) -> datetime:
    return publication.published_at or publication.created_at
