"""A whole house in a temporary folder for a benchmark, and beside it Rasa alone with a one-line action."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import frontdesk
import processes
from bot import launch
from scheduler_core import manage
from scheduler_core.settings import Settings, get_settings

_PATIENCE_SECONDS = 90.0
_HOUSE = ("core", "actions", "channels")
RASA = "Rasa"
RASA_AS_SHIPPED = "Rasa as shipped"


@dataclass(frozen=True)
class House:
    """Where to knock, whose processor time to read, and where each process notes its spans."""

    front_url: str
    rasa_urls: dict[str, str]
    pids: dict[str, int]
    spans: list[Path]
    rasa_spans: list[Path]


@contextmanager
def running_house() -> Iterator[House]:
    """Fresh database, demo business, free loopback ports; everything is stopped and deleted at the end."""
    model = frontdesk.trained_model(get_settings().home)
    with tempfile.TemporaryDirectory(prefix="frontdesk-benchmark-") as folder:
        home = Path(folder)
        settings = _settings(home)
        manage.prepare(settings)
        action_port, rasa_port, shipped_port = (frontdesk.free_port() for _ in range(3))
        action_url = f"http://127.0.0.1:{action_port}"
        children = {
            **{name: _house_child(name, settings) for name in _HOUSE},
            "bot": _bot("bot", home, model, settings.bot_port, settings.actions_url),
            "one-line action": _one_line_action(home, action_port),
            RASA: _bot("rasa", home, model, rasa_port, action_url),
            RASA_AS_SHIPPED: _as_shipped(_bot("shipped", home, model, shipped_port, action_url), home),
        }
        try:
            for child in children.values():
                child.look_after()
            _wait_for(children, settings, rasa_port, shipped_port)
            yield House(
                front_url=f"http://127.0.0.1:{settings.front_port}",
                rasa_urls={
                    RASA: f"http://127.0.0.1:{rasa_port}",
                    RASA_AS_SHIPPED: f"http://127.0.0.1:{shipped_port}",
                },
                pids={name: child.process.pid for name, child in children.items() if child.process},
                spans=[home / f"{name}.spans" for name in (*_HOUSE, "bot")],
                rasa_spans=[home / "rasa.spans"],
            )
        finally:
            processes.stop(list(children.values()))


def _settings(home: Path) -> Settings:
    return Settings(
        home=home,
        database_url=f"sqlite:///{home / 'frontdesk.db'}",
        public_url="",
        front_port=frontdesk.free_port(),
        core_port=frontdesk.free_port(),
        actions_port=frontdesk.free_port(),
        bot_port=frontdesk.free_port(),
    )


def _house_child(name: str, settings: Settings) -> processes.Child:
    """Told by environment where everything is, as `./frontdesk up` does it."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("FRONTDESK_")}
    environment |= {
        "DATABASE_URL": settings.database_url,
        "FRONTDESK_HOME": str(settings.home),
        "FRONTDESK_FRONT_PORT": str(settings.front_port),
        "FRONTDESK_CORE_PORT": str(settings.core_port),
        "FRONTDESK_ACTIONS_PORT": str(settings.actions_port),
        "FRONTDESK_BOT_PORT": str(settings.bot_port),
    }
    command = [sys.executable, "-m", "benchmarks.measured", name, str(settings.home / f"{name}.spans")]
    return processes.Child(name, command, environment, frontdesk.fresh_log(settings.home, name))


def _bot(name: str, home: Path, model: Path, port: int, actions_url: str) -> processes.Child:
    command = launch.serving(model, port)
    command[command.index("bot")] = "benchmarks.measured_bot"
    command.insert(command.index("run"), str(home / f"{name}.spans"))
    environment = launch.environment(home, actions_url)
    return processes.Child(name, command, environment, frontdesk.fresh_log(home, name))


def _as_shipped(bot: processes.Child, home: Path) -> processes.Child:
    """The same model without what the house changes: Rasa's own tracker store, domain and schema check."""
    endpoints = home / "as-shipped.yml"
    endpoints.write_text("action_endpoint:\n  url: ${FRONTDESK_ACTIONS_URL}/webhook\n")
    command = [str(endpoints) if part == "bot/endpoints.yml" else part for part in bot.command]
    command.insert(command.index("run"), "--as-shipped")
    return replace(bot, command=command)


def _one_line_action(home: Path, port: int) -> processes.Child:
    command = [sys.executable, "-m", "uvicorn", "benchmarks.one_line_action:app", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--no-access-log"]
    log = frontdesk.fresh_log(home, "one-line")
    return processes.Child("one-line action", command, dict(os.environ), log)


def _wait_for(children: dict[str, processes.Child], settings: Settings, *rasa_ports: int) -> None:
    doors = [(port, "/healthz") for port in (settings.core_port, settings.actions_port, settings.front_port)]
    doors += [(port, launch.AWAKE_PATH) for port in (settings.bot_port, *rasa_ports)]
    end = time.monotonic() + _PATIENCE_SECONDS
    while not all(frontdesk.answers(*door) for door in doors):
        for child in children.values():
            if child.process and child.process.poll() is not None:
                raise SystemExit(f"{child.name} did not start:\n{child.output.read_text()[-2000:]}")
        if time.monotonic() > end:
            raise SystemExit(f"the house was not ready after {_PATIENCE_SECONDS:.0f} s")
        time.sleep(0.1)
