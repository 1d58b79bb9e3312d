"""The outbox under fire: workers killed, broker emptied, database restarted, mail server misbehaving (G01–G06)."""
