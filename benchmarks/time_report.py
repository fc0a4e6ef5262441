"""From judged sentences to the tables a person reads, the verdict on each aim, and the lines a machine keeps."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.machine import sentence as machine_sentence
from benchmarks.time_rows import Sentence
from benchmarks.time_scoring import ASKED, FALSE_FIND, NOTHING, RIGHT, WRONG

AIM_FALSE_FINDS = 5.0
AIM_WRONG_ON_SGD = 2.0
AIM_P95_MS = 5.0
LANGUAGE_IS_ANNOUNCED_FROM = 60.0
AIMS = {"booking": 95.0, "sgd": 97.0, "duckling": 85.0, "recognizers": 80.0}
"""Percent fully right of the English rows of the files whose names begin so."""


@dataclass(frozen=True)
class Judged:
    """One sentence: what became of it, in how many milliseconds; the same of the yardstick."""

    sentence: Sentence
    outcome: str
    ms: float
    yardstick: str
    yardstick_ms: float


@dataclass(frozen=True)
class Figures:
    """Percent of `rows`; `false_finds` of the rows in which nothing is to be found, `None` where there are none."""

    rows: int
    right: float
    asked: float
    wrong: float
    nothing: float
    false_finds: float | None
    p50_ms: float
    p95_ms: float

    @classmethod
    def of(cls, outcomes: Sequence[str], empty_rows: int, milliseconds: Iterable[float]) -> Figures:
        counted, ordered, rows = Counter(outcomes), sorted(milliseconds), len(outcomes)
        right, asked, wrong, nothing = (100 * counted[name] / rows for name in (RIGHT, ASKED, WRONG, NOTHING))
        return cls(
            rows,
            right,
            asked,
            wrong,
            nothing,
            false_finds=100 * counted[FALSE_FIND] / empty_rows if empty_rows else None,
            p50_ms=statistics.median(ordered),
            p95_ms=ordered[max(0, -(-95 * rows // 100) - 1)],
        )


def ours(judged: Sequence[Judged]) -> Figures:
    return Figures.of([each.outcome for each in judged], _empty(judged), [each.ms for each in judged])


def yardstick(judged: Sequence[Judged]) -> Figures:
    return Figures.of(
        [each.yardstick for each in judged], _empty(judged), [each.yardstick_ms for each in judged]
    )


def _empty(judged: Sequence[Judged]) -> int:
    return sum(each.sentence.row.get("kind") == "none" for each in judged)


Groups = dict[tuple[str, ...], list[Judged]]


def grouped(judged: Iterable[Judged], by: Callable[[Sentence], tuple[str, ...]]) -> Groups:
    groups: Groups = {}
    for each in judged:
        groups.setdefault(by(each.sentence), []).append(each)
    return groups


def by_source(sentence: Sentence) -> tuple[str, ...]:
    return sentence.source, sentence.lang


def by_category(sentence: Sentence) -> tuple[str, ...]:
    return (sentence.category,)


def show(console: Console, machine: dict[str, Any], judged: Sequence[Judged], with_tables: set[str]) -> None:
    console.print(machine_sentence(machine))
    scopes = {"all rows": judged, "relevant rows": [each for each in judged if each.sentence.relevant]}
    for name, rows in scopes.items():
        if rows:
            console.print(_sources(f"by source and language, {name}", rows))
            for tongue, some in _english_and_others(rows).items():
                console.print(_categories(f"by category, {tongue}, {name}", some))
    for line in verdicts(judged, with_tables):
        console.print(line, highlight=False)


def _sources(title: str, judged: Sequence[Judged]) -> Table:
    table = Table(title=f"{title}: % of rows · yardstick: dateparser.search in the same run")
    for column in ("source", "lang"):
        table.add_column(column, no_wrap=True)
    for column in ("rows", "right", "asked", "wrong", "nothing", "false finds", "p50 ms", "p95 ms"):
        table.add_column(column, justify="right")
    for column in ("right", "wrong", "nothing", "false finds", "p50 ms", "p95 ms"):
        table.add_column(column, justify="right", style="dim", header_style="dim")
    before = None
    for (source, lang), rows in grouped(judged, by_source).items():
        if before not in (None, source):
            table.add_section()
        before = source
        table.add_row(source, lang, *_cells(ours(rows)), *_yardstick_cells(yardstick(rows)))
    table.add_section()
    table.add_row("together", "", *_cells(ours(judged)), *_yardstick_cells(yardstick(judged)))
    return table


def _english_and_others(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    tongues = grouped(judged, lambda sentence: ("English" if sentence.lang == "en" else "other languages",))
    return {tongue: rows for (tongue,), rows in tongues.items()}


def _categories(title: str, judged: Sequence[Judged]) -> Table:
    sources = list(dict.fromkeys(each.sentence.source for each in judged))
    table = Table(title=f"{title}: % of rows; by source, right of rows")
    table.add_column("category", no_wrap=True)
    for column in ("rows", "right", "asked", "wrong", "nothing", "yardstick right"):
        table.add_column(column, justify="right")
    for source in sources:
        table.add_column(source.replace("-", " "), justify="right", style="dim", header_style="dim")
    for (category,), rows in sorted(grouped(judged, by_category).items()):
        found, plain = ours(rows), yardstick(rows)
        shares = (found.right, found.asked, found.wrong, found.nothing, plain.right)
        here = [[each for each in rows if each.sentence.source == source] for source in sources]
        counts = [
            f"{sum(each.outcome == RIGHT for each in some)}/{len(some)}" if some else "" for some in here
        ]
        table.add_row(category, str(found.rows), *(f"{share:.0f}" for share in shares), *counts)
    return table


def _cells(found: Figures) -> tuple[str, ...]:
    shares = (f"{share:.1f}" for share in (found.right, found.asked, found.wrong, found.nothing))
    return str(found.rows), *shares, _share(found.false_finds), f"{found.p50_ms:.2f}", f"{found.p95_ms:.2f}"


def _yardstick_cells(found: Figures) -> tuple[str, ...]:
    shares = (f"{share:.0f}" for share in (found.right, found.wrong, found.nothing))
    return *shares, _share(found.false_finds), f"{found.p50_ms:.1f}", f"{found.p95_ms:.1f}"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.0f}"


def verdicts(judged: Sequence[Judged], with_tables: set[str]) -> list[str]:
    """One sentence an aim, and one for each language whether it may be announced."""
    said = []
    for prefix, aim in AIMS.items():
        rows = _of_source(judged, prefix)
        if rows:
            relevant = [each for each in rows if each.sentence.relevant]
            note = f" (relevant rows {ours(relevant).right:.1f} %)" if relevant else ""
            said.append(_verdict(f"{prefix}, English, fully right", ours(rows).right, "≥", aim, " %") + note)
    sgd, everything = _of_source(judged, "sgd"), ours(judged)
    if everything.false_finds is not None:
        said.append(
            _verdict("found where nothing is", everything.false_finds, "≤", AIM_FALSE_FINDS, " %")
            + f" ({_empty(judged)} rows)"
        )
    if sgd:
        said.append(_verdict("silently wrong on SGD", ours(sgd).wrong, "≤", AIM_WRONG_ON_SGD, " %"))
    said.append(_verdict("p95 a message", everything.p95_ms, "≤", AIM_P95_MS, " ms"))
    slowest = max(each.ms for each in judged)
    return [*said, f"slowest message {slowest:.1f} ms", *_languages(judged, with_tables)]


def _of_source(judged: Sequence[Judged], prefix: str) -> list[Judged]:
    return [each for each in judged if each.sentence.source.startswith(prefix) and each.sentence.lang == "en"]


def _languages(judged: Sequence[Judged], with_tables: set[str]) -> list[str]:
    said = []
    labelled = [each for each in judged if not each.sentence.from_talk]
    for (lang,), rows in sorted(grouped(labelled, lambda sentence: (sentence.lang,)).items()):
        found = ours(rows)
        figures = f"{found.right:.1f} % right, {found.wrong:.1f} % silently wrong of {found.rows} rows"
        if lang not in with_tables:
            said.append(f"{lang}, no table: {figures}")
        elif found.right >= LANGUAGE_IS_ANNOUNCED_FROM:
            said.append(f"[green]may be announced[/]: {lang}, {figures}")
        else:
            aim = f"{LANGUAGE_IS_ANNOUNCED_FROM:g} %"
            said.append(f"[red]not to be announced[/]: {lang}, {figures}, announced from {aim}")
    return said


def _verdict(what: str, found: float, sign: str, aim: float, unit: str) -> str:
    met = found >= aim if sign == "≥" else found <= aim
    word = "[green]met[/]" if met else "[red]MISSED[/]"
    return f"{word}: {what} {found:.1f}{unit}, aim {sign} {aim:g}{unit}"


def as_json(machine: dict[str, Any], judged: Sequence[Judged], runs: int) -> str:
    def packed(rows: Sequence[Judged]) -> dict[str, Any]:
        return {"ours": vars(ours(rows)), "yardstick": vars(yardstick(rows))}

    relevant = [each for each in judged if each.sentence.relevant]
    facts: dict[str, Any] = {"benchmark": "time_expressions", "machine": machine, "runs": runs}
    for name, rows in (("all", judged), ("relevant", relevant)):
        if rows:
            sources = {" ".join(key): packed(some) for key, some in grouped(rows, by_source).items()}
            categories = {key[0]: packed(some) for key, some in grouped(rows, by_category).items()}
            facts[name] = packed(rows) | {"by_source": sources, "by_category": categories}
    return json.dumps(_rounded(facts), ensure_ascii=False)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return round(value, 3) if isinstance(value, float) else value


def show_misses(console: Console, missed: Iterable[tuple[Judged, Any]]) -> None:
    """What is not right, with what was expected and what was understood: for whoever mends the tables."""
    for each, found in missed:
        sentence = each.sentence
        row = sentence.row
        wanted = row.get("expect") or row.get("expected_all") or row["expected"]
        place = f"{sentence.source} {sentence.lang} {sentence.category}"
        said = f"{each.outcome} | {place} | {sentence.now:%a %Y-%m-%d %H:%M} | {sentence.text!r}"
        console.print(f"{said}\n    expected {wanted}\n    understood {found}", markup=False, highlight=False)
