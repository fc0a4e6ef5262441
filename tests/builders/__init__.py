"""Honest defaults for what tests need of a room; one file a room."""
