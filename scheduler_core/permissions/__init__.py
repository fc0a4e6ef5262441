"""Who may do what, what they did, and that a repeated request does it once."""
