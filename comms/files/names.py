"""Names of files: what strangers call them and what we show (security.md B07)."""

import re
import unicodedata

#: Characters that a name has at most, its extension included.
LONGEST_NAME = 120
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)
#: Joins signs to one emoji; the only invisible sign that a name may hold.
_JOINER = "\u200d"


def safe_name(name: str, extension: str = "") -> str:
    """Return a name that is harmless on every machine, and as much like the given one as can be.

    With `extension` the name ends with it, whatever it ended with before.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", str(name)))[-1]
    visible = "".join(sign for sign in last if _is_visible(sign))
    plain = " ".join(re.sub(r'[<>:"|?*%;]', "-", visible).split())
    stem, dot, ending = plain.rpartition(".")
    if not dot or not re.fullmatch(r"\w{1,8}", ending):
        stem, ending = plain, ""
    ending = extension or ending.lower()
    stem = stem.strip(". \u200d-")[: LONGEST_NAME - len(ending) - 1].rstrip(". \u200d") or "bijlage"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem}.{ending}" if ending else stem


def _is_visible(sign: str) -> bool:
    return sign in {" ", _JOINER} or unicodedata.category(sign)[0] not in "CZ"


def extension_of(name: str) -> str:
    """Return the extension in small letters, one spelling for each type."""
    _stem, dot, ending = safe_name(name).rpartition(".")
    ending = ending.lower() if dot else ""
    return {"jpeg": "jpg"}.get(ending, ending)
