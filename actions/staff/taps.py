"""A tap under a notice: a request is accepted or declined, as it was when it was told."""

from __future__ import annotations

import json
import re

from actions.staff.diary import Diary
from actions.staff.steps import take_step

_TAP = re.compile(r"/staff_(confirm|decline)(\{.*\})")


async def act_on_tap(diary: Diary, text: str) -> str | None:
    """The answer; None: nothing was tapped. Only what we have put under a notice begins with a slash."""
    tap = _TAP.fullmatch(text)
    if not tap:
        return None
    named = json.loads(tap[2])
    return await take_step(diary, tap[1], named["appointment"], named["version"])
