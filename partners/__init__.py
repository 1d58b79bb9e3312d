"""The registry: organisations, their domains, contacts, members, participation, relations and initiatives."""
