"""What customers say, said to the house's web chat as a page does, or to Rasa's own REST channel."""

import asyncio
import json
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Any, NamedTuple, Self

import httpx

from scheduler_core import outbox

_PATIENCE_SECONDS = 30.0
_NOT_AN_ANSWER = frozenset(outbox.words("en", key) for key in ("bot_away", "core_away", "gave_up"))
_A_TAP = '/choose_alternative{"version": 1, "n": 1}'


class Line(NamedTuple):
    """`tap`: which of the three times just offered; the text is typed when nothing is."""

    label: str
    text: str
    tap: int | None = None


class Exchange(NamedTuple):
    """One message and its answer, in seconds of the monotonic clock."""

    label: str
    began: float
    ended: float
    answer: str
    tapped: bool = False
    booked: bool = False

    @property
    def failed(self) -> bool:
        return not self.answer or self.answer in _NOT_AN_ANSWER


def conversation(n: int) -> list[Line]:
    """The n-th customer's side: every second one books, the others decide against it."""
    decides = Line("yes", "yes please") if n % 2 else Line("no", "no")
    return [
        Line("greeting", "Hi there"),
        Line("vague wish", "I need a haircut"),
        Line("choose", "the first one", tap=n % 3),
        Line("name", f"My name is {_FIRST_NAMES[n % 10]} {_LAST_NAMES[n // 10 % 10]}"),
        Line("price", "how much is it?"),
        Line("correction", f"no, on {_working_day(n):%A %-d %B} in the afternoon please"),
        Line("choose again", "the first one", tap=n % 3),
        Line("where", "where are you?"),
        decides,
        Line("thanks", "thanks"),
    ]


_FIRST_NAMES = ("Nora", "Omar", "Ines", "Paul", "Ruth", "Sven", "Tess", "Hugo", "Vera", "Liam")
_LAST_NAMES = ("Okoye", "Silva", "Novak", "Berg", "Costa", "Moss", "Patel", "Reyes", "Stone", "Wolf")


def _working_day(n: int) -> date:
    """One of the Tuesdays to Fridays of two weeks; said with its date, so nothing has to be asked."""
    days = (datetime.now(UTC).date() + timedelta(days=ahead) for ahead in range(2, 16))
    open_days = [day for day in days if 1 <= day.weekday() <= 4]
    return open_days[n % len(open_days)]


@dataclass
class Visitor:
    """One browser with its page open: a cookie, and the stream in which answers appear."""

    front_url: str
    _items: asyncio.Queue[tuple[float, dict[str, Any]]] = field(default_factory=asyncio.Queue)
    _last: dict[str, Any] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        self._http = httpx.AsyncClient(base_url=self.front_url, timeout=_PATIENCE_SECONDS, trust_env=False)
        (await self._http.get("/")).raise_for_status()
        listening = asyncio.Event()
        self._page = asyncio.create_task(self._listen(listening))
        await asyncio.wait_for(listening.wait(), _PATIENCE_SECONDS)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._page.cancel()
        with suppress(asyncio.CancelledError):
            await self._page
        await self._http.aclose()

    async def say(self, line: Line) -> Exchange:
        """Send one message and wait until its answer is on the page."""
        choices = self._last.get("choices", [])
        said: dict[str, Any] = {"text": line.text}
        if tapped := bool(choices) and line.tap is not None:
            said = {"choice": {"message_id": self._last["message_id"], "n": min(line.tap, len(choices) - 1)}}
        began = time.monotonic()
        (await self._http.post("/web/messages", json={"id": uuid.uuid4().hex, **said})).raise_for_status()
        ended, item = await asyncio.wait_for(self._items.get(), _PATIENCE_SECONDS)
        self._last = item
        booked = any(link["url"].endswith(".ics") for link in item["links"])
        return Exchange(line.label, began, ended, item["text"], tapped, booked)

    async def _listen(self, listening: asyncio.Event) -> None:
        async with self._http.stream("GET", "/web/events", timeout=None) as events:
            async for text in events.aiter_lines():
                listening.set()
                item = json.loads(text.removeprefix("data:")) if text.startswith("data:") else {}
                if item.get("who") == "us":
                    self._items.put_nowait((time.monotonic(), item))


class RasaAlone:
    """Asks Rasa's REST channel as the house's bot_client does, on one kept connection."""

    def __init__(self, url: str) -> None:
        self._http = httpx.AsyncClient(base_url=url, timeout=_PATIENCE_SECONDS, trust_env=False)
        self._sender = f"web:{uuid.uuid4().hex}"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def say(self, line: Line, *, tapped: bool) -> Exchange:
        facts = {"channel": "web", "address": self._sender, "display_name": None}
        body = {
            "sender": self._sender,
            "message": _A_TAP if tapped else line.text,
            "metadata": {"turn_id": uuid.uuid4().hex, **facts},
        }
        began = time.monotonic()
        answer = (await self._http.post("/webhooks/rest/webhook", json=body)).raise_for_status().json()
        ended = time.monotonic()
        return Exchange(line.label, began, ended, answer[0]["custom"]["text"] if answer else "")
