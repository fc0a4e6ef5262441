"""Visits that cannot stay as they are: each customer is offered other times, once, and the team sees the answers."""
