"""Tests of the calendar, the year plan, campaigns and the working group."""
