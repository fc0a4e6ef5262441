"""Dates without words: arithmetic, holidays, seasons, parts of periods, time zones."""
