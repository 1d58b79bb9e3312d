"""What the fictional network says: written by hand first, drawn after that; every row is marked as invented.

Publication number 217 of seed 1 says the same on every machine with the same network. Days are counted from the day
on which it is made, so that a demo is never old.
"""

from comms.demo.making import make_publications

__all__ = ["make_publications"]
