"""How long a customer waits for an answer, where that time goes, and how much of it is the house's own.

`python -m benchmarks.message_round_trip`. The same messages go to Rasa's REST channel with a one-line action,
in turns with the house's and in the same run, so that a busy machine slows all alike.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks import report, spans
from benchmarks.house import RASA, House, running_house
from benchmarks.machine import machine as machine_facts
from benchmarks.report import HOUSE, RASA_STEPS, STEPS, Result, Sample
from benchmarks.visitors import Exchange, Line, RasaAlone, Visitor, conversation

_LINES = len(conversation(0))
_LONGEST_RUN_SECONDS = 420.0
Answers = Callable[[Line], Awaitable[Exchange]]


@dataclass(frozen=True)
class Crowd:
    """What people said at the same time, how long that took, and the processor time each process spent."""

    exchanges: list[Exchange]
    seconds: float
    processor_seconds: dict[str, float]


async def one_after_another(house: House, conversations: int) -> dict[str, list[Exchange]]:
    """Conversation by conversation, each message first to the house, then to Rasa alone."""
    said: dict[str, list[Exchange]] = {name: [] for name in (HOUSE, *house.rasa_urls)}
    for n in range(conversations):
        async with AsyncExitStack() as stack:
            visitor = await stack.enter_async_context(Visitor(house.front_url))
            rasas = {k: await stack.enter_async_context(RasaAlone(url)) for k, url in house.rasa_urls.items()}
            for line in conversation(n):
                said[HOUSE].append(await visitor.say(line))
                for name, rasa in rasas.items():
                    said[name].append(await rasa.say(line, tapped=said[HOUSE][-1].tapped))
    return said


async def house_at_once(house: House, people: int, first: int) -> Crowd:
    """All talk at the same time, each answering at once: as hard as that many people can push."""
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(Visitor(house.front_url)) for _ in range(people)]
        return await _all_talk(house, [visitor.say for visitor in visitors], first)


async def rasa_at_once(house: House, url: str, people: int, first: int, taps: set[str]) -> Crowd:
    """The same to Rasa alone; `taps` are the lines that the house's visitors tapped."""

    def says(rasa: RasaAlone) -> Answers:
        return lambda line: rasa.say(line, tapped=line.label in taps)

    async with AsyncExitStack() as stack:
        rasas = [await stack.enter_async_context(RasaAlone(url)) for _ in range(people)]
        return await _all_talk(house, [says(rasa) for rasa in rasas], first)


async def _all_talk(house: House, people: Sequence[Answers], first: int) -> Crowd:
    async def talk(n: int, say: Answers) -> list[Exchange]:
        return [await say(line) for line in conversation(n)]

    before, began = _processor_seconds(house), time.monotonic()
    talks = await asyncio.gather(*(talk(n, say) for n, say in enumerate(people, first)))
    seconds, after = time.monotonic() - began, _processor_seconds(house)
    return Crowd([each for one in talks for each in one], seconds, {k: after[k] - before[k] for k in before})


def _processor_seconds(house: House) -> dict[str, float]:
    """User and system time of each process (Linux: proc_pid_stat(5), fields 14 and 15); nothing elsewhere."""
    found = {}
    for name, pid in house.pids.items():
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists():
            fields = stat.read_text().rpartition(")")[2].split()
            found[name] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


async def measure(house: House, messages: int, people: int) -> Result:
    conversations = max(1, messages // _LINES)
    async with asyncio.timeout(_LONGEST_RUN_SECONDS):
        await one_after_another(house, 2)  # first calls load what later ones have
        said = await one_after_another(house, conversations)
        taps = {each.label for each in said[HOUSE] if each.tapped}
        crowds = {HOUSE: await house_at_once(house, people, conversations)}
        for name, url in house.rasa_urls.items():
            crowds[name] = await rasa_at_once(house, url, people, conversations, taps)
    crowd = crowds[HOUSE]
    return Result(
        people=people,
        sequential={
            name: Sample.of(each, sum(e.ended - e.began for e in each)) for name, each in said.items()
        },
        at_once={name: Sample.of(each.exchanges, each.seconds) for name, each in crowds.items()},
        steps=report.share_out(said[HOUSE], spans.read(house.spans), STEPS, "front door"),
        rasa_steps=report.share_out(said[RASA], spans.read(house.rasa_spans), RASA_STEPS, "HTTP to Rasa"),
        by_line=report.by_line(said[HOUSE]),
        processor_ms={
            name: 1000 * crowd.processor_seconds[name] / len(crowd.exchanges)
            for name in ("channels", "bot", "actions", "core")
            if name in crowd.processor_seconds
        },
    )


def main(
    messages: Annotated[int, typer.Option(help="how many one after another", max=2000)] = 200,
    people: Annotated[int, typer.Option(help="conversations at once", max=50)] = 20,
    json_file: Annotated[Path | None, typer.Option("--json", help="also write the JSON line here")] = None,
) -> None:
    """Measure the house beside Rasa alone; ends with code 1 if a message was not answered."""
    console = Console(width=110)
    machine = machine_facts()
    with console.status("starting the house, and Rasa alone beside it"), running_house() as house:
        result = asyncio.run(measure(house, messages, people))
    report.show(console, machine, result)
    line = report.as_json(machine, result)
    print(line)  # noqa: T201 - for machines, unwrapped
    if json_file:
        json_file.write_text(line + "\n")
    if result.failures:
        raise SystemExit(1)


if __name__ == "__main__":
    typer.run(main)
