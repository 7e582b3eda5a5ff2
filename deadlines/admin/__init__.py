"""The desk: what bodies owe, the calendar, and the terms of local rules."""

from deadlines.admin import calendars, duties, local_terms

__all__ = ["calendars", "duties", "local_terms"]
