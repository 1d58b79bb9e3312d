"""What can be done with mailings and reminders."""
