"""A visit takes place: the steps of the day, and what they do to the time of those behind."""
