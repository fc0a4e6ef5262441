"""How often is a sentence heard as what it means, and how often is one that is not ours taken for ours?

    .venv/bin/python -m benchmarks.nlu_accuracy PATH [--json FILE] [--misses]

PATH is a folder with `*.utt*.jsonl`. The yardstick, a plain linear model over words and characters, is trained on the
same phrases of `nlu_data/` and hears the same sentences in the same run.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from benchmarks.machine import machine, sentence
from benchmarks.nlu_rows import ACTING, REFUSED, Row, rows_in
from bot.components.doubt import Doubt, doubt_in

_ROOT = Path(__file__).resolve().parent.parent
_BOT_PYTHON = _ROOT / ".venv-bot" / "bin" / "python"
HOUSE, YARDSTICK = "the house", "word + character n-grams"
AIMS = {"other_domain": 0.2, "near_domain": 1.0}
"""Percent of foreign sentences that may start or change a booking."""
AIM_HANDOFF, AIM_TRAINING_SECONDS, AIM_P95_MS = 97.0, 90.0, 25.0


@dataclass(frozen=True)
class Ear:
    """What one model made of the rows, in their order."""

    names: list[str]
    training_seconds: float
    milliseconds: list[float]

    def right(self, rows: Sequence[Row], source: str | None = None) -> float:
        """Percent. A sentence the model was too unsure of counts as refused."""
        chosen = [
            (row, name) for row, name in zip(rows, self.names, strict=True) if source in (None, row.source)
        ]
        return _percent(sum(_is_right(row, name) for row, name in chosen), len(chosen))

    def taken(self, rows: Sequence[Row], kind: str, *, acting: bool) -> float:
        """Percent of the foreign sentences of this kind that were taken for ours, or for a wish to book or change."""
        names = [name for row, name in zip(rows, self.names, strict=True) if row.foreign == kind]
        bad = [name in ACTING if acting else name not in REFUSED for name in names]
        return _percent(sum(bad), len(bad))

    def recall(self, rows: Sequence[Row], intent: str) -> float:
        names = [name for row, name in zip(rows, self.names, strict=True) if intent in row.wanted]
        return _percent(names.count(intent), len(names))

    @property
    def p95_ms(self) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[max(0, -(-95 * len(ordered) // 100) - 1)]


def _is_right(row: Row, name: str) -> bool:
    return name in row.wanted or (name == "nlu_fallback" and "out_of_scope" in row.wanted)


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else float("nan")


def listen(rows: Sequence[Row]) -> tuple[int, dict[str, Ear]]:
    """How many phrases were learnt, and what each model heard."""
    command = [str(_BOT_PYTHON), "-m", "benchmarks.nlu_models", str(_ROOT / "nlu_data" / "intents")]
    said = json.dumps([row.text for row in rows])
    answer = json.loads(
        subprocess.run(command, input=said, capture_output=True, text=True, check=True, cwd=_ROOT).stdout
    )
    doubt = _doubt()
    ears = {
        name: Ear(
            [doubt.decided(best) for best in each["best"]], each["training_seconds"], each["milliseconds"]
        )
        for name, each in answer["models"].items()
    }
    return answer["phrases"], ears


def _doubt() -> Doubt:
    """The bot's own: the yardstick hesitates where the house does."""
    pipeline = yaml.safe_load((_ROOT / "bot" / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return doubt_in(pipeline[0])


def show(console: Console, rows: Sequence[Row], ears: dict[str, Ear], phrases: int) -> None:
    sources = sorted({row.source for row in rows})
    kinds = sorted({row.foreign for row in rows if row.foreign})
    table = Table("percent right", "rows", *ears, title=f"{phrases:,} phrases learnt")
    table.add_row("all", f"{len(rows):,}", *(f"{ear.right(rows):.1f}" for ear in ears.values()))
    for source in sources:
        count = sum(row.source == source for row in rows)
        table.add_row(source, f"{count:,}", *(f"{ear.right(rows, source):.1f}" for ear in ears.values()))
    console.print(table)
    table = Table("percent of what is not ours", "rows", *ears)
    for kind in kinds:
        count = sum(row.foreign == kind for row in rows)
        for acting, what in ((False, "taken for ours"), (True, "would start or change a booking")):
            figures = (f"{ear.taken(rows, kind, acting=acting):.2f}" for ear in ears.values())
            table.add_row(f"{kind}: {what}", f"{count:,}", *figures)
    console.print(table)
    for name, ear in ears.items():
        console.print(
            f"{name}: training {ear.training_seconds:.0f} s; a sentence alone p50 "
            f"{statistics.median(ear.milliseconds):.1f} ms, p95 {ear.p95_ms:.1f} ms; "
            f"asks for a person heard {ear.recall(rows, 'human_handoff'):.1f} %"
        )


def verdicts(rows: Sequence[Row], ears: dict[str, Ear]) -> list[str]:
    """One sentence an aim."""
    house, yard = ears[HOUSE], ears[YARDSTICK]
    said = []
    for source in sorted({row.source for row in rows}):
        ours, theirs = house.right(rows, source), yard.right(rows, source)
        said.append(_verdict(ours > theirs, f"{source}: {ours:.1f} % right, yardstick {theirs:.1f}"))
    for kind, aim in AIMS.items():
        found = house.taken(rows, kind, acting=True)
        said.append(_verdict(found <= aim, f"{kind}: {found:.2f} % would act, aim ≤ {aim}"))
    found = house.recall(rows, "human_handoff")
    said.append(
        _verdict(found >= AIM_HANDOFF, f"asks for a person heard: {found:.1f} %, aim ≥ {AIM_HANDOFF:g}")
    )
    seconds = house.training_seconds
    said.append(
        _verdict(seconds <= AIM_TRAINING_SECONDS, f"training {seconds:.0f} s, aim ≤ {AIM_TRAINING_SECONDS:g}")
    )
    said.append(
        _verdict(house.p95_ms <= AIM_P95_MS, f"p95 {house.p95_ms:.1f} ms a sentence, aim ≤ {AIM_P95_MS:g}")
    )
    return said


def _verdict(met: bool, what: str) -> str:
    return f"{'[green]met[/]' if met else '[red]MISSED[/]'}: {what}"


def _misses(rows: Sequence[Row], ear: Ear) -> Counter[tuple[str, str, str]]:
    pairs = zip(rows, ear.names, strict=True)
    return Counter(
        (r.source, "/".join(sorted(r.wanted)), name) for r, name in pairs if not _is_right(r, name)
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--misses", action="store_true", help="count what was heard instead of what")
    options = parser.parse_args(arguments)
    console = Console(width=120)
    if not _BOT_PYTHON.exists():
        console.print("The bot's environment is not there yet: ./frontdesk train")
        return 2
    try:
        rows = rows_in(options.path)
    except (OSError, ValueError) as fault:
        console.print(f"[red]{fault}[/]")
        return 2
    facts = machine()
    phrases, ears = listen(rows)
    console.print(sentence(facts))
    show(console, rows, ears, phrases)
    for verdict in verdicts(rows, ears):
        console.print(verdict)
    if options.misses:
        for (source, wanted, name), count in _misses(rows, ears[HOUSE]).most_common(60):
            console.print(f"{count:5} {source}: {wanted} → {name}")
    if options.json:
        options.json.write_text(json.dumps(_figures(facts, rows, ears)), encoding="utf-8")
    return 0


def _figures(facts: dict[str, Any], rows: Sequence[Row], ears: dict[str, Ear]) -> dict[str, Any]:
    sources = sorted({row.source for row in rows})
    kinds = sorted({row.foreign for row in rows if row.foreign})
    by_ear = {
        name: {
            "right": {"all": ear.right(rows), **{source: ear.right(rows, source) for source in sources}},
            "taken for ours": {kind: ear.taken(rows, kind, acting=False) for kind in kinds},
            "would act": {kind: ear.taken(rows, kind, acting=True) for kind in kinds},
            "asks for a person heard": ear.recall(rows, "human_handoff"),
            "training_seconds": ear.training_seconds,
            "p95_ms": ear.p95_ms,
        }
        for name, ear in ears.items()
    }
    return {"benchmark": "nlu_accuracy", "machine": facts, "rows": len(rows), "models": by_ear}


if __name__ == "__main__":
    sys.exit(main())
