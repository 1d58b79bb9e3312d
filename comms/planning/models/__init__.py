"""The tables of planning together, one file per subject."""

from comms.planning.models.calendar import (
    AcceptedFinding,
    BulkChange,
    CalendarEntry,
    CalendarFeed,
    CalendarRule,
    EntryComment,
    EntryEditor,
)
from comms.planning.models.campaigns import (
    AudienceAnalysis,
    Campaign,
    CampaignAsset,
    CampaignResult,
    Channel,
    CoreMessage,
)
from comms.planning.models.placements import Placement
from comms.planning.models.talks import Talk
from comms.planning.models.visibility import plans, reads_plans
from comms.planning.models.working_group import ActionItem, SessionAttendance, WorkingGroupSeat, WorkingGroupSession
from comms.planning.models.year_plan import (
    Celebration,
    KeyMoment,
    Milestone,
    PhaseActivity,
    ProgrammePhase,
    YearPlan,
)

__all__ = [
    "AcceptedFinding",
    "ActionItem",
    "AudienceAnalysis",
    "BulkChange",
    "CalendarEntry",
    "CalendarFeed",
    "CalendarRule",
    "Campaign",
    "CampaignAsset",
    "CampaignResult",
    "Celebration",
    "Channel",
    "CoreMessage",
    "EntryComment",
    "EntryEditor",
    "KeyMoment",
    "Milestone",
    "PhaseActivity",
    "Placement",
    "ProgrammePhase",
    "SessionAttendance",
    "Talk",
    "WorkingGroupSeat",
    "WorkingGroupSession",
    "YearPlan",
    "plans",
    "reads_plans",
]
