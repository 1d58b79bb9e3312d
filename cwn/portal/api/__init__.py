"""The API of the portal, version 1: what a reader may see, for programs (interface.md; docs/adr/0012-api.md)."""
