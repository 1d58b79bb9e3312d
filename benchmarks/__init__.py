"""What the portal costs, beside what the usual ways cost, in one run on one machine (README.md)."""
