"""From exchanges and spans to the table a person reads and the line a machine keeps."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from rich.console import Console
from rich.table import Table

from benchmarks.house import RASA, RASA_AS_SHIPPED
from benchmarks.machine import sentence
from benchmarks.spans import Span, seconds_by_step
from benchmarks.visitors import Exchange

AIM_P50_MS = 150.0
AIM_OVERHEAD = 1.5

HOUSE = "the house"
RASA_STEPS = ("HTTP to the action", "Rasa NLU", "rule and policy", "Rasa, inside")
STEPS = (
    "database (core)", "core", "HTTP to the core", "action", *RASA_STEPS, "Rasa", "database (channels)",
)  # fmt: skip
"""Innermost first: an instant in which the core waits for its database is the database's."""

_NAMES = {"Rasa, inside": "Rasa, around these", "Rasa": "HTTP to Rasa", "front door": "channels (front door)"}
_READING_ORDER = (
    "front door", "database (channels)", "Rasa", "HTTP to Rasa", "Rasa, inside", "Rasa NLU",
    "rule and policy", "HTTP to the action", "action", "HTTP to the core", "core", "database (core)",
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """Waits of one phase in milliseconds."""

    messages: int
    p50_ms: float
    p95_ms: float
    per_second: float
    failed: int
    booked: int

    @classmethod
    def of(cls, exchanges: Sequence[Exchange], seconds: float) -> Self:
        waits = sorted(1000 * (each.ended - each.began) for each in exchanges)
        return cls(
            messages=len(waits),
            p50_ms=statistics.median(waits),
            p95_ms=waits[max(0, -(-95 * len(waits) // 100) - 1)],
            per_second=len(waits) / seconds,
            failed=sum(each.failed for each in exchanges),
            booked=sum(each.booked for each in exchanges),
        )


@dataclass(frozen=True)
class Result:
    """Samples by whom was asked: the house, Rasa with the house's settings, Rasa as shipped."""

    people: int
    sequential: dict[str, Sample]
    at_once: dict[str, Sample]
    steps: dict[str, dict[str, float]]
    rasa_steps: dict[str, dict[str, float]]
    by_line: dict[str, float]
    processor_ms: dict[str, float]

    @property
    def failures(self) -> int:
        return sum(each.failed for phase in (self.sequential, self.at_once) for each in phase.values())

    def overhead(self, rasa: str) -> float:
        """How many times longer a message takes, one after another."""
        return self.sequential[HOUSE].p50_ms / self.sequential[rasa].p50_ms

    def overhead_at_once(self, rasa: str) -> float:
        return self.at_once[HOUSE].p50_ms / self.at_once[rasa].p50_ms


def share_out(
    exchanges: Sequence[Exchange], spans: Sequence[Span], innermost_first: Sequence[str], rest: str
) -> dict[str, dict[str, float]]:
    """Of each step: mean milliseconds, percent and calls a message."""
    total, calls = dict.fromkeys((*innermost_first, rest), 0.0), dict.fromkeys((*innermost_first, rest), 0)
    for each in exchanges:
        near = [s for s in spans if s.began < each.ended and s.ended > each.began]
        parts = seconds_by_step(Span(rest, each.began, each.ended), near, innermost_first)
        for step, seconds in parts.items():
            total[step] += seconds
        for span in near:
            calls[span.step] += span.began >= each.began
    whole = sum(total.values())
    return {
        step: {
            "ms": 1000 * total[step] / len(exchanges),
            "percent": 100 * total[step] / whole,
            "calls": calls[step] / len(exchanges),
        }
        for step in sorted(total, key=_READING_ORDER.index)
    }


def by_line(exchanges: Sequence[Exchange]) -> dict[str, float]:
    """The median wait for each line of the conversation, in milliseconds."""
    waits: dict[str, list[float]] = {}
    for each in exchanges:
        waits.setdefault(each.label, []).append(1000 * (each.ended - each.began))
    return {label: statistics.median(each) for label, each in waits.items()}


def as_json(machine: dict[str, Any], result: Result) -> str:
    facts = {"benchmark": "message_round_trip", "machine": machine, **asdict(result)}
    for rasa in (RASA, RASA_AS_SHIPPED):
        facts[f"overhead over {rasa}"] = [result.overhead(rasa), result.overhead_at_once(rasa)]
    return json.dumps(_rounded(facts))


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return round(value, 2) if isinstance(value, float) else value


def show(console: Console, machine: dict[str, Any], result: Result) -> None:
    console.print(sentence(machine))
    console.print(_waits(result))
    console.print(_steps(result))
    console.print(f"p50 ms by line: {_listed(result.by_line)}")
    if result.processor_ms:
        together = sum(result.processor_ms.values())
        used = _listed(result.processor_ms)
        console.print(f"processor ms a message, {result.people} at once: {used}; together {together:.0f}")
    for verdict in verdicts(result):
        console.print(verdict)


def _listed(milliseconds: dict[str, float]) -> str:
    return ", ".join(f"{name} {ms:.0f}" for name, ms in milliseconds.items())


def verdicts(result: Result) -> list[str]:
    """One sentence an aim."""
    crowd = f"{result.people} at once"
    said = [
        _verdict("p50, one after another", result.sequential[HOUSE].p50_ms, AIM_P50_MS, " ms"),
        _verdict(f"p50, {crowd}", result.at_once[HOUSE].p50_ms, AIM_P50_MS, " ms"),
    ]
    for rasa in (RASA, RASA_AS_SHIPPED):
        said.append(
            _verdict(
                f"p50, times that of {rasa}, one after another", result.overhead(rasa), AIM_OVERHEAD, "×"
            )
        )
        said.append(
            _verdict(f"p50, times that of {rasa}, {crowd}", result.overhead_at_once(rasa), AIM_OVERHEAD, "×")
        )
    if result.failures:
        said.append(f"[red]{result.failures} messages were not answered: these figures do not count[/]")
    return said


def _verdict(what: str, found: float, aim: float, unit: str) -> str:
    digits = 0 if unit == " ms" else 2
    word = "[green]met[/]" if found <= aim else "[red]MISSED[/]"
    return f"{word}: {what} {found:.{digits}f}{unit}, aim ≤ {aim:g}{unit}"


def _waits(result: Result) -> Table:
    columns = "", "messages", "bookings", "p50 ms", "p95 ms", "messages/s"
    table = Table(*columns, title="message in → answer on the page")
    phases = {"one after another": result.sequential, f"{result.people} at once": result.at_once}
    for how, phase in phases.items():
        for name, each in phase.items():
            waits = f"{each.p50_ms:.1f}", f"{each.p95_ms:.1f}", f"{each.per_second:.1f}"
            table.add_row(f"{name}, {how}", str(each.messages), str(each.booked or ""), *waits)
        table.add_section()
    return table


def _steps(result: Result) -> Table:
    columns = "step", "mean ms", "share", "calls a message", "Rasa alone ms"
    table = Table(*columns, title="where the time goes, one after another")
    for step, part in result.steps.items():
        alone = result.rasa_steps.get("HTTP to Rasa" if step == "Rasa" else step)
        calls = f"{part['calls']:.1f}" if part["calls"] else ""
        share = f"{part['ms']:.1f}", f"{part['percent']:.0f} %"
        table.add_row(_NAMES.get(step, step), *share, calls, f"{alone['ms']:.1f}" if alone else "")
    means = (sum(part["ms"] for part in steps.values()) for steps in (result.steps, result.rasa_steps))
    ours, rasa_ms = means
    table.add_section()
    table.add_row("together", f"{ours:.1f}", "100 %", "", f"{rasa_ms:.1f}")
    return table
