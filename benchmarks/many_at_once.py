"""Fifty people write at once: how soon are their messages taken, how soon answered, and is one lost, doubled or late?

`python -m benchmarks.many_at_once`. The house runs as it does in life, with the trained assistant; Twilio and Telegram
are twins on loopback. Beside it stands a bare endpoint that checks the same signature and keeps one row.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import frontdesk
import processes
from benchmarks.machine import machine, sentence
from bot import launch
from scheduler_core import manage
from scheduler_core.settings import Settings, get_settings
from tests.fakes.telegram import TOKEN as BOT_TOKEN
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Person
from tests.fakes.twilio import ACCOUNT, TOKEN, FakeTwilio

PUBLIC, OURS = "https://desk.example", "+15550100"
LINES = ("hello", "how much is a haircut?", "a haircut with Ana next Thursday morning")
LONGEST_SECONDS = 150.0
_READY_SECONDS = 90.0
_COLUMNS = ("webhook p50 ms", "p99 ms", "all answered s", "answers/s", "lost", "doubled", "order")
Sends = Callable[[str, int], int]
"""Brings the n-th message of somebody to the house; the status it answers."""


@dataclass(frozen=True)
class Ran:
    """`waits`: of the webhooks, in seconds; `seconds`: until the last answer had been taken."""

    waits: Sequence[float]
    seconds: float = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0


class Provider:
    """One channel as its twin has it; `read`: what each person has got, in order."""

    def __init__(self, lines: Sequence[str], sends: Sends, read: Callable[[str], list[str]]) -> None:
        self.lines, self.sends, self.read = lines, sends, read


def on_twilio(twilio: FakeTwilio, front: str, channel: str, lines: Sequence[str]) -> Provider:
    prefix = "whatsapp:" if channel == "whatsapp" else ""

    def sends(who: str, n: int) -> int:
        form = twilio.form(f"{prefix}{who}", f"{prefix}{OURS}", lines[n])
        return twilio.tells(front, f"/{channel}/messages", form).status_code

    def read(who: str) -> list[str]:
        return [each.body for each in list(twilio.taken) if each.fields["To"] == f"{prefix}{who}"]

    return Provider(lines, sends, read)


def on_telegram(twin: FakeTelegram, people: dict[str, Person]) -> Provider:
    def sends(who: str, n: int) -> int:
        person = people[who]
        message = twin.keeps(person.id, {"from": person.profile, "text": LINES[n]})
        return twin.brings({"update_id": person.id * 10 + n, "message": dict(message)})

    return Provider(LINES, sends, lambda who: people[who].reads())


def talked(provider: Provider, people: Sequence[str]) -> Ran:
    """Everybody says all their lines, each once the one before has been answered."""
    began, waits = time.perf_counter(), list[float]()

    def talk(who: str) -> None:
        for n in range(len(provider.lines)):
            waits.append(_timed(lambda n=n: provider.sends(who, n)))  # type: ignore[misc]
            while len(provider.read(who)) <= n and time.perf_counter() - began < LONGEST_SECONDS:
                time.sleep(0.05)

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(talk, people))
    seconds = time.perf_counter() - began
    time.sleep(2)  # for what comes twice
    answers = {who: provider.read(who) for who in people}
    wanted = len(provider.lines)
    return Ran(
        waits,
        seconds,
        lost=sum(max(0, wanted - len(each)) for each in answers.values()),
        doubled=sum(max(0, len(each) - wanted) for each in answers.values()),
        out_of_order=sum(not _in_order(each) for each in answers.values()),
    )


def _in_order(answers: Sequence[str]) -> bool:
    """The price comes after the greeting."""
    return len(answers) < 2 or ("£" in answers[1] and "£" not in answers[0])


def _timed(sends: Callable[[], int]) -> float:
    before = time.perf_counter()
    status = sends()
    assert status in (200, 204), status
    return time.perf_counter() - before


@contextmanager
def running(home: Path, twilio: FakeTwilio, twin: FakeTelegram) -> Iterator[tuple[str, str]]:
    """The addresses of the house's front door and of the bare endpoint."""
    model = frontdesk.trained_model(get_settings().home)
    front, core, actions, bot, bare = (frontdesk.free_port() for _ in range(5))
    settings = Settings(home=home, front_port=front, core_port=core, actions_port=actions, bot_port=bot)
    settings.database_url = f"sqlite:///{home / 'frontdesk.db'}"
    manage.prepare(settings)
    told, serve = _told(settings, twilio, twin), [sys.executable, "frontdesk.py", "serve"]
    children = [_child(home, name, [*serve, name], told) for name in ("core", "actions", "channels")]
    hears = launch.environment(home, settings.actions_url)
    children.append(_child(home, "bot", launch.serving(model, bot), hears))
    least = [sys.executable, "-m", "uvicorn", "benchmarks.bare_webhook:app", "--no-access-log"]
    bares = dict(os.environ) | {"BARE_TOKEN": TOKEN, "BARE_URL": PUBLIC, "BARE_FILE": str(home / "bare.db")}
    children.append(_child(home, "bare", [*least, "--port", str(bare)], bares))
    try:
        for child in children:
            child.look_after()
        _wait_for([*((port, "/healthz") for port in (core, actions, front, bare)), (bot, launch.AWAKE_PATH)])
        yield f"http://127.0.0.1:{front}", f"http://127.0.0.1:{bare}"
    finally:
        processes.stop(children)


def _child(home: Path, name: str, command: list[str], environment: dict[str, str]) -> processes.Child:
    return processes.Child(name, command, environment, frontdesk.fresh_log(home, name))


def _told(settings: Settings, twilio: FakeTwilio, twin: FakeTelegram) -> dict[str, str]:
    """By environment, as `./frontdesk up` is told."""
    ours = {
        "HOME": settings.home,
        "PUBLIC_URL": PUBLIC,
        "FRONT_PORT": settings.front_port,
        "CORE_PORT": settings.core_port,
        "ACTIONS_PORT": settings.actions_port,
        "BOT_PORT": settings.bot_port,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_URL": twilio.url,
        "SMS_SENDER": OURS,
        "WHATSAPP_SENDER": OURS,
        "TELEGRAM_TOKEN": BOT_TOKEN,
        "TELEGRAM_API_URL": twin.url,
    }
    known = {key: value for key, value in os.environ.items() if not key.startswith("FRONTDESK_")}
    known["DATABASE_URL"] = settings.database_url
    return known | {f"FRONTDESK_{name}": str(value) for name, value in ours.items()}


def _wait_for(doors: Sequence[tuple[int, str]]) -> None:
    end = time.monotonic() + _READY_SECONDS
    while not all(frontdesk.answers(*door) for door in doors):
        if time.monotonic() > end:
            raise SystemExit(f"the house was not ready after {_READY_SECONDS:.0f} s")
        time.sleep(0.2)


def main(people: Annotated[int, typer.Option(help="how many write at once")] = 50) -> None:
    facts = machine()
    ran: dict[str, Ran] = {}
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="frontdesk-benchmark-")))
        twilio, twin = stack.enter_context(FakeTwilio(PUBLIC)), stack.enter_context(FakeTelegram())
        front, bare = stack.enter_context(running(home, twilio, twin))
        twin.network[PUBLIC] = front
        ran["bare endpoint (yardstick)"] = _at_the_bare_one(twilio, bare, people)
        phones = [f"+1555{n:07d}" for n in range(1, people + 1)]
        ran["whatsapp"] = talked(on_twilio(twilio, front, "whatsapp", LINES), phones)
        chats = {str(n): Person(twin, f"Nora {n}") for n in range(people)}
        ran["telegram"] = talked(on_telegram(twin, chats), list(chats))
        texts = [f"+1666{n:07d}" for n in range(1, people + 1)]
        ran["sms"] = talked(on_twilio(twilio, front, "sms", LINES[:1]), texts)
    _print(ran, people, sentence(facts))
    raise typer.Exit(int(any(each.lost or each.doubled or each.out_of_order for each in ran.values())))


def _at_the_bare_one(twilio: FakeTwilio, bare: str, people: int) -> Ran:
    forms = [twilio.form(f"+1777{n:07d}", OURS, LINES[0]) for n in range(people * len(LINES))]
    with ThreadPoolExecutor(people) as pool:
        waits = pool.map(
            lambda form: _timed(lambda: twilio.tells(bare, "/messages", form).status_code), forms
        )
        return Ran(list(waits))


def _print(ran: dict[str, Ran], people: int, where: str) -> None:
    table = Table(
        "at once: " + str(people),
        "webhook p50 ms",
        "p99 ms",
        "all answered s",
        "answers/s",
        "lost",
        "doubled",
        "order",
    )
    for name, each in ran.items():
        p99 = statistics.quantiles(each.waits, n=100)[98]
        rate = f"{len(each.waits) / each.seconds:.1f}" if each.seconds else ""
        row = [
            f"{statistics.median(each.waits) * 1000:.0f}",
            f"{p99 * 1000:.0f}",
            f"{each.seconds:.1f}",
            rate,
        ]
        table.add_row(name, *row, str(each.lost), str(each.doubled), "wrong" if each.out_of_order else "kept")
    Console().print(table, where, sep="\n")


if __name__ == "__main__":
    typer.run(main)
