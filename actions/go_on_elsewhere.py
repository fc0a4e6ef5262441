"""They would rather write to us elsewhere: a link that opens a chat there as theirs, with what is being arranged."""

from __future__ import annotations

from actions import speech
from actions.core_types import Desk
from actions.draft import Draft
from actions.outcome import Invite, Outcome
from actions.turn_types import Heard
from actions.understand import Facts

NAMES = {"telegram": "Telegram", "whatsapp": "WhatsApp", "sms": "SMS"}


def apply(draft: Draft, facts: Facts, heard: Heard, desk: Desk) -> Outcome:
    """Where they name no channel, every one that there is."""
    named = tuple(channel for channel in NAMES if speech.says(f"on_{channel}", heard.text, desk.language))
    return Outcome(draft, then="keep", effects=(Invite(named or tuple(NAMES), named=bool(named)),))
