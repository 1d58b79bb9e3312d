"""People who log in: users, roles as code, log-in with a second factor."""
