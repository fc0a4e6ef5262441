"""The web chat: a page that looks like a phone, and the door behind it. Identity is a random cookie."""
