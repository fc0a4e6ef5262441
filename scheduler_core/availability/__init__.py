"""Which times can be booked, and why others cannot: the same answer for listing and for booking."""
