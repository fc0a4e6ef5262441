"""How often does a customer with a goal book exactly what they want, and how often must they write?

    .venv/bin/python -m benchmarks.customers PATH [--goals 60] [--typos 0 0.1] [--transcripts FILE] [--seed 1]

PATH is a folder with `goals*.jsonl`. Every goal is played through the whole line (front door, trained assistant, action
server, core) at the goal's own business and on the goal's own day.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

import frontdesk
from benchmarks.goal_house import Booked, GoalHouses
from benchmarks.goals import Goal, colleagues_of, goals_in
from benchmarks.machine import machine, sentence
from benchmarks.simulated_customer import Script, SimulatedCustomer, Slip, Talk
from scheduler_core.settings import get_settings

FULL, TAKEN, VAGUE, NEW, AS_SAID = "full request", "taken slot", "vague", "new customer", "as it was said"
IN_ORDER, SLIP, CHILD = "two wishes in order", "corrects a slip", "one for a child too"
WAYS = (FULL, TAKEN, VAGUE, NEW, IN_ORDER, SLIP, AS_SAID, CHILD)
AIM_TURNS = {FULL: 2, TAKEN: 3, VAGUE: 3, NEW: 4}
"""Median turns; the slowest tenth may need two more."""
AIM_RIGHT = 97.0
_NAMES = (
    "Nora Berg",
    "Omar Silva",
    "Ines Novak",
    "Paul Costa",
    "Ruth Patel",
    "Hugo Stone",
    "Vera Wolf",
    "Liam Reyes",
)


@dataclass(frozen=True)
class Part:
    """One booking somebody comes for."""

    goal: Goal
    script: Script

    def is_met_by(self, visit: Booked) -> bool:
        """An attendee is kept with what they are to the customer: "Tim (son)"."""
        attendee = visit.attendee.split()[0] if visit.attendee else None
        wanted = (self.goal.start, (self.goal.service,), self.script.child)
        return wanted == (visit.start, visit.services, attendee) and self.goal.person in (
            None,
            visit.person,
        )


@dataclass(frozen=True)
class Played:
    """One conversation, and what stands in the diary after it."""

    parts: tuple[Part, ...]
    way: str
    talks: tuple[Talk, ...]
    booked: tuple[Booked, ...]

    @property
    def right(self) -> bool:
        """Every part was confirmed to the customer and stands in the diary, and nothing else does."""
        told = len(self.talks) == len(self.parts) and all(talk.confirmed for talk in self.talks)
        return told and not self.wrong and len(self.booked) == len(self.parts)

    @property
    def wrong(self) -> bool:
        """Something stands in the diary that nobody wanted, or twice."""
        met = [
            next((n for n, part in enumerate(self.parts) if part.is_met_by(each)), None)
            for each in self.booked
        ]
        return None in met or len(set(met)) < len(met)

    @property
    def turns(self) -> int:
        return sum(talk.turns for talk in self.talks)


@dataclass(frozen=True)
class Way:
    """A way to come to the goal, and the starts that somebody else has."""

    name: str
    parts: tuple[Part, ...]
    taken: tuple[datetime, ...] = ()


def ways(goal: Goal, dice: Random) -> Iterator[Way]:
    name = dice.choice(_NAMES)
    full = Part(goal, Script((goal.start,), name))
    refused = goal.refused[-1:] or (_an_hour_off(goal.start),)
    yield Way(FULL, (full,))
    yield Way(TAKEN, (Part(goal, Script((refused[0], goal.start), name)),), refused)
    yield Way(VAGUE, (Part(goal, Script((goal.start,), name, opens_with_time=False)),))
    yield Way(NEW, (full,))
    yield _in_order(goal, refused[0], name, first_is_free=dice.random() < 0.5)
    if slip := _slip(goal, dice):
        yield Way(SLIP, (Part(goal, Script((goal.start,), name, slip=slip)),))
    yield Way(AS_SAID, (Part(goal, Script(goal.wishes, name, asks=goal.asks)),), goal.refused)
    if goal.child:
        yield Way(CHILD, (full, _for_the_child(goal, goal.child, name)))


def _in_order(goal: Goal, other: datetime, name: str, *, first_is_free: bool) -> Way:
    """What is booked in the end is the first of two wishes, or the second because the first was taken."""
    either = (goal.start, other) if first_is_free else (other, goal.start)
    part = Part(goal, Script((goal.start,), name, either=either))
    return Way(IN_ORDER, (part,), () if first_is_free else (other,))


def _slip(goal: Goal, dice: Random) -> tuple[Slip, str] | None:
    slips: list[tuple[Slip, str]] = [("service", each) for each in goal.other_services]
    if goal.person:
        slips += [("person", each) for each in colleagues_of(goal)]
    return dice.choice(slips) if slips else None


def _for_the_child(goal: Goal, child: str, name: str) -> Part:
    theirs = replace(goal, service=goal.other_services[0], wishes=(goal.child_start,))
    return Part(theirs, Script((goal.child_start,), name, child=child))


def _an_hour_off(start: datetime) -> datetime:
    return start - timedelta(hours=1) if start.hour > 9 else start + timedelta(hours=1)


def play(houses: GoalHouses, goals: Iterable[Goal], typos: float, seed: int) -> Iterator[Played]:
    for goal in goals:
        dice = Random(f"{goal.id} {seed} {typos}")
        for way in ways(goal, dice):
            known = None if way.name in (NEW, AS_SAID) else way.parts[0].script.name
            with houses.open(goal, way.taken, known) as house:
                line, talks = house.customer(known), []
                for part in way.parts:
                    talks.append(SimulatedCustomer(part.goal, part.script, dice, typos).talk(line))
                    if not talks[-1].confirmed:
                        break
                yield Played(way.parts, way.name, tuple(talks), tuple(house.booked()))


def show(console: Console, played: Sequence[Played], typos: float) -> list[str]:
    columns = "way", "goals", "as wanted %", "wrong bookings", "not booked", "turns, median", "turns, p90"
    table = Table(*columns, title=f"{typos:.0%} of words mistyped")
    verdicts = []
    for way in WAYS:
        these = [each for each in played if each.way == way]
        if not these:
            continue
        right, wrong = sum(each.right for each in these), sum(each.wrong for each in these)
        turns = sorted(each.turns for each in these if each.right) or [0]
        p90 = turns[max(0, -(-9 * len(turns) // 10) - 1)]
        median = statistics.median(turns)
        left = sum(not each.booked for each in these)
        share = 100 * right / len(these)
        table.add_row(way, str(len(these)), f"{share:.1f}", str(wrong), str(left), f"{median:g}", str(p90))
        verdicts.append(_verdict(share >= AIM_RIGHT, f"{way}: {share:.1f} % as wanted, aim ≥ {AIM_RIGHT:g}"))
        if way in AIM_TURNS:
            aim = AIM_TURNS[way]
            told = f"{way}: {median:g} turns, slowest tenth {p90}, aim {aim} and {aim + 2}"
            verdicts.append(_verdict(median <= aim and p90 <= aim + 2, told))
    wrong = sum(each.wrong for each in played)
    verdicts.append(_verdict(wrong == 0, f"wrong bookings: {wrong}, aim 0"))
    console.print(table)
    return verdicts


def _verdict(met: bool, what: str) -> str:
    return f"{'[green]met[/]' if met else '[red]MISSED[/]'}: {what}"


def _written(played: Iterable[Played], typos: float) -> str:
    parts = []
    for each in played:
        goals = [part.goal for part in each.parts]
        wanted = "; ".join(
            f"{goal.service}, {goal.start:%a %d %b %H:%M}, {goal.person or 'anyone'}" for goal in goals
        )
        end = "as wanted" if each.right else f"WRONG {each.booked}" if each.wrong else "NOT AS WANTED"
        talk = "\n".join(str(talk) for talk in each.talks)
        parts.append(f"## {goals[0].id}, {each.way}, typos {typos:.0%}: {end}\nwants: {wanted}\n{talk}\n")
    return "\n".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--goals", type=int, default=60, help="how many, drawn by the seed; 0: all")
    parser.add_argument("--typos", type=float, nargs="+", default=[0.0, 0.1])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--transcripts", type=Path, help="write every conversation here")
    options = parser.parse_args(arguments)
    console = Console(width=120)
    try:
        goals = goals_in(options.path)
    except (OSError, ValueError) as fault:
        console.print(f"[red]{fault}[/]")
        return 2
    if 0 < options.goals < len(goals):
        goals = Random(options.seed).sample(goals, options.goals)
    logging.disable(logging.INFO)
    console.print(sentence(machine()))
    model = frontdesk.trained_model(get_settings().home)
    wrote, verdicts = [], []
    with (
        tempfile.TemporaryDirectory(prefix="frontdesk-customers-") as folder,
        GoalHouses(Path(folder), model) as houses,
    ):
        for typos in options.typos:
            played = list(play(houses, goals, typos, options.seed))
            verdicts += [f"typos {typos:.0%} · {each}" for each in show(console, played, typos)]
            wrote.append(_written(played, typos))
    for verdict in verdicts:
        console.print(verdict)
    if options.transcripts:
        options.transcripts.write_text("\n".join(wrote), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
