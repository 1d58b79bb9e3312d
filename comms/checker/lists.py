"""The lists of words beside this module: what is jargon, what is a name, what says nothing."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def read_list(name: str) -> dict[str, Any]:
    """Return one of the files with words."""
    with Path(__file__).with_name(f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
