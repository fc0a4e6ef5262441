"""Meetings of classes as staff plan them; customers book a seat as they book any visit."""
