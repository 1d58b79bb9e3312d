"""The pages of what every function has."""
