"""From exchanges and spans to the table a person reads and the line a machine keeps."""

import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from rich.console import Console
from rich.table import Table

from benchmarks.spans import Span, seconds_by_step
from benchmarks.visitors import Exchange

AIM_P50_MS = 150.0
AIM_OVERHEAD = 1.5

BARE_STEPS = ("HTTP to the action", "Rasa NLU", "rule and policy", "Rasa, inside")
STEPS = (
    "database (core)", "core", "HTTP to the core", "action", *BARE_STEPS, "Rasa", "database (channels)",
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

    @classmethod
    def of(cls, exchanges: Sequence[Exchange], seconds: float) -> Self:
        waits = sorted(1000 * (each.ended - each.began) for each in exchanges)
        return cls(
            messages=len(waits),
            p50_ms=statistics.median(waits),
            p95_ms=waits[max(0, -(-95 * len(waits) // 100) - 1)],
            per_second=len(waits) / seconds,
            failed=sum(each.failed for each in exchanges),
        )


@dataclass(frozen=True)
class Result:
    sequential: Sample
    bare: Sample
    at_once: Sample
    bare_at_once: Sample
    people: int
    steps: dict[str, dict[str, float]]
    bare_steps: dict[str, dict[str, float]]
    by_line: dict[str, float]
    processor_ms: dict[str, float]

    @property
    def failures(self) -> int:
        return sum(each.failed for each in (self.sequential, self.bare, self.at_once, self.bare_at_once))

    @property
    def overhead(self) -> float:
        return self.sequential.p50_ms / self.bare.p50_ms

    @property
    def overhead_at_once(self) -> float:
        return self.at_once.p50_ms / self.bare_at_once.p50_ms


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


def machine() -> dict[str, Any]:
    """Asked before the run, so that `load` is what others did."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    facts = {"cores": cores, "cpu": _cpu(), "python": platform.python_version(), "system": platform.system()}
    return facts | {"load": round(os.getloadavg()[0], 2)}


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


def as_json(machine: dict[str, Any], result: Result) -> str:
    facts = {"benchmark": "message_round_trip", "machine": machine, **asdict(result)}
    facts |= {"overhead": result.overhead, "overhead_at_once": result.overhead_at_once}
    return json.dumps(_rounded(facts))


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return round(value, 2) if isinstance(value, float) else value


def show(console: Console, machine: dict[str, Any], result: Result) -> None:
    console.print(
        f"{machine['cores']} cores, {machine['cpu']}, Python {machine['python']}, {machine['system']}; "
        f"load {machine['load']} before the run"
    )
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
        _verdict("p50, one after another", result.sequential.p50_ms, AIM_P50_MS, " ms"),
        _verdict(f"p50, {crowd}", result.at_once.p50_ms, AIM_P50_MS, " ms"),
        _verdict("p50 over bare Rasa's, one after another", result.overhead, AIM_OVERHEAD, "×"),
        _verdict(f"p50 over bare Rasa's, {crowd}", result.overhead_at_once, AIM_OVERHEAD, "×"),
    ]
    if result.failures:
        said.append(f"[red]{result.failures} messages were not answered: these figures do not count[/]")
    return said


def _verdict(what: str, found: float, aim: float, unit: str) -> str:
    digits = 0 if unit == " ms" else 2
    word = "[green]met[/]" if found <= aim else "[red]MISSED[/]"
    return f"{word}: {what} {found:.{digits}f}{unit}, aim ≤ {aim:g}{unit}"


def _waits(result: Result) -> Table:
    table = Table("", "messages", "p50 ms", "p95 ms", "messages/s", title="message in → answer on the page")
    rows = {
        "house, one after another": result.sequential,
        "bare Rasa, one after another": result.bare,
        f"house, {result.people} at once": result.at_once,
        f"bare Rasa, {result.people} at once": result.bare_at_once,
    }
    for name, each in rows.items():
        waits = f"{each.p50_ms:.1f}", f"{each.p95_ms:.1f}", f"{each.per_second:.1f}"
        table.add_row(name, str(each.messages), *waits)
    return table


def _steps(result: Result) -> Table:
    columns = "step", "mean ms", "share", "calls a message", "bare Rasa ms"
    table = Table(*columns, title="where the time goes, one after another")
    for step, part in result.steps.items():
        bare = result.bare_steps.get("HTTP to Rasa" if step == "Rasa" else step)
        calls = f"{part['calls']:.1f}" if part["calls"] else ""
        share = f"{part['ms']:.1f}", f"{part['percent']:.0f} %"
        table.add_row(_NAMES.get(step, step), *share, calls, f"{bare['ms']:.1f}" if bare else "")
    means = (sum(part["ms"] for part in steps.values()) for steps in (result.steps, result.bare_steps))
    ours, bare_ms = means
    table.add_section()
    table.add_row("together", f"{ours:.1f}", "100 %", "", f"{bare_ms:.1f}")
    return table
