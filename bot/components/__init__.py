"""Parts of our own inside Rasa: how an intent is recognised, and a tracker store that keeps nothing."""
