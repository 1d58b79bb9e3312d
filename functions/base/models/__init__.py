"""The tables of what every function has, one file per subject."""

from functions.base.enums import FlowDirection
from functions.base.models.boards import SoundingBoard, SoundingBoardSeat
from functions.base.models.channels import FunctionChannel
from functions.base.models.charters import FunctionCharter, FunctionCondition, FunctionGoal
from functions.base.models.flows import FlowEdge, FlowNode, InformationFlow
from functions.base.models.phases import FunctionPhase

__all__ = [
    "FlowDirection",
    "FlowEdge",
    "FlowNode",
    "FunctionChannel",
    "FunctionCharter",
    "FunctionCondition",
    "FunctionGoal",
    "FunctionPhase",
    "InformationFlow",
    "SoundingBoard",
    "SoundingBoardSeat",
]
