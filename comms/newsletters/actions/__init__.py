"""What people do with an issue: write, compose, try, approve, and steer the sending."""
