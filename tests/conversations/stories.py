"""A story as an owner writes it in YAML; `README.md` beside this file tells what its words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from tests.journeys.house import MONDAY_MORNING

HERE = Path(__file__).parent
DOES = (
    "customer",
    "taps",
    "taps the old",
    "clock",
    "meanwhile",
    "unanswered",
    "staff",
    "staff says",
    "business",
)
_VISIT = re.compile(r"(?P<what>.+) with (?P<person>\w+) on \w+ (?P<moment>\d+ \w+ at \d\d:\d\d)")


@dataclass(frozen=True)
class Expected:
    """Of one answer: words that are in its text, buttons (by how they begin), how many times, a link's label."""

    says: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    times: int | None = None
    never: tuple[str, ...] = ()
    link: str | None = None


@dataclass(frozen=True)
class Step:
    does: str
    what: str
    expected: Expected


@dataclass(frozen=True)
class Given:
    """`customer` writes on `on`; `visits` are theirs, `taken` somebody else's."""

    customer: str = "maria"
    on: str = "terminal"
    time: datetime = MONDAY_MORNING
    visits: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    policy: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    family: str
    name: str
    given: Given
    steps: tuple[Step, ...]
    diary: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.family}: {self.name}"


@dataclass(frozen=True)
class Visit:
    """A visit as a story names it: "Haircut with Ana on Tuesday 17 November at 10:00"."""

    service: str
    person: str
    start: datetime


def visit_in(words: str) -> Visit:
    match = _VISIT.fullmatch(words)
    assert match, f"a visit reads “Haircut with Ana on Tuesday 17 November at 10:00”, not “{words}”"
    return Visit(match["what"], match["person"], moment_in(match["moment"]))


def moment_in(words: str) -> datetime:
    """ "17 November at 10:00", with or without the weekday; London keeps UTC in November."""
    day, month, clock = re.findall(r"\d+(?= )|(?<=\d )[A-Z]\w+|\d\d:\d\d", words)
    full = f"{day} {month} {MONDAY_MORNING.year} {clock}"
    return datetime.strptime(full, "%d %B %Y %H:%M").replace(tzinfo=UTC)


def all_stories() -> Iterator[Story]:
    for file in sorted(HERE.glob("*.yml")):
        for told in yaml.load(
            file.read_text(encoding="utf-8"), yaml.BaseLoader
        ):  # "yes" is what somebody says
            yield _story(file.stem, dict(told))


def _story(family: str, told: dict[str, Any]) -> Story:
    name = told.pop("story")
    given = dict(told.pop("given", {}))
    if "time" in given:
        given["time"] = moment_in(given["time"])
    for several in ("visits", "taken"):
        given[several] = tuple(given.get(several, ()))
    steps = tuple(_step(dict(each)) for each in told.pop("talk"))
    diary = tuple(told.pop("diary"))
    assert not told, f"{family}, “{name}”: what is {list(told)}?"
    return Story(family, name, Given(**given), steps, diary)


def _step(told: dict[str, Any]) -> Step:
    (does,) = [each for each in DOES if each in told]
    what = str(told.pop(does))
    expected = Expected(
        says=_several(told.pop("says", ())),
        offers=_several(told.pop("offers", ())),
        times=int(told.pop("times")) if "times" in told else None,
        never=_several(told.pop("never says", ())),
        link=told.pop("link", None),
    )
    assert not told, f"“{what}”: what is {list(told)}?"
    return Step(does, what, expected)


def _several(told: Any) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(str(each) for each in told)
