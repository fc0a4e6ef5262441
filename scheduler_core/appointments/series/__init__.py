"""Visits that recur on the wall clock, booked, previewed and cancelled as one."""
