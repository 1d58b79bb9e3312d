"""Files that people sent: which folder may be read by whom is said by the app that owns it."""

from collections.abc import Callable
from typing import Any

#: Tells whether a reader may have the file at a path such as "logos/x.webp".
ReadRule = Callable[[Any, str], bool]
_rules: dict[str, ReadRule] = {}


def readable_folder(folder: str) -> Callable[[ReadRule], ReadRule]:
    """Register the rule of a folder; a folder without a rule does not exist for anybody."""

    def register(rule: ReadRule) -> ReadRule:
        _rules[folder] = rule
        return rule

    return register


def may_read_file(user: Any, folder: str, name: str) -> bool:
    """Ask the owner of a folder whether a reader may have a file."""
    rule = _rules.get(folder)
    return rule is not None and rule(user, f"{folder}/{name}")
