"""Rows of the access matrix for the year plan, what the rules find, and calendar files."""

from django.utils import timezone

from comms.planning.actions.celebrating import reach_milestone
from comms.planning.enums import EntryReaders
from comms.planning.models import KeyMoment, Milestone
from tests.access.campaign_rows import ANON, NETWORK, desk, network
from tests.access.matrix import ABSENT, OK, WRONG, Arguments, Row, public
from tests.cast import Cast
from tests.factories.planning import KeyMomentFactory, MilestoneFactory

READS_PLANS = ("rep", "wg", "coord", "nctv")


def milestone(readers: EntryReaders) -> Arguments:
    """The address of a milestone that is still to come."""

    def arguments(cast: Cast) -> dict:
        title = f"kanarie-mijlpaal-{readers}"
        made = Milestone.objects.filter(title=title).first() or MilestoneFactory(title=title, readers=readers)
        return {"uid": made.uid}

    return arguments


def celebrated(cast: Cast) -> dict:
    """The address of a milestone of which the celebration waits for a decision."""
    made = Milestone.objects.filter(title="kanarie-bereikt").first()
    if made is None:
        made = MilestoneFactory(title="kanarie-bereikt")
        reach_milestone(made, on=timezone.localdate(), owner=None, by=cast["wg"])
    return {"uid": made.uid}


def moment(cast: Cast) -> dict:
    """The address of a moment for everybody, which only the desk changes."""
    return {"uid": (KeyMoment.objects.first() or KeyMomentFactory(readers=EntryReaders.PUBLIC)).uid}


AHEAD = milestone(EntryReaders.PUBLIC)
YEARS = [
    public("year_plan"),
    public("year_plan", arguments=lambda cast: {"year": 2026}),
    Row("year_plan", ABSENT, arguments=lambda cast: {"year": 1999}),
    public("phase_list"),
    public("milestone_detail", arguments=AHEAD),
    Row("milestone_detail", ABSENT, {OK: NETWORK}, milestone(EntryReaders.MEMBERS)),
    Row("milestone_detail", ABSENT, {OK: READS_PLANS}, milestone(EntryReaders.PLANNERS)),
    desk("ambition_edit", lambda cast: {"year": 2026}),
    desk("moment_new"),
    desk("moment_edit", moment),
    desk("moment_remove", moment),
    desk("milestone_new"),
    *(desk(name, AHEAD) for name in ("milestone_edit", "milestone_reach", "milestone_drop")),
    *(desk(name, celebrated) for name in ("celebration_accept", "celebration_decline")),
    *(Row(name, ABSENT, ANON, AHEAD) for name in ("celebration_accept", "celebration_decline")),
    desk("finding_list", who=READS_PLANS),
    desk("calendar_import", who=("rep", "wg")),  # ideas are those of an organisation
    network("calendar_feeds"),
    public("public_calendar_file"),
    Row("calendar_file", ABSENT, arguments=lambda cast: {"secret": "onbekend"}),
    Row("finding_accept", WRONG),
    *(
        Row(name, WRONG, arguments=lambda cast: {"pk": 0})
        for name in ("activity_set", "finding_take_back", "calendar_feed_revoke")
    ),
]
