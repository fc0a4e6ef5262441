"""Threads with customers and the drafts in them."""
