"""E-mail addresses as the portal keeps, counts and compares them."""

import unicodedata


def normal_address(email: str) -> str:
    """Return the one spelling of an e-mail address.

    Case, full-width letters, spaces and a dot at the end make no other address (security.md C05). Not
    `casefold`: that would send the mail of "straße" to "strasse".
    """
    return unicodedata.normalize("NFKC", email).strip().rstrip(".").strip().lower()
