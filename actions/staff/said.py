"""What the staff line answers with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """`choices`: what can be tapped, each a label and its payload."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()
