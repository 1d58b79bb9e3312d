"""Tags for what every function has."""
