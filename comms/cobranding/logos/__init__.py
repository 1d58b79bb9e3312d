"""Logos of partners: what is refused, how a logo is drawn anew, whether it can be seen, and where it may stand."""
