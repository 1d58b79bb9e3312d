"""The communication desk: events and who comes."""
