"""What a customer of the public dialogues wanted in the end, and what they had said on the way there.

Read from `goals*.jsonl` (see the data's README). Goals that name no day and hour, or a table for so many, are left out:
there is nothing to check a booking against, or nothing like it to book.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Los_Angeles")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_A_MONDAY = date(2026, 11, 16)
_MORNING = time(8)
_KINDS = {
    "Services_1": ("Haircut", ("Blow-dry", "Hair colouring"), False),
    "Services_2": ("Check-up", ("Teeth cleaning", "Filling"), False),
    "Services_3": ("Consultation", ("Vaccination", "Blood test"), True),
    "Services_4": ("Therapy session", ("Couples session",), True),
    "star_doctor_schedule": ("Consultation", ("Vaccination", "Blood test"), True),
    "star_apartment_schedule": ("Apartment viewing", (), False),
    "star_meeting_schedule": ("Meeting", (), True),
}
"""Kind of goal: what is booked, what else is on offer, and whether it is booked with a person by name."""
_COLLEAGUES = ("Dr. Alexis", "Dr. Johnson", "Dr. Morgan")
_FIRST_WISH = re.compile(r"\bfor (?:today \()?(\w+day)\)?(?: at (\d+ [ap]m))?")
_CHILD = re.compile(r"\byour (?:kid|child|son|daughter) ([A-Z]\w+)")
_RIGHT_NOW = re.compile(r"Right now it is (\w+), (\d+ [ap]m)")
_ASKS = frozenset({"address", "street_address", "phone_number", "price", "opening_hours"})


@dataclass(frozen=True)
class Goal:
    """`wishes`: local starts in the order they were wished for, the last is booked; those `refused` were taken.

    `child`: for whom a second visit is wanted afterwards.
    """

    id: str
    now: datetime
    business: str
    service: str
    other_services: tuple[str, ...]
    person: str | None
    wishes: tuple[datetime, ...]
    refused: tuple[datetime, ...]
    asks: tuple[str, ...]
    child: str | None = None

    @property
    def start(self) -> datetime:
        return self.wishes[-1]

    @property
    def child_start(self) -> datetime:
        """The child comes half an hour later."""
        return self.start + timedelta(minutes=30)


def goals_in(path: Path) -> list[Goal]:
    """Every usable goal below `path`. Raises ValueError when there is none."""
    files = [path] if path.is_file() else sorted(path.rglob("goals*.jsonl"))
    rows = (json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines())
    goals = [goal for row in rows if (goal := _goal(row))]
    if not goals:
        raise ValueError(f"no goals*.jsonl with a day and an hour below {path}")
    return goals


def _goal(row: dict[str, Any]) -> Goal | None:
    if row["kind"] == "sgd":
        return _from_slots(row, row["services"][-1])
    return _from_brief(row) if row["kind"] in _KINDS and row["final"] else None


def _from_slots(row: dict[str, Any], kind: str) -> Goal:
    service, others, by_person = _KINDS[kind]
    final = row["final"]
    start = datetime.fromisoformat(f"{final['date']}T{final['time']}").replace(tzinfo=ZONE)
    wishes, refused = _wishes(row["said"], start)
    return Goal(
        id=row["id"],
        now=datetime.combine(date.fromisoformat(row["ref"]), _MORNING, ZONE),
        business="Bay Practice" if by_person else final["provider"],
        service=service,
        other_services=others,
        person=final["provider"] if by_person else None,
        wishes=wishes,
        refused=refused,
        asks=tuple(dict.fromkeys(ask["about"] for ask in row["asks"] if ask["about"] in _ASKS)),
    )


def _wishes(
    said: Sequence[dict[str, Any]], start: datetime
) -> tuple[tuple[datetime, ...], tuple[datetime, ...]]:
    """Days and times as they were said, completed from the final ones; a wish before a refusal was taken."""
    wishes: list[datetime] = []
    refused: list[datetime] = []
    day, clock = start.date(), start.time()
    for each in said:
        if each.get("slot") == "date":
            day = date.fromisoformat(each["value"])
        elif each.get("slot") == "time":
            clock = time.fromisoformat(each["value"])
        elif each.get("event") == "slot_refused" and wishes and wishes[-1] != start:
            refused.append(wishes[-1])
        if each.get("slot") in ("date", "time"):
            wishes.append(datetime.combine(day, clock, ZONE))
    last_of_turn = [w for w in dict.fromkeys(wishes) if w != start]
    return (*last_of_turn[-2:], start), tuple(w for w in refused if w in last_of_turn[-2:])


def _from_brief(row: dict[str, Any]) -> Goal | None:
    final = {key: _plain(value) for key, value in row["final"].items()}
    clock = _clock(final.get("StartTimeHour", ""))
    if final.get("Day") not in _DAYS or clock is None:
        return None
    service, others, by_person = _KINDS[row["kind"]]
    told = _RIGHT_NOW.search(row["facts"])
    today = _A_MONDAY + timedelta(days=_DAYS.index(told[1])) if told else _A_MONDAY
    now = datetime.combine(today, _MORNING, ZONE)
    start = _coming(final["Day"], clock, now)
    first = _FIRST_WISH.search(row["brief"])
    before = [_coming(first[1], _clock(first[2] or "") or clock, now)] if first and first[1] in _DAYS else []
    wishes = tuple(dict.fromkeys([*(w for w in before if w != start), start]))
    return Goal(
        id=row["id"],
        now=now,
        business=final["Name"] if not by_person else "City Practice",
        service=service,
        other_services=others,
        person=final["Name"] if by_person else None,
        wishes=wishes,
        refused=wishes[:-1],
        asks=(),
        child=_child(row.get("agenda", ())),
    )


def _child(agenda: Sequence[str]) -> str | None:
    told = next((match for each in agenda if (match := _CHILD.search(each))), None)
    return told[1] if told else None


def _plain(value: str) -> str:
    """The data sets write some values as tests: is_equal_to("Friday")."""
    quoted = re.findall(r'"([^"]+)"', value)
    return quoted[0] if quoted else value


def _clock(said: str) -> time | None:
    match = re.fullmatch(r"(\d+) ([ap])m", said, re.IGNORECASE)
    return time(int(match[1]) % 12 + (12 if match[2].lower() == "p" else 0)) if match else None


def _coming(day: str, clock: time, now: datetime) -> datetime:
    ahead = (_DAYS.index(day) - now.weekday()) % 7
    start = datetime.combine(now.date() + timedelta(days=ahead), clock, ZONE)
    return start if start > now else start + timedelta(days=7)


def colleagues_of(goal: Goal) -> Iterator[str]:
    """Who else works there, so that a name has to be understood."""
    yield from (name for name in _COLLEAGUES if goal.person is None or name != goal.person)
