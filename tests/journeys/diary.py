"""What a journey asks the diary itself, beside what the customer is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.journeys.house import MONDAY_MORNING, House

HAIRCUT = "Haircut"
TOMORROW = MONDAY_MORNING.replace(hour=0) + timedelta(days=1)
"""Tuesday 17 November 2026, when both branches are open."""


def free_starts(house: House, person: str, day: datetime = TOMORROW) -> list[datetime]:
    """When `person` could begin a haircut on that day; London keeps UTC in November."""
    desk = _desk(house)
    service = next(each["id"] for each in desk["services"] if each["name"] == HAIRCUT)
    staff = next(each["id"] for each in desk["staff"] if each["name"] == person)
    wish = {"start": day.isoformat(), "end": (day + timedelta(days=1)).isoformat()}
    body = {"service_id": service, "staff_id": staff, "location_id": None, "wishes": [wish], "limit": 20}
    found = house.ask_core("POST", "/availability/search", body)
    return [datetime.fromisoformat(each["start"]) for each in found["slots"]]


def opens(house: House, person: str, day: date, since: str, until: str) -> None:
    """The first branch opens on that date as well, with `person` at work."""
    desk = _desk(house)
    place = desk["locations"][0]["id"]
    staff = next(each["id"] for each in desk["staff"] if each["name"] == person)
    hours = {"windows": [[since, until]]}
    house.ask_core("PUT", f"/locations/{place}/overrides/{day}", hours)
    house.ask_core("PUT", f"/staff/{staff}/overrides/{day}", {"location_id": place, **hours})


def _desk(house: House) -> dict[str, list[dict[str, object]]]:
    opened = {"channel": "terminal", "address": "diary", "display_name": None}
    return dict(house.ask_core("POST", "/conversations/open", opened))
