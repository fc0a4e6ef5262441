"""Wishes among themselves: where they meet, what a later turn makes of an earlier one, which instants they come to."""
