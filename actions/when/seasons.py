"""Seasons of the sky, by the hemisphere of the business."""

from __future__ import annotations

from datetime import date

SEASONS = ("spring", "summer", "autumn", "winter")
_STARTS = ((3, 20), (6, 21), (9, 23), (12, 21))
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
    """ "This season", "next season"."""
    runs = [run for _, run in _seasons(zone, today.year)]
    now = next(place for place, run in enumerate(runs) if run[1] > today)
    return runs[now + step]


def season_of_year(name: str, zone: str, year: int) -> tuple[date, date]:
    return next(run for index, run in _seasons(zone, year) if SEASONS[index] == name and run[0].year == year)


def _seasons(zone: str, year: int) -> list[tuple[int, tuple[date, date]]]:
    starts = [date(year + more, month, day) for more in (-2, -1, 0, 1, 2) for month, day in _STARTS]
    south = 2 if zone.startswith(_SOUTHERN) else 0
    return [((place + south) % 4, (start, starts[place + 1])) for place, start in enumerate(starts[:-1])]
