"""Words and tools of the house: the lowest rung, it knows nobody."""
