"""A twin of the core for tests of the conversation: one small salon in memory, behaving as the real one documents.

Slots are listed by hand; a search answers from the first wish that has any, and otherwise says why with the nearest
ones. Times are UTC and the salon is in London in winter, so wall time and UTC are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from dateutil.rrule import rrulestr

from actions.core_client import CoreAway, Refused
from actions.core_series import Planned, SeriesUndone
from actions.core_types import (
    Appointment,
    Business,
    Closed,
    Customer,
    Desk,
    Found,
    Hold,
    Notice,
    NoticeChoice,
    Offer,
    Range,
    Slot,
    Waiting,
)
from actions.given import Given
from actions.outcome import Rate, SayPutRight
from actions.turn_types import Caller, Query, Wanted

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
"""A Tuesday morning."""

_WEEK = {str(day): [["09:00", "13:00"], ["14:00", "18:00"]] if day < 6 else [] for day in range(7)}
_REPLY_BY = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
_SALON: dict[str, Any] = {
    "now": NOW,
    "business": {
        "id": 1,
        "name": "Studio Nord",
        "zone": "Europe/London",
        "locale": "en-GB",
        "currency": "GBP",
        "phone": "020 7946 0000",
        "policy": {
            "min_notice_minutes": 60,
            "horizon_days": 60,
            "hold_minutes": 10,
            "free_cancel_hours": 24,
            "late_fee_percent": 50,
        },
    },
    "locations": [
        {
            "id": 1,
            "name": "Mill Lane",
            "address": "4 Mill Lane, London",
            "zone": "Europe/London",
            "hours": _WEEK,
        }
    ],
    "services": [
        {"id": 1, "name": "Haircut", "category": "hair", "aliases": ["cut", "trim"], "duration_minutes": 30}
        | {"price_minor": 3200, "staff_ids": [1, 2], "addon_ids": [5]},
        {"id": 2, "name": "Beard trim", "category": "beard", "aliases": ["beard"], "duration_minutes": 15}
        | {"price_minor": 1550, "staff_ids": [2]},
        {"id": 3, "name": "Full colour", "category": "colour", "aliases": ["colour"], "duration_minutes": 60}
        | {"price_minor": 8000, "staff_ids": [1]},
        {"id": 4, "name": "Root colour", "category": "colour", "aliases": ["colour"], "duration_minutes": 30}
        | {"price_minor": 5000, "staff_ids": [1]},
    ],
    "addons": [
        {"id": 5, "name": "Hair mask", "category": "care", "aliases": ["mask"], "duration_minutes": 15}
        | {"price_minor": 900, "staff_ids": []},
    ],
    "staff": [
        {"id": 1, "name": "Ana Moreau", "aliases": [], "location_ids": [1]},
        {"id": 2, "name": "Ben Okafor", "aliases": [], "location_ids": [1]},
    ],
}
_SERVICES = {each["id"]: each for each in (*_SALON["services"], *_SALON["addons"])}
_STAFF = {each["id"]: each["name"] for each in _SALON["staff"]}


def _first_able(query: Query) -> int:
    able: list[int] = _SERVICES[query.service_id]["staff_ids"]
    return next(each for each in able if each not in query.not_with)


class FakeCore:
    """Takes the same calls as CoreClient. `away` makes every call fail; `taken` are starts somebody else has.

    `closed` is why nothing can be had at all, `refusals` are the codes of the next noes to what is named there,
    and with `approval_needed` a booking is a request;
    `forgets_one_answer`: the turn is taken again after what it wrote, as after a crash.
    """

    def __init__(self, customer: str | None = "Maria") -> None:
        self.customer = Customer(id=3, name=customer)
        self.visits: list[Appointment] = []
        self.taken: set[datetime] = set()
        self.handoffs: list[str] = []
        self.unanswered: list[str] = []
        self.farewells: list[str] = []
        self.conversation: dict[str, Any] = {"id": 7, "waiting": False, "handed_over": False}
        self.summary: str | None = None
        self.released: list[int] = []
        self.rules: list[str] = []
        self.late: list[tuple[int | None, str]] = []
        self.waitlist: list[Waiting] = []
        self.wait_notes: list[str | None] = []
        self.before: dict[int, dict[str, Any]] = {}
        self.consents: list[tuple[bool, str, str | None]] = []
        self.also_on: set[str] = set()
        self.hours = dict(_WEEK)
        self.reminders: list[dict[str, Any]] = [{"days_before": 1, "at": "10:00"}, {"hours_before": 2}]
        self.searches: list[Query] = []
        self.holds: list[Query] = []
        self.people_in = [1, 2]
        self.closed: str | None = None
        self.refusals: dict[str, list[str]] = {}
        self.approval_needed = False
        self.away = False
        self.forgets_one_answer = False
        self.version = 0
        self.state: dict[str, Any] = {}
        self.turn_id: str | None = None
        self.plan: dict[str, Any] | None = None
        self.undone: dict[str, SeriesUndone] = {}
        self._answers: dict[str, tuple[object, Appointment]] = {}
        self.notices: list[Notice] = []
        self.offer_ends: str | None = None
        self.declined: list[tuple[int, bool]] = []
        self.rated: list[Rate] = []
        self.put_right: list[SayPutRight] = []
        self.opinions: dict[int, Given] = {}
        self.asks_next: Literal["review", "offers", "nps"] | None = None
        self.saved_at: datetime | None = None
        self._seconds = 0
        self.later = timedelta()
        self.last_visit: Appointment | None = None

    async def business(self) -> Business:
        self._reachable()
        return Business.model_validate(self._business())

    async def open(self, caller: Caller) -> Desk:
        self._reachable()
        upcoming = [visit for visit in self.visits if visit.status in ("booked", "requested")]
        draft: dict[str, Any] = {"version": self.version, "state": self.state}
        draft |= {"turn_id": self.turn_id, "plan": self.plan, "saved_at": self.saved_at}
        places = [_SALON["locations"][0] | {"hours": self.hours}]
        return Desk.model_validate(
            _SALON
            | {
                "business": self._business(),
                "now": NOW + self.later,
                "last_visit": self.last_visit,
                "locations": places,
                "conversation": self.conversation,
                "customer": self.customer,
                "appointments": upcoming,
                "draft": draft,
                "notices": [self._as_it_is_now(each) for each in reversed(self.notices)],
            }
        )

    def _business(self) -> dict[str, Any]:
        salon = _SALON["business"]
        return {**salon, "policy": {**salon["policy"], "reminders": self.reminders}}

    async def save_draft(
        self,
        conversation_id: int,
        expected_version: int,
        state: dict[str, Any],
        turn_id: str,
        plan: dict[str, Any],
        summary: str | None,
    ) -> None:
        self._reachable()
        if self.forgets_one_answer:
            self.forgets_one_answer = False
            raise Refused("draft_moved_on", {})
        if expected_version != self.version:
            raise Refused("draft_moved_on", {})
        self.summary = summary
        self.version, self.state, self.turn_id, self.plan = self.version + 1, state, turn_id, plan
        self.saved_at = self._a_second_later()

    async def search(self, query: Query) -> Found:
        self._reachable()
        self.searches.append(query)
        self._refuse("search")
        if self.closed:
            return Found(slots=[], closed=Closed(code=self.closed) if query.wishes else None)
        free = [
            slot
            for slot in self._slots(query.staff_id or _first_able(query))
            if slot.start.isoformat() not in query.shown
        ]
        for n, (begins, ends) in enumerate(query.wishes):
            inside = [slot for slot in free if begins <= slot.start < ends]
            if inside and query.together:
                inside = [
                    slot for slot in free if any(start <= slot.start < end for start, end in query.wishes)
                ]
            if inside:
                return Found(
                    slots=inside[-query.limit :] if query.order == "latest" else inside[: query.limit], wish=n
                )
        if not query.wishes:
            return Found(slots=free[: query.limit])
        wish = query.wishes[0][0]
        code = "past" if wish < NOW else "closed_day" if wish.weekday() == 6 else "taken"
        nearest = sorted(free, key=lambda slot: abs(slot.start - wish))[: query.limit]
        return Found(slots=[], closed={"code": code, "facts": {}}, alternatives=nearest)

    async def free(self, query: Query, start: datetime, end: datetime) -> list[Slot]:
        self._reachable()
        service = _SERVICES[query.service_id]
        minutes = sum(_SERVICES[key]["duration_minutes"] for key in (query.service_id, *query.also))
        return [
            slot.model_copy(update={"end": slot.start + timedelta(minutes=minutes)})
            for staff_id in self.people_in
            for slot in self._slots(staff_id)
            if start <= slot.start < end
            and staff_id in service["staff_ids"]
            and query.staff_id in (None, staff_id)
        ]

    async def preview_together(self, wanted: Sequence[Wanted]) -> None:
        self._reachable()
        self._refuse("preview")
        for each in wanted:
            self._refuse_taken(each.slot)

    async def book_together(self, key: str, wanted: Sequence[Wanted]) -> list[Appointment]:
        for each in wanted:
            self._refuse_taken(each.slot)
        return [await self.book(f"{key}:{n}", each) for n, each in enumerate(wanted)]

    async def hold(self, query: Query, slot: Slot) -> Hold:
        self._reachable()
        self.holds.append(query)
        self._refuse("hold")
        self._refuse_taken(slot)
        return Hold(id=9, expires_at=NOW + timedelta(minutes=10))

    async def release(self, hold_id: int) -> None:
        self.released.append(hold_id)

    async def book(self, key: str, wanted: Wanted) -> Appointment:
        def booked() -> Appointment:
            self._refuse("book")
            self._refuse_taken(wanted.slot)
            status = "requested" if self.approval_needed else "booked"
            made = self.visit(
                wanted.slot.start,
                wanted.service_id,
                wanted.slot.staff_id,
                also=wanted.also,
                status=status,
                attendee=wanted.attendee,
                note=wanted.note,
            )
            self.before[made.id] = {"status": "cancelled"}
            return self._set(made, {"undo_until": NOW + timedelta(minutes=5)}, version=1)

        return self._once(key, wanted, booked)

    async def reschedule(
        self, key: str, appointment: Appointment, slot: Slot, hold_id: int | None
    ) -> Appointment:
        changes = {"start": slot.start, "end": slot.end, "staff_id": slot.staff_id}
        asked = ("reschedule", appointment.id, appointment.version, slot, hold_id)
        return self._once(key, asked, lambda: self._changed("reschedule", appointment, changes))

    async def cancel(self, key: str, appointment: Appointment) -> Appointment:
        asked = ("cancel", appointment.id, appointment.version)
        return self._once(key, asked, lambda: self._changed("cancel", appointment, {"status": "cancelled"}))

    async def undo(self, key: str, appointment_id: int, version: int) -> Appointment:
        visit = await self.appointment(appointment_id)

        def back() -> Appointment:
            self._refuse("undo")
            return self._set(visit, {**self.before.pop(appointment_id), "undo_until": None})

        return self._once(key, ("undo", appointment_id, version), back)

    async def appointment(self, appointment_id: int) -> Appointment:
        return next(visit for visit in self.visits if visit.id == appointment_id)

    async def plan_series(self, wanted: Wanted, rule: str) -> Planned:
        self._reachable()
        self.rules.append(rule)
        return Planned.model_validate(self._planned(wanted, rule))

    async def book_series(
        self, key: str, wanted: Wanted, rule: str, planned: tuple[datetime, ...]
    ) -> Planned:
        """What was agreed to, or nothing."""
        asked = (wanted, rule, planned)
        if key in self._answers:
            return Planned(booked=[each for each in self.visits if each.series_id == 5])
        self._refuse("book")
        found = Planned.model_validate(self._planned(wanted, rule))
        if tuple(each.start for each in found.booked) != planned:
            raise Refused("series_clash", {})
        numbered = {"series_id": 5, "undo_until": NOW + timedelta(minutes=5)}
        made = [
            each.model_copy(update={**numbered, "id": len(self.visits) + n, "attendee": wanted.attendee})
            for n, each in enumerate(found.booked, start=1)
        ]
        self._answers[key] = asked, made[0]
        self.visits += made
        return found.model_copy(update={"booked": made})

    async def undo_series(self, key: str, series_id: int) -> SeriesUndone:
        """Those that are as they were booked; the others stay."""
        self._reachable()
        if key not in self.undone:
            self._refuse("undo")
            mine = [each for each in self.visits if each.series_id == series_id]
            back = [self._set(each, {"status": "cancelled"}) for each in mine if each.version == 1]
            kept = [each for each in mine if each.version > 1]
            self.undone[key] = SeriesUndone(undone=back, kept=kept)
        return self.undone[key]

    def _planned(self, wanted: Wanted, rule: str) -> dict[str, Any]:
        """The times of the rule; one that is taken is half an hour later, and beyond 60 days none is."""
        booked, moved, skipped = [], [], []
        first = wanted.slot.start
        for wall in rrulestr(rule, dtstart=first.replace(tzinfo=None)):
            start, said = wall.replace(tzinfo=UTC), {"wall_start": f"{wall:%Y-%m-%dT%H:%M}"}
            if start > NOW + timedelta(days=60):
                skipped.append({**said, "code": "too_far"})
                continue
            if start in self.taken:
                start += timedelta(minutes=30)
                moved.append({**said, "code": "slot_taken", "to": start})
            booked.append(self._made(start, wanted.service_id, wanted.slot.staff_id, wanted.also))
        return {"booked": booked, "moved": moved, "skipped": skipped}

    async def waiting(self, customer_id: int) -> list[Waiting]:
        return list(self.waitlist)

    async def join_waitlist(self, key: str, query: Query, earlier_than: int | None, note: str | None) -> None:
        """Who waits for the same thing already keeps the one place."""
        self._reachable()
        self._refuse("wait")
        asked = {
            "service_id": query.service_id,
            "staff_id": query.staff_id,
            "location_id": query.location_id,
            "earlier_appointment_id": earlier_than,
        }
        ranges = [Range(start=start, end=end) for start, end in query.wishes]
        if not any(each.model_dump(include=set(asked)) == asked for each in self.waitlist):
            self.wait_notes.append(note)
            self.waitlist.append(Waiting(id=len(self.waitlist) + 1, ranges=ranges, **asked))

    async def leave_waitlist(self, entry_id: int) -> None:
        self.waitlist = [each for each in self.waitlist if each.id != entry_id]

    async def running_late(
        self, key: str, customer_id: int, minutes: int | None, said: str, visit_id: int | None = None
    ) -> Appointment | None:
        self._reachable()
        self.late.append((minutes, said))
        coming = (each for each in self.visits if each.status == "booked")
        is_meant = {
            each.id: visit_id == each.id if visit_id else each.start.date() == NOW.date()
            for each in self.visits
        }
        return next((each for each in coming if is_meant[each.id]), None)

    async def set_note(self, appointment_id: int, note: str) -> None:
        visit = await self.appointment(appointment_id)
        changed = visit.model_copy(update={"note": note})
        self.visits = [changed if each is visit else each for each in self.visits]

    async def change_customer(self, customer_id: int, **changes: str) -> None:
        self.customer = self.customer.model_copy(update=changes)

    def tells(
        self,
        kind: str,
        visit: Appointment,
        choices: Sequence[tuple[str, str, datetime | None]],
        beside: tuple[Appointment, ...] = (),
    ) -> dict[str, Any]:
        """The core tells the customer something by itself: its plan. `choices`: answer, label and start of a slot."""
        slots = {slot.start: slot for slot in self._slots(visit.staff_id)}
        notice = Notice(
            id=len(self.notices) + 1,
            kind=kind,
            said_at=self._a_second_later(),
            appointment_version=visit.version,
            appointment=visit,
            beside=beside,
            choices=[
                NoticeChoice.model_validate({"answer": answer, "slot": slots[start] if start else None})
                for answer, _, start in choices
            ],
        )
        self.notices.append(notice)
        payload = '/choose_alternative{{"notice": {}, "n": {}}}'
        shown = [
            {"label": label, "payload": payload.format(notice.id, n)}
            for n, (_, label, _) in enumerate(choices, start=1)
        ]
        return {"text": kind, "choices": shown}

    def offers(self, start: datetime, visit: Appointment | None = None, minutes: int = 30) -> dict[str, Any]:
        """A time is kept for who waits for it, a haircut with Ana: its plan. ``visit``: what it would replace."""
        slot = next(slot for slot in self._slots(1) if slot.start == start)
        said_at = self._a_second_later()
        until = said_at + timedelta(minutes=minutes)
        notice = Notice(
            id=len(self.notices) + 1,
            kind="waitlist_earlier" if visit else "waitlist_offer",
            said_at=said_at,
            appointment_version=visit.version if visit else None,
            appointment=visit,
            offer=Offer(id=40 + len(self.notices), service_id=1, slot=slot, until=until),
            choices=[NoticeChoice(answer=answer) for answer in ("take", "pass", "leave")],
        )
        self.notices.append(notice)
        self.offer_ends = None
        payload = '/choose_alternative{{"notice": {}, "n": {}}}'
        labels = ("Yes, please", "No, thanks", "Stop waiting")
        shown = [
            {"label": label, "payload": payload.format(notice.id, n)} for n, label in enumerate(labels, 1)
        ]
        return {"text": notice.kind, "choices": shown}

    async def accept_offer(self, key: str, offer_id: int) -> Appointment:
        def taken() -> Appointment:
            self._refuse("accept")
            if self.offer_ends:
                raise Refused("offer_over", {"state": self.offer_ends})
            notice = next(each for each in self.notices if each.offer and each.offer.id == offer_id)
            assert notice.offer is not None
            slot = notice.offer.slot
            if notice.appointment:
                return self._set(notice.appointment, {"start": slot.start, "end": slot.end})
            return self.visit(slot.start, notice.offer.service_id, slot.staff_id)

        return self._once(key, ("accept", offer_id), taken)

    async def decline_offer(self, offer_id: int, leaves: bool) -> None:
        self.declined.append((offer_id, leaves))

    async def answer_notice(self, conversation_id: int, notice_id: int, answer: str) -> None:
        self.notices = [
            each.model_copy(update={"answer": answer}) if each.id == notice_id else each
            for each in self.notices
        ]

    async def give_feedback(self, key: str, customer_id: int, said: Rate) -> Given:
        """Three and less is a complaint; what comes after more is `asks_next`."""
        self.rated.append(said)
        visit = said.visit or 0
        before = self.opinions.get(visit)
        score = said.score if said.score is not None else before.score if before else None
        words = "\n".join(filter(None, (before.words if before else None, said.words))) or None
        low = score is None or score <= 3
        given = Given(
            id=visit,
            appointment_id=visit,
            score=score,
            was=before.score if before else None,
            words=words,
            state="open" if low else None,
            reply_by=_REPLY_BY if low else None,
            next=None if low or said.kind == "nps" else self.asks_next,
            review_url="https://reviews.example" if self.asks_next == "review" else None,
        )
        self.opinions[visit] = given
        return given

    async def say_put_right(self, customer_id: int, said: SayPutRight) -> None:
        self.put_right.append(said)

    def _as_it_is_now(self, notice: Notice) -> Notice:
        if notice.appointment is None:
            return notice
        now = {each.id: each for each in self.visits}
        beside = tuple(each for each in notice.beside if now[each.id].version == each.version)
        return notice.model_copy(update={"appointment": now[notice.appointment.id], "beside": beside})

    def _a_second_later(self) -> datetime:
        self._seconds += 1
        return NOW + self.later + timedelta(seconds=self._seconds)

    async def hand_off(self, key: str, conversation_id: int, reason: str, about: str) -> None:
        self.handoffs.append(reason)
        self.conversation["waiting"] = True

    async def customer_wrote(self, conversation_id: int, text: str, turn_id: str) -> None:
        self.unanswered.append(text)

    async def erase(self, key: str, customer_id: int, caller: Caller, farewell: str) -> None:
        self._reachable()
        self.visits, self.farewells = [], [*self.farewells, farewell]

    async def set_consent(
        self, customer_id: int, caller: Caller, granted: bool, evidence: str, purpose: str | None = None
    ) -> None:
        self.consents.append((granted, evidence, purpose))

    async def link(self, customer_id: int, channel: str) -> str:
        if channel not in self.also_on:
            raise Refused("not_connected", {})
        return f"https://desk.example/go/{channel}/go_x"

    def visit(
        self,
        start: datetime,
        service_id: int = 1,
        staff_id: int = 1,
        also: tuple[int, ...] = (),
        **facts: Any,
    ) -> Appointment:
        """A booking in the diary; `facts` are whatever else the core would say of it."""
        visit = self._made(start, service_id, staff_id, also, **facts)
        self.visits.append(visit)
        return visit

    def _made(
        self, start: datetime, service_id: int, staff_id: int, also: tuple[int, ...] = (), **facts: Any
    ) -> Appointment:
        services = [_SERVICES[key] for key in (service_id, *also)]
        people = [self._who_does(each, staff_id) for each in services]
        items = [
            {"service_id": each["id"], "service_name": each["name"], "staff_name": _STAFF[who]}
            for each, who in zip(services, people, strict=True)
        ]
        minutes = sum(each["duration_minutes"] for each in services)
        return Appointment(
            id=len(self.visits) + 1, version=1, service_id=service_id, service_name=services[0]["name"],
            staff_id=staff_id, staff_name=_STAFF[staff_id], items=items, location_id=1, location_name="Mill Lane",
            location_address="4 Mill Lane, London", zone="Europe/London", start=start,
            end=start + timedelta(minutes=minutes),
            price_minor=sum(each["price_minor"] for each in services), currency="GBP",
            calendar_url="http://127.0.0.1/calendar/x.ics", **{
                "status": "booked", "free_cancel_until": start - timedelta(hours=24), "late_fee_minor": 1600, **facts
            },
        )  # fmt: skip

    def _who_does(self, service: dict[str, Any], staff_id: int) -> int:
        able = service["staff_ids"]
        return staff_id if staff_id in able or not able else able[0]

    def _once(self, key: str, asked: object, work: Callable[[], Appointment]) -> Appointment:
        """The same request under the same key has the same answer; another one is refused."""
        self._reachable()
        if key not in self._answers:
            self._answers[key] = asked, work()
        before, answer = self._answers[key]
        if before != asked:
            raise Refused("idempotency_key_reused", {})
        return answer

    def _changed(self, step: str, visit: Appointment, changes: dict[str, Any]) -> Appointment:
        self._refuse(step)
        self.before[visit.id] = {name: getattr(visit, name) for name in changes}
        return self._set(visit, {**changes, "undo_until": NOW + timedelta(minutes=5)})

    def _set(self, visit: Appointment, changes: dict[str, Any], version: int | None = None) -> Appointment:
        changed = visit.model_copy(update={**changes, "version": version or visit.version + 1})
        self.visits = [changed if each.id == visit.id else each for each in self.visits]
        return changed

    def _refuse(self, step: str) -> None:
        if codes := self.refusals.get(step):
            raise Refused(codes.pop(0), {})

    def _refuse_taken(self, slot: Slot) -> None:
        if slot.start in self.taken:
            others = [each.model_dump(mode="json") for each in self._slots(slot.staff_id)[:3]]
            raise Refused("slot_taken", {"alternatives": others})

    def _slots(self, staff_id: int | None) -> list[Slot]:
        """Every half-hour of opening time for two weeks, less what is booked or taken."""
        busy = self.taken | {visit.start for visit in self.visits if visit.status == "booked"}
        starts = (NOW + timedelta(hours=1) + timedelta(minutes=30 * n) for n in range(48 * 14))
        opened = (at for at in starts if at.weekday() != 6 and (9 <= at.hour < 13 or 14 <= at.hour < 18))
        return [
            Slot(start=at, end=at + timedelta(minutes=30), staff_id=staff_id or 1, location_id=1)
            for at in opened
            if at not in busy
        ]

    def _reachable(self) -> None:
        if self.away:
            raise CoreAway("unplugged")
