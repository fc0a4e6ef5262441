"""Seasons of the sky, by the hemisphere of the business."""

from __future__ import annotations

from datetime import date, timedelta

SEASONS = ("spring", "summer", "autumn", "winter")
_WINTER = 3
_TURNS = (((3, 20), (6, 20)), ((6, 21), (9, 23)), ((9, 23), (12, 20)), ((12, 21), (3, 20)))
"""First and last day in the north."""
_SOUTHERN = (
    "Australia/",
    "Antarctica/",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Fiji",
    "Africa/Johannesburg",
    "Africa/Harare",
    "Africa/Maputo",
    "Africa/Windhoek",
    "America/Argentina",
    "America/Buenos_Aires",
    "America/Sao_Paulo",
    "America/Montevideo",
    "America/Santiago",
    "America/Asuncion",
    "America/La_Paz",
    "America/Lima",
)


def season(name: str, zone: str, today: date, step: int | None) -> tuple[date, date]:
    """First day and the day after the last. `step` 0 is the one that is on or comes, 1 the next that has not begun,
    -1 the last that is over."""
    runs = [run for index, run in _seasons(zone, today.year) if SEASONS[index] == name]
    if step == -1:
        return next(run for run in reversed(runs) if run[1] <= today)
    return next(run for run in runs if (run[0] > today if step else run[1] > today))


def season_by_count(zone: str, today: date, step: int) -> tuple[date, date]:
    """ "This season", "next season": without the day before the turn, which moves from year to year."""
    starts = [run[0] for _, run in _seasons(zone, today.year)]
    now = next(place for place, start in enumerate(starts) if start > today) - 1
    return starts[now + step], starts[now + step + 1] - timedelta(days=1)


def season_of_year(name: str, zone: str, year: int) -> tuple[date, date]:
    return next(run for index, run in _seasons(zone, year) if SEASONS[index] == name and run[0].year == year)


def _seasons(zone: str, year: int) -> list[tuple[int, tuple[date, date]]]:
    """With their places in SEASONS."""
    south = 2 if zone.startswith(_SOUTHERN) else 0
    found = []
    for this in range(year - 2, year + 3):
        for place, (first, last) in enumerate(_TURNS):
            end = date(this + (place == _WINTER), *last) + timedelta(days=1)
            found.append(((place + south) % 4, (date(this, *first), end)))
    return found
