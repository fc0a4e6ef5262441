"""The only way to the core: HTTP with a deadline, typed answers, typed errors.

Two kinds of failure reach the conversation: `CoreAway` (nothing is known to have happened: the turn is tried again
later, and idempotency keys keep it from happening twice) and `Refused` (the business says no, with a stable code).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import httpx

from actions.core_series import Planned, SeriesUndone
from actions.core_types import (
    Appointment,
    Business,
    Closed,
    Desk,
    Found,
    Hold,
    Slot,
    Waiting,
)
from actions.given import Given
from actions.outcome import Rate, SayPutRight
from actions.turn_types import Caller, Query, Wanted, instant

_TIMEOUT_SECONDS = 8.0
_LONGEST_WORDS = 1000
_MOST_FREE = 1000


class CoreAway(Exception):
    """The core did not answer, or answered with a fault of its own."""


class Refused(Exception):
    """The core said no. `code` is stable; the facts of `why` may carry alternatives."""

    def __init__(self, code: str, facts: Mapping[str, Any]) -> None:
        super().__init__(code)
        self.code = code
        self.why = Closed(code=code, facts=dict(facts))


class CoreClient:
    def __init__(
        self, core_url: str, api_key: str, business_id: int, transport: httpx.AsyncBaseTransport | None = None
    ):
        self._home = f"{core_url}/v1/businesses/{business_id}"
        headers = {"X-API-Key": api_key}
        self._http = httpx.AsyncClient(headers=headers, timeout=_TIMEOUT_SECONDS, transport=transport)

    async def close(self) -> None:
        await self._http.aclose()

    async def business(self) -> Business:
        return Business.model_validate(await self._send("GET", ""))

    async def open(self, caller: Caller) -> Desk:
        body = {"channel": caller.channel, "address": caller.address, "display_name": caller.display_name}
        return Desk.model_validate(await self._send("POST", "/conversations/open", body))

    async def save_draft(
        self,
        conversation_id: int,
        expected_version: int,
        state: dict[str, Any],
        turn_id: str,
        plan: dict[str, Any],
        summary: str | None,
    ) -> None:
        """`summary`: what is being arranged, in words for staff."""
        body = {
            "expected_version": expected_version,
            "state": state,
            "turn_id": turn_id,
            "plan": plan,
            "summary": summary,
        }
        await self._send("PUT", f"/conversations/{conversation_id}/draft", body)

    async def appointment(self, appointment_id: int) -> Appointment:
        return Appointment.model_validate(await self._send("GET", f"/appointments/{appointment_id}"))

    async def search(self, query: Query) -> Found:
        return Found.model_validate(await self._send("POST", "/availability/search", query.to_json()))

    async def free(self, query: Query, start: datetime, end: datetime) -> list[Slot]:
        """The soonest starts within [start, end), each with everybody who could take it."""
        body = {
            **query.visit_json(),
            "staff_id": query.staff_id,
            "location_id": query.location_id,
            "conversation_id": query.conversation_id,
            "start": instant(start),
            "end": instant(end),
            "limit": _MOST_FREE,
        }
        answer = await self._send("POST", "/availability/slots", body)
        return [Slot.model_validate(each) for each in answer["items"]]

    async def hold(self, query: Query, slot: Slot) -> Hold:
        """Keep `slot`, found by `query`, for its conversation."""
        body = {
            **query.visit_json(),
            "conversation_id": query.conversation_id,
            "staff_id": slot.staff_id,
            "location_id": slot.location_id,
            "start": instant(slot.start),
        }
        return Hold.model_validate(await self._send("POST", "/holds", body))

    async def release(self, hold_id: int) -> None:
        await self._send("DELETE", f"/holds/{hold_id}")

    async def book(self, key: str, wanted: Wanted) -> Appointment:
        return Appointment.model_validate(await self._send("POST", "/appointments", wanted.to_json(), key))

    async def book_together(self, key: str, wanted: Sequence[Wanted]) -> list[Appointment]:
        """All of them or none."""
        body = {"visits": [each.to_json() for each in wanted]}
        answer = await self._send("POST", "/appointments/together", body, key)
        return [Appointment.model_validate(each) for each in answer["booked"]]

    async def preview_together(self, wanted: Sequence[Wanted]) -> None:
        """Refused where booking them all would be now."""
        body = {"visits": [each.to_json() for each in wanted]}
        await self._send("POST", "/appointments/together/preview", body)

    async def reschedule(
        self, key: str, appointment: Appointment, slot: Slot, hold_id: int | None
    ) -> Appointment:
        body = {
            "expected_version": appointment.version,
            "start": instant(slot.start),
            "staff_id": slot.staff_id,
            "location_id": slot.location_id,
            "hold_id": hold_id,
        }
        answer = await self._send("POST", f"/appointments/{appointment.id}/reschedule", body, key)
        return Appointment.model_validate(answer)

    async def cancel(self, key: str, appointment: Appointment) -> Appointment:
        body = {"expected_version": appointment.version}
        answer = await self._send("POST", f"/appointments/{appointment.id}/cancel", body, key)
        return Appointment.model_validate(answer)

    async def set_note(self, appointment_id: int, note: str) -> None:
        """The whole note of a visit, in place of the one it had."""
        await self._send("PUT", f"/appointments/{appointment_id}/note", {"note": note})

    async def undo(self, key: str, appointment_id: int, version: int) -> Appointment:
        """Take back the step that made this version."""
        body = {"expected_version": version}
        return Appointment.model_validate(
            await self._send("POST", f"/appointments/{appointment_id}/undo", body, key)
        )

    async def plan_series(self, wanted: Wanted, rule: str) -> Planned:
        """What booking visits by that rule would come to now; a clash is moved within its day if it can be."""
        body = {**wanted.to_json(), "rrule": rule, "clash": "move"}
        return Planned.model_validate(await self._send("POST", "/series/preview", body))

    async def book_series(
        self, key: str, wanted: Wanted, rule: str, planned: tuple[datetime, ...]
    ) -> Planned:
        """Book exactly the starts that were `planned`, or nothing."""
        starts = [instant(each) for each in planned]
        body = {**wanted.to_json(), "rrule": rule, "clash": "move", "expected_starts": starts}
        return Planned.model_validate(await self._send("POST", "/series", body, key))

    async def undo_series(self, key: str, series_id: int) -> SeriesUndone:
        """Take back a series that was just booked; what has changed since stays."""
        return SeriesUndone.model_validate(await self._send("POST", f"/series/{series_id}/undo", key=key))

    async def waiting(self, customer_id: int) -> list[Waiting]:
        """What this customer waits for, the oldest first."""
        path = f"/waitlist?customer_id={customer_id}&state=waiting"
        return [Waiting.model_validate(each) for each in (await self._send("GET", path))["items"]]

    async def join_waitlist(self, key: str, query: Query, earlier_than: int | None, note: str | None) -> None:
        """Wait for what `query` looks for; `earlier_than`: the visit that it would replace."""
        body = {
            "customer_id": query.customer_id,
            "service_id": query.service_id,
            "staff_id": query.staff_id,
            "location_id": query.location_id,
            "ranges": query.to_json()["wishes"],
            "earlier_appointment_id": earlier_than,
            "note": note,
        }
        await self._send("POST", "/waitlist", body, key)

    async def leave_waitlist(self, entry_id: int) -> None:
        await self._send("DELETE", f"/waitlist/{entry_id}")

    async def accept_offer(self, key: str, offer_id: int) -> Appointment:
        """Take the time that is kept for them: the visit, new or moved there."""
        return Appointment.model_validate(
            await self._send("POST", f"/waitlist/offers/{offer_id}/accept", key=key)
        )

    async def decline_offer(self, offer_id: int, leaves: bool) -> None:
        await self._send("POST", f"/waitlist/offers/{offer_id}/decline", {"leave": leaves})

    async def running_late(
        self, key: str, customer_id: int, minutes: int | None, said: str, visit_id: int | None = None
    ) -> Appointment | None:
        """Tell the staff; the visit it is about, today's if none is named."""
        of_whom = {"customer_id": customer_id, "appointment_id": visit_id, "minutes": minutes}
        body = {**of_whom, "words": said[:_LONGEST_WORDS]}
        visit = (await self._send("POST", "/appointments/late", body, key))["appointment"]
        return Appointment.model_validate(visit) if visit else None

    async def change_customer(self, customer_id: int, **changes: str) -> None:
        """`name`: what they are called, `language`: what they write in."""
        await self._send("PATCH", f"/customers/{customer_id}", changes)

    async def set_consent(
        self, customer_id: int, caller: Caller, granted: bool, evidence: str, purpose: str | None = None
    ) -> None:
        """Messages to where they speak from are welcome, or not: all, or those for one purpose."""
        body = {
            "channel": caller.channel,
            "address": caller.address,
            "granted": granted,
            "purpose": purpose,
            "evidence": evidence[:_LONGEST_WORDS],
        }
        await self._send("POST", f"/customers/{customer_id}/consent", body)

    async def link(self, customer_id: int, channel: str) -> str:
        """With which they go on there. Raises Refused where the business is not."""
        return str((await self._send("POST", f"/customers/{customer_id}/links", {"channel": channel}))["url"])

    async def answer_notice(self, conversation_id: int, notice_id: int, answer: str) -> None:
        """What the customer answered to what the core told them by itself."""
        await self._send(
            "PUT", f"/conversations/{conversation_id}/notices/{notice_id}/answer", {"answer": answer}
        )

    async def give_feedback(self, key: str, customer_id: int, said: Rate) -> Given:
        body = {"customer_id": customer_id, **said.to_json()}
        return Given.model_validate(await self._send("POST", "/feedback", body, key))

    async def say_put_right(self, customer_id: int, said: SayPutRight) -> None:
        """Of their complaint about that visit."""
        found = await self._send("GET", f"/feedback?customer_id={customer_id}")
        body = {"put_right": said.put_right, "words": said.words, "notice_id": said.notice}
        for each in found["items"]:
            if each["appointment_id"] == said.visit and each["kind"] == "csat":
                await self._send("POST", f"/feedback/{each['id']}/put-right", body)

    async def accept_proposal(self, key: str, conversation_id: int, notice_id: int) -> Appointment:
        path = f"/conversations/{conversation_id}/notices/{notice_id}/accept"
        return Appointment.model_validate(await self._send("POST", path, {}, key))

    async def hand_off(self, key: str, conversation_id: int, reason: str, about: str) -> None:
        body = {"reason": reason[:_LONGEST_WORDS], "about": about}
        await self._send("POST", f"/conversations/{conversation_id}/handoff", body, key)

    async def customer_wrote(self, conversation_id: int, text: str, turn_id: str) -> None:
        """Whoever has taken over is told that there is something to answer."""
        body = {"text": text, "turn_id": turn_id}
        await self._send("POST", f"/conversations/{conversation_id}/wrote", body)

    async def erase(self, key: str, customer_id: int, caller: Caller, farewell: str) -> None:
        """Forget the person, the conversation included; `farewell` is the last that is said to them there."""
        said = {"channel": caller.channel, "address": caller.address, "text": farewell}
        await self._send("POST", f"/customers/{customer_id}/erase", {"farewell": said}, key)

    async def as_staff(
        self, chat: int, method: str, path: str, body: dict[str, Any] | None = None, key: str | None = None
    ) -> Any:
        """Asked as whoever of the team speaks in `chat`, with what they may. They act for nobody else."""
        once = {"Idempotency-Key": key} if key else {}
        return await self._ask(method, path, body, {"X-Staff-Chat": str(chat), **once})

    async def _send(
        self, method: str, path: str, body: dict[str, Any] | None = None, key: str | None = None
    ) -> Any:
        headers = {"Idempotency-Key": key, "X-Caused-By": key} if key else {}
        return await self._ask(method, path, body, headers)

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None, headers: dict[str, str]) -> Any:
        try:
            answer = await self._http.request(method, self._home + path, json=body, headers=headers)
        except httpx.HTTPError as fault:
            raise CoreAway(f"{method} {path}: {type(fault).__name__}") from fault
        if answer.status_code >= 500 or answer.status_code == 401:
            raise CoreAway(f"{method} {path}: {answer.status_code}")
        if answer.status_code >= 400:
            problem = answer.json()
            raise Refused(problem.get("code", "refused"), problem.get("facts") or {})
        return answer.json() if answer.content else None
