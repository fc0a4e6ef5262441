"""How long a customer waits for an answer, where that time goes, and how much of it is the house's own.

`python -m benchmarks.message_round_trip`. The same messages go to Rasa's REST channel with a one-line action,
turn about with the house's in the same run, so that a busy machine slows both alike.
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
from benchmarks.house import House, running_house
from benchmarks.report import BARE_STEPS, STEPS, Result, Sample
from benchmarks.visitors import BareRasa, Exchange, Line, Visitor, conversation

_LINES = len(conversation(0))
_LONGEST_RUN_SECONDS = 420.0
Answers = Callable[[Line], Awaitable[Exchange]]


@dataclass(frozen=True)
class Phase:
    """What was exchanged, how long it took in all, and each process's own processor time."""

    exchanges: list[Exchange]
    seconds: float
    processor_seconds: dict[str, float]


async def one_after_another(house: House, conversations: int) -> tuple[list[Exchange], list[Exchange]]:
    """Conversation by conversation, each message first to the house, then to bare Rasa."""
    ours: list[Exchange] = []
    bare: list[Exchange] = []
    rasa = BareRasa(house.bare_url)
    for n in range(conversations):
        async with Visitor(house.front_url) as visitor:
            for line in conversation(n):
                ours.append(await visitor.say(line))
                bare.append(await rasa.say(line, tapped=ours[-1].tapped))
    await rasa.close()
    return ours, bare


async def house_at_once(house: House, people: int, first: int) -> Phase:
    """Everyone talks at the same time and answers at once: as hard as that many people can push."""
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(Visitor(house.front_url)) for _ in range(people)]
        return await _all_talk(house, [visitor.say for visitor in visitors], first)


async def bare_at_once(house: House, people: int, taps: set[str]) -> Phase:
    """The same messages to bare Rasa; `taps` are the lines that the house's visitors tapped."""
    rasas = [BareRasa(house.bare_url) for _ in range(people)]

    def says(rasa: BareRasa) -> Answers:
        return lambda line: rasa.say(line, tapped=line.label in taps)

    phase = await _all_talk(house, [says(rasa) for rasa in rasas], 0)
    for rasa in rasas:
        await rasa.close()
    return phase


async def _all_talk(house: House, people: Sequence[Answers], first: int) -> Phase:
    async def talk(n: int, say: Answers) -> list[Exchange]:
        return [await say(line) for line in conversation(n)]

    before, began = _processor_seconds(house), time.monotonic()
    talks = await asyncio.gather(*(talk(n, say) for n, say in enumerate(people, first)))
    seconds, after = time.monotonic() - began, _processor_seconds(house)
    return Phase([each for one in talks for each in one], seconds, {k: after[k] - before[k] for k in before})


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
        ours, bare = await one_after_another(house, conversations)
        crowd = await house_at_once(house, people, conversations)
        bare_crowd = await bare_at_once(house, people, {each.label for each in ours if each.tapped})
    return Result(
        sequential=Sample.of(ours, sum(each.ended - each.began for each in ours)),
        bare=Sample.of(bare, sum(each.ended - each.began for each in bare)),
        at_once=Sample.of(crowd.exchanges, crowd.seconds),
        bare_at_once=Sample.of(bare_crowd.exchanges, bare_crowd.seconds),
        people=people,
        steps=report.share_out(ours, spans.read(house.spans), STEPS, "front door"),
        bare_steps=report.share_out(bare, spans.read(house.bare_spans), BARE_STEPS, "HTTP to Rasa"),
        by_line=report.by_line(ours),
        processor_ms={
            name: 1000 * used / len(crowd.exchanges)
            for name, used in crowd.processor_seconds.items()
            if name not in ("one-line action", "bare bot")
        },
    )


def main(
    messages: Annotated[int, typer.Option(help="how many one after another", max=2000)] = 200,
    people: Annotated[int, typer.Option(help="conversations at once", max=50)] = 20,
    json_file: Annotated[Path | None, typer.Option("--json", help="also write the JSON line here")] = None,
) -> None:
    """Measure the house beside bare Rasa; ends with code 1 if a message was not answered."""
    console = Console(width=110)
    machine = report.machine()
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
