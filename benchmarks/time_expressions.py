"""How much of what customers say about time is understood, how much silently wrongly, and how fast?

    .venv/bin/python -m benchmarks.time_expressions PATH [--json FILE] [--misses] [--runs N]

PATH is a folder of labelled sentences (dates/*.jsonl, nlu/datetime*.jsonl), one of these two folders, or one file.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from actions.when import TimeConstraint
from benchmarks.machine import machine
from benchmarks.time_fields import verdict_on_fields
from benchmarks.time_report import Judged, as_json, show, show_misses
from benchmarks.time_rows import BadRows, Sentence, sentences, understood
from benchmarks.time_scoring import RIGHT, verdict
from benchmarks.time_yardstick import searched, verdict_on_search

Result = TypeVar("Result")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("path", type=Path)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--misses", action="store_true", help="print each sentence that is not right")
    parser.add_argument("--runs", type=int, default=3, help="time each sentence so often, take the median")
    asked = parser.parse_args()
    try:
        said = sentences(asked.path)
    except (BadRows, OSError, UnicodeDecodeError) as error:
        sys.exit(f"time_expressions: {error}")
    facts = machine()
    _warm_up(said)
    judged = [_judged(sentence, max(1, asked.runs)) for sentence in said]
    console = Console(width=160)
    if asked.misses:
        show_misses(console, ((each, found.to_json()) for each, found in judged if each.outcome != RIGHT))
    rows = [each for each, _ in judged]
    show(console, facts, rows, _languages_with_tables())
    if asked.json:
        asked.json.write_text(as_json(facts, rows, asked.runs) + "\n", "utf-8")


def _warm_up(said: list[Sentence]) -> None:
    """Both read a language's words when it is first used; a server does so once."""
    for sentence in {each.locale: each for each in said}.values():
        understood(sentence)
        searched(sentence)


def _judged(sentence: Sentence, runs: int) -> tuple[Judged, TimeConstraint]:
    found, ms = _timed(lambda: understood(sentence), runs)
    plain, plain_ms = _timed(lambda: searched(sentence), runs)
    if sentence.from_talk:
        outcome = verdict_on_fields(sentence.row, found).outcome
    else:
        outcome = verdict(sentence.row, found, sentence.now).outcome
    return Judged(sentence, outcome, ms, verdict_on_search(sentence, plain), plain_ms), found


def _timed(work: Callable[[], Result], runs: int) -> tuple[Result, float]:
    waits = []
    for _ in range(runs):
        began = time.perf_counter()
        result = work()
        waits.append(1000 * (time.perf_counter() - began))
    return result, statistics.median(waits)


def _languages_with_tables() -> set[str]:
    folder = resources.files("actions.when.words") / "languages"
    return {file.name.removesuffix(".yml") for file in folder.iterdir() if file.name.endswith(".yml")}


if __name__ == "__main__":
    main()
