"""The labelled sentences of a folder, whatever its files are called, and what `when` makes of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from actions.when import Context, TimeConstraint, Wish, combine, parse
from benchmarks.time_scoring import Row, zone_at

_KINDS = {"instant", "interval", "open-interval", "duration", "recurring", "none", "set"}
_NEEDED = {"set": "expected_all", "duration": "seconds", "recurring": "timex"}
"""What is compared, of the kinds that are not stretches of time."""
_LOCALES = {"en": "en-US"}
"""Where a row names none: the English sources without one are American."""
_DAY = timedelta(days=1)


class BadRows(Exception):
    """The path holds nothing that could be measured; the message says what and where."""


@dataclass(frozen=True)
class Sentence:
    """A row with what both kinds of files have in common."""

    source: str
    lang: str
    locale: str
    category: str
    relevant: bool
    text: str
    reference: datetime
    """Aware."""
    row: Row
    from_talk: bool = False
    """A line of a dialogue: fields are expected instead of stretches."""

    @property
    def now(self) -> datetime:
        """At the row's place, naive, without seconds."""
        return self.reference.replace(tzinfo=None, second=0, microsecond=0)

    @property
    def zone(self) -> str:
        return zone_at(self.reference.utcoffset() or timedelta())

    @property
    def anchor(self) -> datetime | None:
        """Start of the appointment that the row is about."""
        appointment = (self.row.get("context") or {}).get("appointment")
        return datetime.fromisoformat(appointment["start"]) if appointment else None


def understood(sentence: Sentence) -> TimeConstraint:
    """As a conversation would have it: a time for an existing appointment is meant for its day."""
    anchor = sentence.anchor
    found = parse(sentence.text, sentence.reference, sentence.zone, sentence.locale, Context(anchor=anchor))
    if anchor and found.wishes and not found.wishes[0].has_day:
        day = anchor.date()
        found = combine(TimeConstraint(wishes=(Wish(date_from=day, date_to=day + _DAY),)), found)
    return found


def sentences(path: Path) -> list[Sentence]:
    """Of a folder with `dates/` and `nlu/`, of one of the two, or of one file."""
    files = _files(path)
    found = [sentence for file in files for sentence in _of_file(file)]
    if not found:
        raise BadRows(f"{path}: no rows of time expressions (dates/*.jsonl, nlu/datetime*.jsonl)")
    return found


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise BadRows(f"{path}: no such file or folder")
    own = path.glob("datetime*.jsonl" if path.name == "nlu" else "*.jsonl")
    return [*sorted(path.glob("dates/*.jsonl")), *sorted(path.glob("nlu/datetime*.jsonl")), *sorted(own)]


def _of_file(file: Path) -> Iterator[Sentence]:
    source = file.name.removesuffix(".jsonl")
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield _of_talk(source, row) if "expect" in row else _labelled(source, row)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadRows(f"{file}:{number}: not a row of time expressions ({error!r})") from error


def _labelled(source: str, row: dict[str, Any]) -> Sentence:
    if row["kind"] not in _KINDS:
        raise ValueError(f"kind {row['kind']!r}")
    if (needed := _NEEDED.get(row["kind"])) and needed not in row | row["expected"]:
        raise KeyError(needed)
    reference = datetime.fromisoformat(row["reference"])
    lang = row["lang"]
    return Sentence(
        source,
        lang,
        row.get("locale") or _LOCALES.get(lang, lang),
        row.get("category") or "other",
        bool(row.get("relevant", True)),
        row["text"],
        reference if reference.tzinfo else reference.replace(tzinfo=UTC),
        row | {"expected": row.get("expected") or {}},
    )


def _of_talk(source: str, row: dict[str, Any]) -> Sentence:
    """Lines of American dialogues; their category is the data set that they are from."""
    reference = datetime.fromisoformat(row["ref"])
    told = "talk, past" if row.get("past") else f"talk, {str(row.get('id', '')).partition(':')[0]}"
    return Sentence(
        source,
        row.get("lang", "en"),
        row.get("locale") or _LOCALES["en"],
        told,
        not row.get("past"),
        row["text"],
        reference if reference.tzinfo else reference.replace(tzinfo=UTC),
        row,
        from_talk=True,
    )
