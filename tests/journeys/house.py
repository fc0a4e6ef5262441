"""The whole house for a journey: real apps over real HTTP, the real bot, a clock that only a test moves.

Core, actions and channels run in threads of the test's process, so that they can be given the clock; the bot is a
process of its own, as it is in life. Every house begins with the demo salon as it is on `MONDAY_MORNING`.
"""

import json
import shutil
import sqlite3
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any, Protocol, Self

import httpx
import uvicorn
from fastapi import FastAPI

import actions.server
import channels.app
import frontdesk
import processes
import scheduler_core.app
from bot import launch
from channels.terminal.channel import address_of
from scheduler_core import manage
from scheduler_core.db.session import open_database
from scheduler_core.settings import Settings
from scheduler_core.worker import work_until_idle

MONDAY_MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
_PATIENCE_SECONDS = 60.0
_LOOK_AGAIN_SECONDS = 0.02


class HandSetClock:
    """Stands still until it is set or moved on."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        self.now = now.astimezone(UTC)

    def advance(self, **span: float) -> None:
        """`clock.advance(hours=2)`: the names are those of timedelta."""
        self.now += timedelta(**span)


def wait_until(what: Callable[[], bool], hoped_for: str) -> None:
    """For things that take real time: a process that starts, an answer on its way."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < deadline, f"waited {_PATIENCE_SECONDS:.0f} s in vain: {hoped_for}"
        time.sleep(_LOOK_AGAIN_SECONDS)


# -- what customers do --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reply:
    """One message of ours. `"Ana" in reply` looks at its text."""

    text: str
    choices: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    message_id: int | None = None

    def __contains__(self, words: str) -> bool:
        return words in self.text


class Voice(Protocol):
    """How a person is heard and hears on one channel."""

    def send(self, body: dict[str, Any]) -> httpx.Response: ...

    def news(self, after: int) -> Iterator[dict[str, Any]]: ...


class TerminalVoice:
    def __init__(self, front_url: str, name: str) -> None:
        self._http = httpx.Client(base_url=front_url, trust_env=False, timeout=_PATIENCE_SECONDS)
        self._name = name

    def send(self, body: dict[str, Any]) -> httpx.Response:
        return self._http.post("/terminal/messages", json={"as": self._name, **body})

    def news(self, after: int) -> Iterator[dict[str, Any]]:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            items = self._http.get("/terminal/messages", params={"as": self._name, "after": after}).json()
            yield from items
            after = max((item["id"] for item in items), default=after)
            time.sleep(_LOOK_AGAIN_SECONDS)


class WebVoice:
    """A browser with its own cookie. The page learns nobody's name before it is told."""

    def __init__(self, front_url: str) -> None:
        self._http = httpx.Client(base_url=front_url, trust_env=False, timeout=_PATIENCE_SECONDS)
        self._http.get("/").raise_for_status()

    def send(self, body: dict[str, Any]) -> httpx.Response:
        return self._http.post("/web/messages", json=body)

    def news(self, after: int) -> Iterator[dict[str, Any]]:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        with self._http.stream("GET", "/web/events", params={"after": after}) as stream:
            for line in stream.iter_lines():
                if line.startswith("data: {") and "id" in (item := json.loads(line.removeprefix("data: "))):
                    yield item | {"choices": [choice["label"] for choice in item["choices"]]}
                if time.monotonic() > deadline:
                    return


class Customer:
    """Someone who chats. A second passes on the house's clock with each message."""

    def __init__(self, voice: Voice, clock: HandSetClock) -> None:
        self._voice, self._clock = voice, clock
        self._heard = 0
        self.last = Reply("")

    def says(self, text: str) -> Reply:
        self.sends(text)
        return self.hears()

    def taps(self, label: str) -> Reply:
        """Press the button with this label under the last message that had one."""
        choice = {"message_id": self.last.message_id, "n": self.last.choices.index(label)}
        self._send({"text": label, "choice": choice})
        return self.hears()

    def sends(self, text: str, message_id: str | None = None) -> None:
        """Without waiting for an answer; the same `message_id` twice is the same message."""
        self._send({"text": text, "id": message_id or uuid.uuid4().hex})

    def hears(self) -> Reply:
        """The next message of ours."""
        for item in self._voice.news(self._heard):
            self._heard = max(self._heard, item["id"])
            if item["who"] == "us":
                links = {link["label"]: link["url"] for link in item["links"]}
                self.last = Reply(item["text"], tuple(item["choices"]), links, item["message_id"])
                return self.last
        raise AssertionError("no answer came")

    def _send(self, body: dict[str, Any]) -> None:
        self._clock.advance(seconds=1)
        self._voice.send({"id": uuid.uuid4().hex, **body}).raise_for_status()


# -- the house ----------------------------------------------------------------------------------------------------


class App:
    """One of the house's own processes, here a thread that can be stopped and started."""

    def __init__(self, make: Callable[[], FastAPI], port: int) -> None:
        self._make, self._port = make, port
        self._server: uvicorn.Server | None = None

    def start(self) -> None:
        config = uvicorn.Config(
            self._make(), host="127.0.0.1", port=self._port, log_config=None, access_log=False
        )
        self._server = server = uvicorn.Server(config)
        self._thread = Thread(target=server.run, daemon=True)
        self._thread.start()
        wait_until(lambda: server.started, f"an app on port {self._port}")

    def stop(self) -> None:
        if self._server:
            self._server.should_exit = True
            self._thread.join()
            self._server = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()


class Bot:
    """The real assistant, one process for all journeys."""

    def __init__(self, settings: Settings, model: Path) -> None:
        self._settings, self._model = settings, model
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self._process:
            return
        port, home = self._settings.bot_port, self._settings.home
        with (home / "bot.log").open("ab") as log:
            knows = launch.environment(home, self._settings.actions_url)
            self._process = processes.start(launch.serving(self._model, port), knows, log)
        wait_until(lambda: frontdesk.answers(port, launch.AWAKE_PATH), f"the bot; see {home / 'bot.log'}")

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None


@dataclass
class Premises:
    """What all houses of a test run share: the ports, the bot, and a salon to copy."""

    settings: Settings
    bot: Bot
    salon: Path


@dataclass
class House:
    settings: Settings
    clock: HandSetClock
    bot: Bot
    core: App
    front: App

    def customer(self, channel: str = "web", name: str = "Sam") -> Customer:
        """`terminal` knows people by name ("maria" is a regular); on `web` everyone is new."""
        url = self.settings.public_url
        return Customer(TerminalVoice(url, name) if channel == "terminal" else WebVoice(url), self.clock)

    def visits(self, name: str) -> list[dict[str, Any]]:
        """The coming appointments of a customer on `terminal`, as the core tells them."""
        body = {"channel": "terminal", "address": address_of(name), "display_name": None}
        return list(self.ask_core("POST", "/conversations/open", body)["appointments"])

    def ask_core(
        self, method: str, path: str, body: dict[str, Any] | None = None, key: str | None = None
    ) -> Any:
        """`key`: what changes a booking carries one."""
        url = f"{self.settings.core_url}/v1/businesses/{self.settings.business_id}{path}"
        known = {"X-API-Key": self.settings.api_key.get_secret_value()}
        headers = known | ({"Idempotency-Key": key} if key else {})
        answer = httpx.request(method, url, json=body, headers=headers, trust_env=False)
        return answer.raise_for_status().json()

    def does_what_is_due(self) -> None:
        """As the core's workers do in life; what is said by it is on its way when this returns."""
        database = open_database(self.settings.database_url)
        try:
            work_until_idle(database, self.settings, self.clock)
        finally:
            database.close()
        self.comes_to_rest()

    def comes_to_rest(self) -> None:
        """Waits until every message has been taken up and every answer is on its way."""
        file = self.settings.database_url.removeprefix("sqlite:///")
        left = (
            "SELECT count(*) FROM job"
            " WHERE queue <> 'due' AND state IN ('pending', 'running') AND due_at <= ?"
        )

        def is_done() -> bool:
            with closing(sqlite3.connect(file)) as database:
                (count,) = database.execute(left, [self.clock.now.timestamp() * 1_000_000]).fetchone()
            return bool(count == 0)

        wait_until(is_done, "nothing left to do")

    def desk(self) -> str:
        """The staff's page."""
        return self.fetch(f"{self.settings.public_url}/desk").text

    def fetch(self, url: str) -> httpx.Response:
        return httpx.get(url, trust_env=False).raise_for_status()


@contextmanager
def open_premises(home: Path, model: Path) -> Iterator[Premises]:
    """Actions and the bot, which remember nothing, and a demo salon that houses copy."""
    settings = Settings(
        home=home,
        front_port=frontdesk.free_port(),
        core_port=frontdesk.free_port(),
        actions_port=frontdesk.free_port(),
        bot_port=frontdesk.free_port(),
    )
    salon = home / "salon"
    manage.prepare(_with_database(settings, salon), clock=lambda: MONDAY_MORNING)
    bot = Bot(settings, model)
    with ExitStack() as closing:
        closing.enter_context(App(lambda: actions.server.create_app(settings), settings.actions_port))
        closing.callback(bot.stop)
        bot.start()
        yield Premises(settings, bot, salon)


@contextmanager
def open_house(premises: Premises, folder: Path, **more: Any) -> Iterator[House]:
    """`more`: settings of this house alone."""
    shutil.copytree(premises.salon, folder, dirs_exist_ok=True)
    settings = _with_database(premises.settings, folder).model_copy(update=more)
    clock = HandSetClock(MONDAY_MORNING)
    core = App(lambda: scheduler_core.app.create_app(settings, clock), settings.core_port)
    front = App(lambda: channels.app.create_app(settings, clock), settings.front_port)
    premises.bot.start()
    with core, front:
        yield House(settings, clock, premises.bot, core, front)


def _with_database(settings: Settings, folder: Path) -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    return settings.model_copy(update={"database_url": f"sqlite:///{folder / 'frontdesk.db'}"})
