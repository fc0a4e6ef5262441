"""The front door and the post room: every message comes in here and every reply goes out here.

A message is stored once, answered in order, one conversation at a time, and sent from the outbox.
This package knows nothing about salons: it speaks to Rasa through `bot_client` and to the store
through `scheduler_core.outbox`.
"""
