"""What people do in the calendar, the year plan, campaigns and the working group."""
