"""How the network thanks its partners."""
