"""Sentences of public sets with the intent they should be heard as; the folder's layout is told in its README.

Labels of the sets are the product's intents where one fits; those that begin with x_ are acts of a conversation.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ACTING = frozenset({"book_appointment", "reschedule_appointment", "cancel_appointment"})
"""Intents that start or change a booking when they are heard."""
REFUSED = frozenset({"out_of_scope", "nlu_fallback"})

_ACTS = {
    "x_request_alternatives": ("request_alternatives",),
    "x_correct": ("correct",),
    "x_repeat": ("repeat",),
    "x_clarify": ("repeat", "help"),
    "x_abort": ("start_over", "stop", "cancel_appointment"),
    "x_bot_challenge": ("bot_challenge",),
    "x_capabilities": ("help", "ask_services"),
    "x_dont_care": ("dont_care",),
    "x_dont_know": ("dont_care", "out_of_scope"),
    "x_wait": ("wait",),
    "x_change_language": ("change_language",),
    "x_find_provider": ("book_appointment", "check_availability", "ask_services"),
    "feedback": ("feedback", "thank", "complaint"),
}


@dataclass(frozen=True)
class Row:
    """One sentence; `wanted`: the intents that count as right; `foreign`: what kind of "not ours" it is, if it is."""

    text: str
    wanted: frozenset[str]
    source: str
    foreign: str | None


def rows_in(folder: Path) -> list[Row]:
    """Every labelled sentence below `folder` that fits exactly or nearly. Raises ValueError when there is none."""
    files = sorted(folder.rglob("*.utt*.jsonl"))
    rows = [row for file in files for row in _rows(file)]
    if not rows:
        raise ValueError(f"no *.utt*.jsonl with labelled sentences below {folder}")
    return rows


def _rows(file: Path) -> Iterator[Row]:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("fit") not in ("exact", "near") or not row["intents"]:
            continue
        first = str(row["intents"][0])
        wanted = _ACTS.get(first, (first,))
        if not first.startswith("x_") or first in _ACTS:
            yield Row(row["text"], frozenset(wanted), file.name.split(".")[0], row.get("oos"))
