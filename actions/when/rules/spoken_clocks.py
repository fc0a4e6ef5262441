"""Clocks that are told by hour and minutes in words: "las tres y diez", "quinze para as duas", "at 1500 hours"."""

from __future__ import annotations

from datetime import time

from actions.when.amount import Amount
from actions.when.nodes import Clock, Node
from actions.when.rules.clocks import NOT_COUNTED, clock_at, minutes_from
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene
from actions.when.words.vocabulary import Daypart

spoken_clocks = Grammar()
rule = spoken_clocks.rule


@rule("clock", f"at num:hour and num:minutes half?:half {NOT_COUNTED}", "num:hour and num:minutes =in/on/of")
def hour_and_more(hour: int, minutes: int, nodes: list[Node], half: str | None = None) -> Clock | None:
    """ "Las tres y diez"."""
    if minutes % 5 or not 0 < minutes < 60 or (minutes < 13 and not nodes[0].kind == "at"):
        return None
    return minutes_from(clock_at(hour), minutes, half)


@rule("clock", "^ num:hour and num:minutes $")
def hour_and_minutes(hour: int, minutes: int, scene: Scene) -> Clock | None:
    """ "Cinco e quinze" as the whole answer, where bare numbers are no hours."""
    if not scene.marked_hours or minutes % 5 or not 15 <= minutes <= 55:
        return None
    return clock_at(hour, minutes)


@rule("clock", "num/amount:minutes after at num:hour half?:half")
def minutes_after(minutes: int | Amount, hour: int, half: str | None = None) -> Clock | None:
    """ "20 minutos después de las 6"."""
    count = minutes.minutes if isinstance(minutes, Amount) else minutes
    return minutes_from(clock_at(hour), count, half) if 0 < count < 60 else None


@rule("clock", "amount:amount in/of/for daypart:part")
def hours_of_a_daypart(amount: Amount, part: Daypart) -> Clock | None:
    """ "Três horas da tarde"."""
    known = _since_midnight(amount)
    return known.as_half(part.half) if known else None


@rule("clock", "clockword:word and num:minutes", f"clockword:word num:minutes {NOT_COUNTED} !to !ord")
def word_and_more(word: time, minutes: int) -> Clock | None:
    """ "Mediodía y diez", "midi trente"."""
    return Clock(word.hour * 60 + minutes) if minutes < 60 and minutes % 5 == 0 else None


@rule(
    "clock",
    "missing num/amount/quarter:minutes for/to at? num/clock:hour",
    "missing num/amount/quarter:minutes for/to clockword:word",
    "<!for <!of <!since num/quarter:minutes for at num/clock:hour",
    "<!for <!of <!since num/quarter:minutes for clockword:word",
)
def minutes_missing(
    minutes: int | Amount, nodes: list[Node], hour: int | Clock = 0, word: time | None = None
) -> Clock | None:
    """ "Faltan diez para las tres", "quinze para as duas"."""
    count = minutes.minutes if isinstance(minutes, Amount) else abs(minutes)
    announced = nodes[0].kind == "missing" or nodes[0].text.isalpha()
    if not announced or not 0 < count < 60 or (nodes[0].kind != "missing" and count % 5):
        return None
    if word is not None:
        return Clock((word.hour * 60 - count) % 1440)
    return minutes_from(hour if isinstance(hour, Clock) else clock_at(hour), -count, None)


@rule("clock", "at:also amount:amount half?:half")
def full_hours(amount: Amount, also: str, half: str | None = None) -> Clock | None:
    """ "A las 15 horas"; where "at" also means by ("um zwei Stunden später"), amounts are only amounts."""
    known = None if also else _since_midnight(amount)
    return known.as_half(half) if known and half else known


@rule("clock", f"<!num <!a unit:unit num:hour {NOT_COUNTED} !word")
def hour_by_number(unit: str, hour: int, scene: Scene) -> Clock | None:
    """ "Ore 15"."""
    return clock_at(hour) if unit == "hour" and scene.marked_hours else None


@rule("clock", f"at num:hour num:zero num:minute half?:half {NOT_COUNTED}")
def with_zero(hour: int, zero: int, minute: int, half: str | None = None) -> Clock | None:
    """ "At six oh two"."""
    return minutes_from(clock_at(hour), minute, half) if not zero and 0 < minute < 10 else None


def _since_midnight(amount: Amount) -> Clock | None:
    if amount.days or amount.months or amount.minutes < 60:
        return None
    return clock_at(*divmod(amount.minutes, 60))


@rule("clock", "num:hour to num:minute half:half")
def hyphened(hour: int, minute: int, half: str, nodes: list[Node]) -> Clock | None:
    """ "4-30 pm" is no range."""
    if nodes[1].text != "-" or not nodes[2].glued or not 13 <= minute <= 59:
        return None
    known = clock_at(hour, minute)
    return known.as_half(half) if known else None
