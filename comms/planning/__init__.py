"""The communication desk: the calendar, the year plan, campaigns and the working group."""
