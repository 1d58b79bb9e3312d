"""Calendar files: writing what a reader may see, reading what a planner brings (docs/adr/0017-calendar-files.md)."""

from comms.planning.feeds.reading import CalendarFileError, FoundEvent, read_calendar
from comms.planning.feeds.writing import write_calendar

__all__ = ["CalendarFileError", "FoundEvent", "read_calendar", "write_calendar"]
