"""Visits in people's own calendars: a file for each, and a feed for who works."""
