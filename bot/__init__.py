"""Hears the words and names the next action: Rasa, in an environment of its own. Imports nothing of the house."""
