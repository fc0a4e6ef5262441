"""What one person of the team sees and does, asked of the core as them: with their permissions, in their name."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel import Locale

from actions.core_client import CoreClient
from actions.core_types import Appointment, Location
from actions.turn_types import instant
from actions.words import ENGLISH, spoken

_ON = ("requested", "booked", "arrived", "in_progress", "fulfilled")
_LATEST = timedelta(days=60)
_PAGE = 200
_A_DAY = timedelta(days=1)
_LEADS = ("owner", "manager")


@dataclass(frozen=True)
class Entry:
    """A visit of theirs, and whose it is."""

    visit: Appointment
    customer: str
    starts: datetime

    @property
    def ends(self) -> datetime:
        return self.visit.end.astimezone(self.starts.tzinfo)

    @property
    def facts(self) -> dict[str, str]:
        names = [item.service_name for item in self.visit.items] or [self.visit.service_name]
        return {"service": ", ".join(names), "customer": self.customer}


@dataclass(frozen=True)
class Diary:
    """Of whoever speaks in `chat`, as it is `now` on their wall. `turn_id` names what they say, which is done once.

    `leads`: whether the chat is an owner's or a manager's. `spoken_of` gathers the customers whom the answer may name.
    """

    core: CoreClient
    chat: int
    turn_id: str
    staff_id: int
    now: datetime
    locale: Locale
    leads: bool
    spoken_of: set[int] = field(default_factory=set)

    @property
    def locale_tag(self) -> str:
        return str(self.locale).replace("_", "-")

    @property
    def language(self) -> str:
        return spoken(self.locale.language) or ENGLISH

    async def day(self, day: date) -> list[Entry]:
        """Theirs of that day that take place or have, in order."""
        return await self._entries(self._midnight(day), self._midnight(day + timedelta(days=1)))

    async def during(self, start: datetime, end: datetime) -> list[Entry]:
        """Theirs that touch [start, end)."""
        near = await self._visits(start - _A_DAY, end)
        return await self.entries([each for each in near if each.end > start])

    async def of_all(self, start: datetime, end: datetime) -> list[Appointment]:
        """The whole team's that touch [start, end), as far as this chat may see them."""
        near = await self._visits(start - _A_DAY, end, of_all=True)
        return [each for each in near if each.end > start]

    async def locations(self) -> list[Location]:
        """Those in use."""
        page = await self.ask("GET", f"/locations?limit={_PAGE}")
        return [Location.model_validate(each) for each in page["items"]]

    async def next(self) -> Entry | None:
        """The first that is still to begin."""
        coming = await self._visits(self.now, self.now + _LATEST)
        first = [each for each in coming if each.status in ("requested", "booked", "arrived")][:1]
        return (await self.entries(first))[0] if first else None

    async def coming(self) -> list[Entry]:
        """Those that are still to begin and may still be moved."""
        coming = await self._visits(self.now, self.now + _LATEST)
        return await self.entries([each for each in coming if each.status in ("requested", "booked")])

    async def entry(self, visit: Appointment) -> Entry:
        return (await self.entries([visit]))[0]

    async def _entries(self, since: datetime, before: datetime) -> list[Entry]:
        return await self.entries(await self._visits(since, before))

    async def _visits(self, since: datetime, before: datetime, *, of_all: bool = False) -> list[Appointment]:
        found: list[Appointment] = []
        page: dict[str, Any] = {"next": 0}
        while page["next"] is not None:
            wanted = {"since": instant(since), "before": instant(before), "limit": _PAGE}
            whose = {} if of_all else {"staff_id": self.staff_id}
            after = {"after": page["next"]} if page["next"] else {}
            page = await self.ask("GET", f"/appointments?{urlencode({**whose, **wanted, **after})}")
            found += [Appointment.model_validate(each) for each in page["items"]]
        return sorted((each for each in found if each.status in _ON), key=lambda each: each.start)

    async def entries(self, visits: Sequence[Appointment]) -> list[Entry]:
        """These visits, each with whose it is."""
        people = sorted({each.customer_id for each in visits})
        self.spoken_of.update(people)
        told = await asyncio.gather(*(self.ask("GET", f"/customers/{person}") for person in people))
        names = {person: each["name"] or f"#{person}" for person, each in zip(people, told, strict=True)}
        return [
            Entry(each, each.attendee or names[each.customer_id], each.start.astimezone(self.now.tzinfo))
            for each in visits
        ]

    async def ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, key: str | None = None
    ) -> Any:
        return await self.core.as_staff(self.chat, method, path, body, key)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.now.tzinfo)


async def open_diary(core: CoreClient, chat: int, turn_id: str) -> Diary:
    """Refused when the chat is nobody's any more."""
    speaker = await core.as_staff(chat, "GET", f"/staff-chats/{chat}")
    house = await core.business()
    now = datetime.fromisoformat(speaker["now"]).astimezone(ZoneInfo(house.zone))
    locale, leads = Locale.parse(house.locale, sep="-"), speaker["role"] in _LEADS
    return Diary(core, chat, turn_id, speaker["staff_id"], now, locale, leads)
