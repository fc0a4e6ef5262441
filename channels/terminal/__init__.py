"""The chat in a terminal, for this machine only: the same line as every channel, drawn with Rich."""
