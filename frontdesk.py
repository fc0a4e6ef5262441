"""The commands: up, chat, doctor, train, test.

`./frontdesk` makes both environments, then runs this file, which trains the model when its sources have
changed, makes the database ready, and keeps the four processes of the house until they end together.
"""

import fcntl
import http.client
import importlib
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn

from bot import launch
from processes import Child, look_after, start, stop
from scheduler_core.settings import Settings, get_settings

_LOG_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
_ME = (sys.executable, str(launch.ROOT / "frontdesk.py"))
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PORTS = ("front_port", "core_port", "actions_port", "bot_port")
_APPS = {
    "core": "scheduler_core.app",
    "actions": "actions.server",
    "channels": "channels.app",
}

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
console = Console(highlight=False, soft_wrap=True)
log = logging.getLogger("frontdesk")


def trained_model(home: Path) -> Path:
    """The model of the present sources, trained now, for all to see, if no earlier run has."""
    return launch.trained_model(home, lambda made: _train(made, home))


def _train(made: Path, home: Path) -> None:
    output, parts = fresh_log(home, "train"), launch.parts_to_train()
    columns = (SpinnerColumn(), *Progress.get_default_columns()[:-1], TimeElapsedColumn())
    with output.open("w") as file, Progress(*columns, console=console) as progress:
        task = progress.add_task("training the assistant", total=parts)
        trainer = start(launch.training(made), launch.environment(home), subprocess.PIPE)
        for line in trainer.stdout or ():
            file.write(text := line.decode(errors="replace"))
            if found := re.search(r"(Starting to|Finished) train(?:ing)? component '(\w+)'", text):
                progress.update(task, advance=found[1] == "Finished", description=f"training {found[2]}")
        if trainer.wait() or not made.exists():
            raise SystemExit(f"The assistant could not be trained; {output} says why.")
        progress.update(task, completed=parts, description="the assistant is trained")


def answers(port: int, path: str = "/") -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1.0)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", path)
        return connection.getresponse().status < 400
    return False


def free_port(wanted: int = 0) -> int:
    """`wanted` if nobody listens there, else one that the system names."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fresh_log(home: Path, name: str) -> Path:
    """An empty log; the last run's is kept as NAME.log.1."""
    (path := home / "logs" / f"{name}.log").parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.replace(f"{path}.1")
    return path


def running(home: Path) -> dict[str, Any] | None:
    """Where this checkout's house is, if it runs: the lock on the note, not the note, says that it does."""
    with suppress(FileNotFoundError), (home / "up.json").open() as note:
        try:
            fcntl.flock(note, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return dict(json.loads(note.read() or "{}"))
    return None


@contextmanager
def _only_house(settings: Settings) -> Iterator[None]:
    with (settings.home / "up.json").open("a+") as note:
        note.seek(0)
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.print("Frontdesk already runs here: {url} (process {pid})".format_map(json.load(note)))
            raise SystemExit from None
        here = {"pid": os.getpid(), "port": settings.front_port, "url": settings.public_url}
        (settings.home / "up.json").write_text(json.dumps(here))
        yield


def _with_free_ports() -> Settings:
    """Children inherit the ports by environment."""
    for name in _PORTS:
        os.environ[f"FRONTDESK_{name.upper()}"] = str(free_port(getattr(get_settings(), name)))
    return Settings()


@app.command()
def up() -> None:
    """Run the product until Ctrl-C, and say where its page is."""
    settings, children = _with_free_ports(), list[Child]()
    for number in _STOPS:
        signal.signal(number, _interrupt_once)
    try:
        with _only_house(settings):
            _run(children, settings)
    except KeyboardInterrupt:
        console.print("stopping")
    finally:
        stop(children)


def _interrupt_once(number: int, frame: object) -> None:
    """Stopping is not itself stopped by an impatient second Ctrl-C."""
    for each in _STOPS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def _run(children: list[Child], settings: Settings) -> None:
    began, home = time.monotonic(), settings.home
    logging.basicConfig(format=_LOG_LINE, filename=fresh_log(home, "up"))
    log.addHandler(logging.StreamHandler())
    model = trained_model(home)
    gate, opener = os.pipe()  # the page waits at it, imported and ready to go, for the database
    children += [_serving("core", home), _serving("channels", home, gate)]
    with console.status("database and demo business"):
        look_after(children, until=lambda: answers(settings.core_port, "/healthz"))
    os.close(opener)
    look_after(children, until=lambda: answers(settings.front_port))
    console.print(f"open [bold]{settings.public_url}[/] (after {time.monotonic() - began:.0f} s)")
    bot = launch.serving(model, settings.bot_port), launch.environment(home, settings.actions_url)
    children += [_serving("actions", home), Child("bot", *bot, fresh_log(home, "bot"))]
    look_after(children, until=lambda: answers(settings.actions_port, "/healthz"))
    look_after(children, until=lambda: answers(settings.bot_port, launch.AWAKE_PATH))
    console.print(f"assistant ready after {time.monotonic() - began:.0f} s; Ctrl-C stops everything")
    look_after(children, until=lambda: False)


def _serving(name: str, home: Path, gate: int = subprocess.DEVNULL) -> Child:
    return Child(name, [*_ME, "serve", name], dict(os.environ), fresh_log(home, name), gate)


@app.command(hidden=True)
def serve(name: str) -> None:
    """Run one of the house's own processes."""
    import uvicorn

    logging.basicConfig(level=logging.INFO, format=_LOG_LINE)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    port = getattr(get_settings(), {"channels": "front_port"}.get(name, f"{name}_port"))
    module = importlib.import_module(_APPS[name])
    if name == "core":
        importlib.import_module("scheduler_core.manage").prepare(get_settings())
    else:
        sys.stdin.read()
    uvicorn.run(
        module.create_app, factory=True, host="127.0.0.1", port=port, log_config=None, access_log=False
    )


@app.command()
def chat(name: Annotated[str, typer.Option("--as", help="who you are to the house")] = "guest") -> None:
    """Chat in this terminal, with the house that runs or with one started for this chat."""
    from channels.terminal import client

    settings, own = get_settings(), None
    if (house := running(settings.home)) is None:
        settings = _with_free_ports()
        trained_model(settings.home)
        house = {"port": settings.bot_port, "path": launch.AWAKE_PATH, "url": settings.public_url}
        with fresh_log(settings.home, "chat").open("wb") as output:
            own = start([*_ME, "up"], dict(os.environ), output)
    try:
        with console.status("the house opens"):
            while not answers(house["port"], house.get("path", "/")):
                if own and own.poll() is not None:
                    raise SystemExit(f"The house did not open; {settings.home / 'logs'} says why.")
                time.sleep(0.05)
        client.chat(house["url"], name)
    finally:
        if own:
            own.terminate()
            own.wait()


@app.command()
def doctor() -> None:
    """Look at what each channel needs, and say what to do next; ends with 1 where something is not well."""
    from channels.doctor import examine, lines

    settings = get_settings()
    for line in _state_of_house(settings):
        console.print(line, markup=False)
    examined = examine(settings)
    for line in lines(examined, settings):
        console.print(line, markup=False)
    if not all(each.is_well for each in examined):
        console.print("then look again: ./frontdesk doctor")
        raise SystemExit(1)


def _state_of_house(settings: Settings) -> Iterator[str]:
    """None of it is a fault: the first start makes what is missing."""
    prepared = importlib.import_module("scheduler_core.manage").is_prepared(settings)
    trained, house = launch.is_trained(settings.home), running(settings.home)
    yield f"house: {'it runs here, ' + house['url'] if house else 'it does not run; ./frontdesk up starts it'}"
    yield "  ✓ the database is ready" if prepared else "  · the first start makes the database"
    yield "  ✓ the assistant is trained" if trained else "  · the first start trains the assistant"


@app.command()
def train() -> None:
    """Train the assistant if its sources have changed."""
    console.print(f"trained: {trained_model(get_settings().home)}")


@app.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True}, add_help_option=False
)
def test(ctx: typer.Context) -> None:
    """Run all tests, those about the house too, on every core; what follows goes to pytest."""
    trained_model(get_settings().home)
    on_every_core = [
        "-n",
        "auto",
        "--maxprocesses",
        "4",
        "--dist",
        "loadgroup",
    ]  # each has a PostgreSQL of its own
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *on_every_core, *ctx.args])


if __name__ == "__main__":
    app()
