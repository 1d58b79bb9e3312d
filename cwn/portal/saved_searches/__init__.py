"""Searches that people keep: the question, what they saw of it, and the mails about what is new (R12)."""
