"""What every function has."""
