"""The fictional network of the demo: deterministic, invented, and marked as such in every row.

Organisation number 17 of seed 1 is the same on every machine; only primary keys and moments differ. The
first ten are written by hand (featured.toml), the others are drawn.
"""

from partners.demo.network import DemoError, make_network
from partners.demo.people import make_people

__all__ = ["DemoError", "make_network", "make_people"]
