"""What the pages of planning show in more than one place."""
