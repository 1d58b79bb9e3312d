"""The forms of the registry; they check and explain, and leave every write to an action."""
