"""Template words of the accounts."""
