"""Clauses to wishes on the calendar, with every place where two readings remain."""
