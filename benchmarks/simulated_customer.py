"""A customer with a goal, who reads what is on the screen and knows nothing else.

They speak in sentences drawn by dice, look for their day and hour in what they are shown, say yes only to a summary
that names them, and give up when they have written too often.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, Literal

import yaml

from benchmarks.goals import Goal
from tests.journeys.house import Customer, Reply

MOST_TURNS = 12
Slip = Literal["service", "person"]

_SENTENCES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("customer_sentences.yml").read_text("utf-8")
)
_NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NO = re.compile(
    r"\b(taken|nothing|nobody|can't|couldn't|closed|outside|is in then|isn't in|isn't free|no longer|gone|passed)\b",
    re.I,
)
_AN_HOUR, _A_DAY = re.compile(r"\d:\d\d"), re.compile(r"\b\d+ [A-Z][a-z]{2}|\b[A-Z][a-z]{2,8} \d")


@dataclass(frozen=True)
class Script:
    """What this customer will say: the wishes one after another (the last is meant), the name, the questions.

    `either`: two times that the first message names, the one they would rather have first. `slip`: a service or person
    that it names by mistake. `child`: who is to come.
    """

    wishes: tuple[datetime, ...]
    name: str
    opens_with_time: bool = True
    asks: tuple[str, ...] = ()
    either: tuple[datetime, datetime] | None = None
    slip: tuple[Slip, str] | None = None
    child: str | None = None


@dataclass
class Talk:
    """The lines as both saw them; `turns`: how often the customer wrote or tapped before the booking was confirmed."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    turns: int = 0
    confirmed: bool = False

    def __str__(self) -> str:
        return "\n".join(f"{who}: {text}" for who, text in self.lines)


class SimulatedCustomer:
    """`typos`: the share of words that are mistyped."""

    def __init__(self, goal: Goal, script: Script, dice: Random, typos: float) -> None:
        self._goal, self._script, self._dice, self._typos = goal, script, dice, typos
        self._nth = 0
        self._asks = list(script.asks)
        self._lost = 0
        self._slip = script.slip

    def talk(self, line: Customer) -> Talk:
        """From the opening to the confirmation, or until they give up."""
        talk = Talk()
        said: str | int = self._opening()
        while talk.turns < MOST_TURNS:
            talk.turns += 1
            if isinstance(said, int):
                label = line.last.choices[said]
                talk.lines.append(("customer taps", label))
                reply = line.taps(label)
            else:
                text = _mistyped(said, self._dice, self._typos)
                talk.lines.append(("customer", text))
                reply = line.says(text)
            talk.lines.append(("frontdesk", " / ".join([reply.text, *(f"[{c}]" for c in reply.choices)])))
            if any("calendar" in label.lower() for label in reply.links):
                talk.confirmed = True
                self._take_leave(line, talk)
                return talk
            answer = self._answer(reply)
            if answer is None:
                return talk
            said = answer
        return talk

    def _take_leave(self, line: Customer, talk: Talk) -> None:
        """Half of them say thanks, which is to change nothing."""
        if self._dice.random() < 0.5:
            thanks = self._draw("thanks")
            talk.lines += [("customer", thanks), ("frontdesk", line.says(thanks).text)]

    @property
    def _wish(self) -> datetime:
        return self._script.wishes[self._nth]

    def _opening(self) -> str:
        if self._script.child:
            return self._say("for_a_child")
        if not self._script.opens_with_time:
            return self._say("vague")
        return self._say("openings")

    def _answer(self, reply: Reply) -> str | int | None:
        """What to write next, or the place of the button to tap; None: give up."""
        choices = [_plain(label) for label in reply.choices]
        text = _plain(reply.text)
        if self._slip:
            return self._correct_the_slip(self._slip)
        if any(label.startswith("Yes") for label in choices):
            return self._at_the_summary(text, choices)
        if re.search(r"\bname\b[^.]*\?", text):
            return str(self._dice.choice(_SENTENCES["names"])).format(name=self._script.name)
        shown = [n for n, label in enumerate(choices) if _shows(label, self._wish)]
        if shown:
            return self._picked(shown[0], choices)
        if _NO.search(text) and self._nth + 1 < len(self._script.wishes):
            self._nth += 1
            return self._say("then")
        if self._goal.service in choices:
            place = choices.index(self._goal.service)
            return place if self._dice.random() < 0.5 else self._goal.service.lower()
        meant = [n for n, label in enumerate(choices) if _could_mean(label, self._wish)]
        if len(meant) == 1:
            return meant[0]
        return self._once_more(bool(choices))

    def _at_the_summary(self, text: str, choices: Sequence[str]) -> str | int:
        if not self._is_what_was_meant(text):
            return f"no, {self._full(self._goal.service)}"
        if self._nth + 1 < len(self._script.wishes):
            self._nth += 1
            return self._say("changes")
        if self._asks:
            question = str(self._dice.choice(_SENTENCES["questions"][self._asks.pop(0)]))
            with_a_yes = not self._asks and self._dice.random() < 0.5
            return f"{self._draw('agrees')}, {question}" if with_a_yes else question
        if self._dice.random() < 0.4:
            return next(n for n, label in enumerate(choices) if label.startswith("Yes"))
        return self._draw("agrees")

    def _is_what_was_meant(self, text: str) -> bool:
        """One line has day and hour, one the service and the person; what is said not to be had does not count."""
        said = [line for line in text.split("\n") if not _NO.search(line)]
        person, child = self._goal.person, self._script.child
        with_whom = [line for line in said if self._goal.service in line]
        return (
            any(_shows(line, self._wish) for line in said)
            and any(person is None or _named(line, person) for line in with_whom)
            and (child is None or any(re.search(rf"\bfor (your \w+ )?{child}\b", line) for line in said))
        )

    def _correct_the_slip(self, slip: tuple[Slip, str]) -> str:
        self._slip = None
        meant = {"service": self._goal.service.lower(), "person": self._goal.person}
        return str(self._dice.choice(_SENTENCES["slips"][slip[0]])).format(**meant)

    def _picked(self, place: int, choices: Sequence[str]) -> str | int:
        """By finger, by its number, or by its hour."""
        how = self._dice.random()
        if how < 0.5 or place >= len(_NTH):
            return place
        if how < 0.7:
            return str(place + 1)
        return f"the {_NTH[place]} one" if how < 0.85 else _clock(self._wish, self._dice)

    def _once_more(self, were_shown: bool) -> str | None:
        self._lost += 1
        if self._lost == 1 and were_shown:
            return self._say("wishes")
        return self._say("openings") if self._lost < 5 else None

    def _full(self, service: str) -> str:
        child = f" for my child {self._script.child}" if self._script.child else ""
        who = f" with {self._goal.person}" if self._goal.person else ""
        return f"{service.lower()}{child}{who} {_moment(self._wish, self._goal.now, self._dice)}"

    def _say(self, ways: str) -> str:
        service, person = self._goal.service, self._goal.person
        if self._slip:
            wrong = {self._slip[0]: self._slip[1]}
            service, person = wrong.get("service", service), wrong.get("person", person)
        return self._draw(ways).format(
            service=service.lower(),
            who=f" with {person}" if person else "",
            when=self._time_said(),
            child=self._script.child,
        )

    def _time_said(self) -> str:
        if not self._script.either or self._lost:
            return _moment(self._wish, self._goal.now, self._dice)
        first, second = (_moment(each, self._goal.now, self._dice) for each in self._script.either)
        return self._draw("either").format(first=first, second=second)

    def _draw(self, ways: str) -> str:
        return str(self._dice.choice(_SENTENCES[ways]))


def _moment(start: datetime, now: datetime, dice: Random) -> str:
    clock = _clock(start, dice)
    if start.date() == now.date():
        return f"today at {clock}"
    ahead = (start.date() - now.date()).days
    ways = [
        f"{start:%B} {start.day}",
        f"{start:%A} the {_ordinal(start.day)}",
        f"the {_ordinal(start.day)} of {start:%B}",
    ]
    if ahead == 1:
        ways.append("tomorrow")
    if 1 < ahead < 7:
        ways += [f"{start:%A}", f"on {start:%A}"]
    if 0 < ahead < 25:
        ways.append(f"the {_ordinal(start.day)}")
    day = dice.choice(ways)
    return (
        f"{day} at {clock}"
        if dice.random() < 0.75
        else f"{clock} on {day.removeprefix('on ')}".replace("on tomorrow", "tomorrow")
    )


def _clock(start: datetime, dice: Random) -> str:
    hour, half = start.hour % 12 or 12, "am" if start.hour < 12 else "pm"
    if start.minute == 0:
        return dice.choice([f"{hour}{half}", f"{hour} {half}", f"{hour}:00 {half}", f"{start:%H}:00"])
    return dice.choice([f"{hour}:{start:%M}{half}", f"{hour}:{start:%M} {half}", f"{start:%H:%M}"])


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def _shows(text: str, start: datetime) -> bool:
    """Whether the day and the hour stand there, as a person would find them."""
    return bool(_day_in(text, start) and _hour_in(text, start))


def _day_in(text: str, start: datetime) -> bool:
    month = rf"(?:{start:%B}|{start:%b})"
    return bool(re.search(rf"\b{start.day} {month}\b|\b{month} {start.day}\b", text))


def _hour_in(text: str, start: datetime) -> bool:
    hour, half = start.hour % 12 or 12, "AM" if start.hour < 12 else "PM"
    return bool(re.search(rf"(?<!\d){hour}:{start:%M} {half}|(?<!\d){start:%H:%M}(?! [AP]M)", text, re.I))


def _named(text: str, person: str) -> bool:
    """By any of their names; a title alone names nobody."""
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in re.findall(r"\w{3,}", person))


def _could_mean(label: str, start: datetime) -> bool:
    """Their day or their hour, and no other one beside it: who wants to come at noon does not tap eight o'clock."""
    their_day = _day_in(label, start) and not _AN_HOUR.search(label)
    return their_day or (_hour_in(label, start) and not _A_DAY.search(label))


def _mistyped(text: str, dice: Random, share: float) -> str:
    return " ".join(_slip(word, dice) if dice.random() < share else word for word in text.split(" "))


def _slip(word: str, dice: Random) -> str:
    """One slip of the finger in a longer word; figures and short words are typed with care."""
    if len(word) < 4 or not word.isalpha():
        return word
    at = dice.randrange(1, len(word) - 1)
    kind = dice.randrange(3)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :] if kind == 1 else word[:at] + word[at] + word[at:]
