"""Visits: booked, moved and cancelled, each in one transaction that no race can split."""
