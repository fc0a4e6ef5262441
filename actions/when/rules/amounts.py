"""Numbers in words and amounts of time: "twenty fourth", "an hour and a half", "a couple of days"."""

from __future__ import annotations

from actions.when.constraint import Shift
from actions.when.grammar import Grammar
from actions.when.nodes import Clock, Node

amounts = Grammar()
rule = amounts.rule

_MINUTES = {"minute": 1, "hour": 60}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}


@rule("ord", "tens:tens ord:ones")
def ordinal_in_words(tens: int, ones: int) -> int | None:
    return tens + ones if ones < 10 else None


@rule("num", "tens:tens num:ones", "tens:tens")
def number_in_words(tens: int, ones: int = 0) -> int | None:
    return tens + ones if ones < 10 else None


@rule("clock", "num:hour unit:unit")
def hour_with_h(hour: int, unit: str, nodes: list[Node]) -> Clock | None:
    """15h and 16hr are times; 2h is an amount."""
    earliest = 7 if len(nodes[1].text) == 1 else 13
    if unit != "hour" or not nodes[1].glued or not earliest <= hour <= 23:
        return None
    return Clock(hour * 60)


@rule("amount", "half_unit:share unit:unit")
def part_of_a_unit(unit: str, share: float) -> Shift | None:
    return _amount(share, unit)


@rule("amount", "a? quarter:half unit:unit")
def half_unit(unit: str, half: int) -> Shift | None:
    """ "A half hour", "eine Dreiviertelstunde": words that beside an hour say how far it is gone."""
    share = {30: 0.5, -30: 0.5, -45: 0.25, -15: 0.75}.get(half)
    return _amount(share, unit) if share else None


@rule("amount", "num:number and_a_half unit:unit", "num/a:number unit:unit and_a_half")
def and_a_half(number: int, unit: str) -> Shift | None:
    return _amount(number + 0.5, unit)


@rule("amount", "num/a:hours unit:unit and? num:minutes unit:small")
def hours_and_minutes(hours: int, unit: str, minutes: int, small: str) -> Shift | None:
    if unit != "hour" or small != "minute":
        return None
    return Shift(minutes=hours * 60 + minutes)


@rule("amount", "num/a/few:number unit:unit")
def plain_amount(number: int, unit: str) -> Shift | None:
    return _amount(number, unit)


def _amount(number: float, unit: str) -> Shift | None:
    if number > 1000:
        return None
    if unit in _MINUTES:
        return Shift(minutes=int(number * _MINUTES[unit]))
    if number != int(number):
        return Shift(days=int(number * _DAYS[unit])) if unit in _DAYS else None
    if unit in _DAYS:
        return Shift(days=int(number) * _DAYS[unit])
    return Shift(months=int(number) * (12 if unit == "year" else 1))
