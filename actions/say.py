"""Decision → one message plan: text, choices, links. `domain.yml` holds the words.

One message a turn: the lines of a decision are joined, and each option becomes a choice whose payload names the draft's
version, so that a tap on an old message is recognised.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from actions.turn_types import Line, Speak

_DOMAIN = Path(__file__).resolve().parent.parent / "domain.yml"


def say(speak: Speak, version: int) -> dict[str, Any]:
    """The plan for `speak`, whose choices answer the draft of that version."""
    return {
        "text": "\n".join(words(line) for line in speak.lines),
        "choices": [
            {"label": option.label, "payload": f'/choose_alternative{{"version": {version}, "n": {n}}}'}
            for n, option in enumerate(speak.options, start=1)
        ],
        "links": [{"label": label, "url": url} for label, url in speak.links],
    }


def words(line: Line) -> str:
    """The sentence of `line`. A missing response or fact is a mistake of ours and raises KeyError."""
    return _responses()[line.key].format(**line.facts).strip()


@cache
def _responses() -> dict[str, str]:
    domain = yaml.safe_load(_DOMAIN.read_text(encoding="utf-8"))
    return {key: variants[0]["text"] for key, variants in domain["responses"].items()}
