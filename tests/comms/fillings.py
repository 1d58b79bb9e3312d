"""What people type to get past a box: for each element of the cover sheet the ways to leave it empty (R77–R84)."""

from collections.abc import Iterator
from typing import Any

from tests.factories.comms import FILLED

#: What says nothing. Written as escapes where the eye sees nothing.
SAYS_NOTHING = (
    "",
    "   ",
    "\t\r\n ",
    "-",
    "n.v.t.",
    "N V T",
    "zie boven",
    "Zie hierboven!",
    "\u200b\u200b\u200b",  # zero width
    "\u00ad\u2060\ufeff",  # soft hyphen, word joiner, byte order mark
    "\u00a0\u00a0",  # spaces that do not break
    "…",
    "🔥🔥🔥",
    "xxxx",
    "1234",
)
#: What is no text, or no text of ours.
NO_TEXT = (None,)
NO_LIST: tuple[Any, ...] = (None, [], [""], [" "], [None], ["iets", None], "geen lijst", "{}", 7)
NO_CHOICE = ("", " ", "zeer urgent", "n.v.t.", None)
ACTION = {"audience": "private-partners", "action": "Installeer versie 4.2.", "deadline": "direct", "effort": "uur"}
NO_ACTIONS: tuple[Any, ...] = (
    None,
    [],
    {},
    "",
    "Installeer versie 4.2.",
    7,
    True,
    [None],
    [[]],
    ["Installeer versie 4.2."],
    [{}],
    ACTION,
    [{**ACTION, "audience": ""}],
    [{**ACTION, "audience": None}],
    [{**ACTION, "audience": "Iedereen die dit leest"}],
    [{**ACTION, "deadline": "ooit"}],
    [{**ACTION, "deadline": 7}],
    [{**ACTION, "effort": "n.v.t."}],
    *([{**ACTION, "action": text}] for text in SAYS_NOTHING),
    *([{name: value for name, value in ACTION.items() if name != left_out}] for left_out in ACTION),
    [ACTION, {**ACTION, "action": "zie boven"}],
)
#: Element → column → values with which the element is not filled.
FILLINGS: dict[str, dict[str, tuple[Any, ...]]] = {
    "urgency": {"urgency": NO_CHOICE, "urgency_reason": (*SAYS_NOTHING, *NO_TEXT)},
    "audience": {"audiences": NO_LIST, "audience_reason": (*SAYS_NOTHING, *NO_TEXT)},
    "key_points": {
        "key_points": (
            *NO_LIST,
            *([text] for text in SAYS_NOTHING),
            ["Installeer de update.", "n.v.t."],
            ["Een punt."] * 6,
            {"punt": "Installeer de update."},
        )
    },
    "communication_message": {
        "communication_message": (*SAYS_NOTHING, *NO_TEXT),
        "tone": NO_CHOICE,
        "speaker": (*SAYS_NOTHING, *NO_TEXT),
    },
    "action_perspective": {"action_perspective": NO_ACTIONS},
    "wider_developments": {"wider_developments": (*SAYS_NOTHING, *NO_TEXT), "functions": (*NO_LIST, ["geen-functie"])},
}


Gap = tuple[str, str, Any]


def gaps() -> Iterator[Gap]:
    """Yield element, column and value for each way to leave an element empty."""
    for element, columns in FILLINGS.items():
        for column, values in columns.items():
            for value in values:
                yield element, column, value


def typed_gaps() -> Iterator[Gap]:
    """Yield the gaps that somebody can make in a form: texts as texts, lists as lists of texts."""
    return (gap for gap in gaps() if _can_be_typed(*gap[1:]))


def _can_be_typed(column: str, value: Any) -> bool:
    if isinstance(FILLED[column], str):
        return isinstance(value, str)
    if column == "action_perspective":
        return isinstance(value, list) and all(isinstance(one, dict) for one in value)
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
