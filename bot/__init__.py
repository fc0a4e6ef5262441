"""Hears the words and names the next action: Rasa, in its own environment, importing nothing of the house."""
