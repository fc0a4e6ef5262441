"""Saying things to `when` on one fixed Wednesday, and reading back in one line what it understood."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from actions.when import Context, Opening, TimeConstraint, Wish, combine, parse, through_clock_changes

ZONE = "Europe/London"
NOW = datetime(2027, 6, 9, 9, 20, tzinfo=UTC)
"""Wednesday 9 June 2027, 10:20 in London."""
VISIT = datetime(2027, 6, 11, 14, 0, tzinfo=UTC)
"""An appointment on Friday 11 June at 15:00 in London."""

_DAY = [(time(9), time(13)), (time(14), time(18))]
OPENING: Opening = {
    1: _DAY,
    2: _DAY,
    3: [(time(9), time(13)), (time(14), time(20))],
    4: _DAY,
    5: [(time(9), time(16))],
}
"""Tuesday to Saturday, late on Thursday, closed on Sunday and Monday."""


def said(
    text: str,
    *,
    asked: str | None = None,
    anchor: datetime | None = None,
    opening: Opening | None = None,
    locale: str = "en-GB",
    zone: str = ZONE,
    now: datetime = NOW,
) -> TimeConstraint:
    hours = OPENING if opening is None else opening
    return parse(text, now, zone, locale, Context(opening=hours, asked=asked, anchor=anchor))


def talked(
    *turns: str,
    asked: str | None = None,
    anchor: datetime | None = None,
    opening: Opening | None = None,
    now: datetime = NOW,
    locale: str = "en-GB",
) -> TimeConstraint:
    """Several turns made one; the last of them answers `asked` and is said in sight of `anchor`."""
    together = said(turns[0], opening=opening, now=now, locale=locale)
    for place, text in enumerate(turns[1:], start=2):
        is_last = place == len(turns)
        heard = said(
            text,
            asked=asked if is_last else None,
            anchor=anchor if is_last else None,
            opening=opening,
            now=now,
            locale=locale,
        )
        together = through_clock_changes(combine(together, heard), ZONE)
    return together


def line(wish: Wish) -> str:
    """ "06-11 15:00", "06-11 08:00-12:00", "06-14..06-21", "..06-12", "06-12.. 17:00-"; "any" for a wish of nothing."""
    return " ".join(part for part in (_days(wish), _clock(wish)) if part) or "any"


def lines(constraint: TimeConstraint) -> list[str]:
    return [line(wish) for wish in constraint.wishes]


def meaning(constraint: TimeConstraint) -> str:
    """ "06-12 11:00 | not 06-11 | from 06-10 | soonest": all that was understood in one line."""
    again = constraint.recurrence
    parts = [
        ", ".join(lines(constraint)),
        *(f"not {line(wish)}" for wish in constraint.exclude),
        f"from {line(constraint.source)}" if constraint.source else "",
        f"for {constraint.duration_seconds // 60} min" if constraint.duration_seconds else "",
        f"every {again.every} {again.unit}" if again else "",
        constraint.order or "",
        f"any {constraint.free}" if constraint.free else "",
        constraint.refused or "",
        *(f"{reading.reason}?" for reading in constraint.open),
    ]
    return " | ".join(filter(None, parts)) or "nothing"


def _days(wish: Wish) -> str:
    start, end = wish.date_from, wish.date_to
    named = "".join("MTWTFSS"[day] for day in wish.weekdays)
    first = _short(start) if start else ""
    if start and end == start + timedelta(days=1):
        return first
    days = f"{first}..{_short(end) if end else ''}" if start or end else ""
    return " ".join(part for part in (days, named) if part)


def _short(day: object) -> str:
    text = str(day)
    return text.removeprefix("2027-")


def _clock(wish: Wish) -> str:
    start = wish.time_from.strftime("%H:%M") if wish.time_from else ""
    end = wish.time_to.strftime("%H:%M") if wish.time_to else ""
    if wish.exact:
        return start
    return f"{start}-{end}" if wish.has_time else ""
