"""The chat in a terminal: prints replies with numbered choices and sends what is typed.

It speaks to the front door over HTTP like any page does, so nothing of the line is cut short.
"""

import uuid
from collections.abc import Callable, Iterable
from threading import Event, Thread
from typing import Any

import httpx
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

_LOOK_AGAIN_SECONDS = 0.2
_PATIENCE_SECONDS = 20.0
_TIMEOUT_SECONDS = 10.0
_LEAVING = frozenset({"/quit", "/exit", "/q"})


def chat(
    front_url: str,
    name: str,
    *,
    ask: Callable[[], str] | None = None,
    console: Console | None = None,
    http: httpx.Client | None = None,
) -> None:
    """Chat as `name` until end of input or /quit. `ask`, `console` and `http` are for tests."""
    screen = console or Console(highlight=False)
    client = http or httpx.Client(base_url=front_url, timeout=_TIMEOUT_SECONDS, trust_env=False)
    screen.print("[dim]Type and press Enter. A digit picks a choice. Ctrl-D leaves.[/dim]")
    replies = _Replies(client, screen, name)
    replies.start()
    try:
        for text in _typed(ask or (lambda: screen.input("\n[bold cyan]you >[/bold cyan] "))):
            replies.came.clear()
            if _send(client, screen, name, text):
                with screen.status("[dim]typing[/dim]"):
                    replies.came.wait(_PATIENCE_SECONDS)  # a person who has taken over may take longer
    finally:
        replies.stop()
        client.close()


class _Replies:
    """Reads beside the prompt, so that an answer that comes late is seen without asking for it."""

    def __init__(self, client: httpx.Client, screen: Console, name: str) -> None:
        self.came = Event()
        self._client, self._screen, self._name = client, screen, name
        self._leaving = Event()
        self._thread = Thread(target=self._read, daemon=True)
        self._seen = _latest(client, name)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._leaving.set()
        self._thread.join(_TIMEOUT_SECONDS)

    def _read(self) -> None:
        while not self._leaving.wait(_LOOK_AGAIN_SECONDS):
            try:
                items = _new(self._client, self._name, self._seen)
            except httpx.HTTPError:
                continue
            self._print(items)

    def _print(self, items: list[dict[str, Any]]) -> None:
        for item in items:
            self._seen = int(item["id"])
            if item["who"] == "us":
                show(item, self._screen)
                self.came.set()


def show(item: dict[str, Any], screen: Console) -> None:
    """One reply, its choices numbered, its links spelled out."""
    screen.print(Padding(f"[bold green]desk >[/bold green] {escape(item['text'])}", (0, 0)))
    for n, label in enumerate(item["choices"], start=1):
        screen.print(Padding(f"[bold]{n}[/bold]  {escape(label)}", (0, 0, 0, 4)))
    for link in item["links"]:
        screen.print(Padding(f"[blue]{escape(link['label'])}[/blue]: {escape(link['url'])}", (0, 0, 0, 4)))


def _typed(ask: Callable[[], str]) -> Iterable[str]:
    while True:
        try:
            text = ask()
        except (EOFError, KeyboardInterrupt):
            return
        if text.strip().lower() in _LEAVING:
            return
        yield text


def _send(client: httpx.Client, screen: Console, name: str, text: str) -> bool:
    """Whether it was taken. Typed digits travel as text; the door knows which offer was open."""
    try:
        answer = client.post("/terminal/messages", json={"id": uuid.uuid4().hex, "as": name, "text": text})
    except httpx.HTTPError:
        screen.print("[yellow]Frontdesk does not answer. Is `./frontdesk up` running?[/yellow]")
        return False
    if not answer.is_success:
        screen.print(f"[yellow]{escape(_detail(answer))}[/yellow]")
    return answer.is_success


def _detail(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"That was not taken (status {answer.status_code})."


def _latest(client: httpx.Client, name: str) -> int:
    """What was said before today's chat is not printed again."""
    try:
        earlier = _new(client, name, 0)
    except httpx.HTTPError:
        return 0
    return int(earlier[-1]["id"]) if earlier else 0


def _new(client: httpx.Client, name: str, after: int) -> list[dict[str, Any]]:
    answer = client.get("/terminal/messages", params={"as": name, "after": after})
    answer.raise_for_status()
    items: list[dict[str, Any]] = answer.json()
    return items
