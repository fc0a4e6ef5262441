"""One message to a TimeConstraint."""

from __future__ import annotations

from datetime import datetime

from actions.when.constraint import Context, TimeConstraint


def parse(text: str, reference: datetime, zone: str, locale: str, context: Context | None = None) -> TimeConstraint:
    return TimeConstraint()
