"""The people who come: how to reach them, and what they allowed."""
