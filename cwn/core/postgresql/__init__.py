"""PostgreSQL as Django knows it, with a look at the connection that costs nothing."""
