"""The desk of the writers, `/redactie/`: from an empty page to a publication and, where needed, back again."""
