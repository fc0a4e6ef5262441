"""What customers say, said to the house's web chat as a page does, or to Rasa's own REST channel."""

import asyncio
import json
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, NamedTuple, Self

import httpx

from scheduler_core import outbox

_PATIENCE_SECONDS = 30.0
_NOT_AN_ANSWER = frozenset(outbox.words("en", key) for key in ("bot_away", "core_away", "gave_up"))
_A_TAP = '/choose_alternative{"version": 1, "n": 1}'


class Line(NamedTuple):
    """`tap`: take the first of the choices just offered; the text is typed when there is none."""

    label: str
    text: str
    tap: bool = False


class Exchange(NamedTuple):
    """One message and its answer, in seconds of the monotonic clock."""

    label: str
    began: float
    ended: float
    answer: str
    tapped: bool = False

    @property
    def failed(self) -> bool:
        return not self.answer or self.answer in _NOT_AN_ANSWER


def conversation(n: int) -> list[Line]:
    """The n-th customer's side: every second one books, the others decide against it."""
    decides = Line("yes", "yes please") if n % 2 else Line("no", "no")
    return [
        Line("greeting", "Hi there"),
        Line("vague wish", "I need a haircut"),
        Line("choose", "the first one", tap=True),
        Line("name", f"My name is {_FIRST_NAMES[n % 10]} {_LAST_NAMES[n // 10 % 10]}"),
        Line("price", "how much is it?"),
        Line("correction", f"no, {_DAYS[n % 4]} please"),
        Line("choose again", "the first one", tap=True),
        Line("where", "where are you?"),
        decides,
        Line("thanks", "thanks"),
    ]


_FIRST_NAMES = ("Nora", "Omar", "Ines", "Paul", "Ruth", "Sven", "Tess", "Hugo", "Vera", "Liam")
_LAST_NAMES = ("Okoye", "Silva", "Novak", "Berg", "Costa", "Moss", "Patel", "Reyes", "Stone", "Wolf")
_DAYS = ("Friday afternoon", "Thursday morning", "next Tuesday afternoon", "Saturday morning")


@dataclass
class Visitor:
    """One browser with its page open: a cookie, and the stream in which answers appear."""

    front_url: str
    _items: asyncio.Queue[tuple[float, dict[str, Any]]] = field(default_factory=asyncio.Queue)
    _offer: dict[str, Any] | None = None

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
        body: dict[str, Any] = {"id": uuid.uuid4().hex}
        tapped = line.tap and self._offer is not None
        body |= {"choice": self._offer} if tapped else {"text": line.text}
        began = time.monotonic()
        (await self._http.post("/web/messages", json=body)).raise_for_status()
        ended, item = await asyncio.wait_for(self._items.get(), _PATIENCE_SECONDS)
        self._offer = _first_of(item)
        return Exchange(line.label, began, ended, item["text"], tapped)

    async def _listen(self, listening: asyncio.Event) -> None:
        async with self._http.stream("GET", "/web/events", timeout=None) as events:
            async for text in events.aiter_lines():
                listening.set()
                item = json.loads(text.removeprefix("data:")) if text.startswith("data:") else {}
                if item.get("who") == "us":
                    self._items.put_nowait((time.monotonic(), item))


def _first_of(item: dict[str, Any]) -> dict[str, Any] | None:
    choices = item["choices"]
    return {"message_id": item["message_id"], "n": choices[0]["n"]} if choices else None


class BareRasa:
    """Asks Rasa's REST channel as the house's bot_client does, on one kept connection."""

    def __init__(self, url: str) -> None:
        self._http = httpx.AsyncClient(base_url=url, timeout=_PATIENCE_SECONDS, trust_env=False)
        self._sender = f"web:{uuid.uuid4().hex}"

    async def close(self) -> None:
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
