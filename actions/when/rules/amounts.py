"""Amounts of time: "an hour and a quarter", "1 hour 20", "2.5 weeks"."""

from __future__ import annotations

from actions.when.amount import Amount, amount
from actions.when.nodes import Clock, Node
from actions.when.rules.grammar import Grammar

amounts = Grammar()
rule = amounts.rule

_LONGEST_HOURS = 6
"""From 7h on an hour with an h is a time of day."""


@rule("clock", "clock:clock unit:unit")
def clock_with_h(clock: Clock, unit: str, nodes: list[Node]) -> Clock | None:
    """ "9:30h"."""
    return clock if unit == "hour" and nodes[1].glued and nodes[1].text == "h" else None


@rule("clock", "num:hour unit:unit")
def four_figures(hour: int, unit: str, nodes: list[Node]) -> Clock | None:
    """ "0900 hrs"; "2028H2" is half a year."""
    written = nodes[0].text
    if (
        unit != "hour"
        or nodes[1].text == "h"
        or len(written) != 4
        or not written.isdigit()
        or hour >= 2400
        or hour % 100 > 59
    ):
        return None
    return Clock(hour // 100 * 60 + hour % 100)


@rule("clock", "num:hour unit:unit !num")
def hour_with_h(hour: int, unit: str, nodes: list[Node]) -> Clock | None:
    """15h and 16hr are times; 2h is an amount."""
    earliest = 7 if len(nodes[1].text) == 1 else 13
    if unit != "hour" or not nodes[1].glued or not earliest <= hour <= 23:
        return None
    return Clock(hour * 60)


@rule("clock", "dotted:pair unit:unit")
def hour_with_point_and_h(pair: tuple[int, int], unit: str, nodes: list[Node]) -> Clock | None:
    """13.00h is a time, 1.5h an amount."""
    hour, minute = pair
    in_two = len(nodes[0].text.rpartition(".")[2]) == 2
    if unit != "hour" or not nodes[1].glued or not in_two or not (7 <= hour <= 23 and minute < 60):
        return None
    return Clock(hour * 60 + minute)


@rule("amount", "half_unit:share unit:unit")
def part_of_a_unit(unit: str, share: float) -> Amount | None:
    return amount(share, unit)


@rule("amount", "<!ord unit:share of? a? unit:unit")
def quarter_of_a_unit(share: str, unit: str) -> Amount | None:
    return amount(0.25, unit) if share == "quarter" and unit in ("hour", "day", "year") else None


@rule(
    "amount",
    "num:whole quarter:half unit:unit",
    "<!ord a? quarter:half unit:unit",
)
def half_unit(unit: str, half: int, whole: int = 0) -> Amount | None:
    """ "A half hour", "eine Dreiviertelstunde": words that beside an hour say how far it is gone."""
    share = {30: 0.5, -30: 0.5, -45: 0.25, -15: 0.75}.get(half)
    return amount(whole + share, unit) if share else None


@rule("amount", "<!num a? and_a_half:share unit:unit")
def share_in_a_sign(share: float, unit: str, nodes: list[Node]) -> Amount | None:
    """ "A ½ hour"."""
    return None if nodes[-2].text[0].isalpha() else amount(share, unit)


@rule(
    "amount",
    "num/a/few:number and_a_half:share of? a? unit:unit",
    "num/a/few:number unit:unit and_a_half:share",
    "<!ord unit:unit and_a_half:share",
)
def and_a_share(unit: str, share: float, number: int = 1) -> Amount | None:
    """ "Two and a half hours", "an hour and a quarter"."""
    return amount(number + share, unit)


@rule("amount", "dotted unit:unit", "num comma num unit:unit")
def decimal(unit: str, nodes: list[Node]) -> Amount | None:
    """ "1.5 hours"; in many languages "1,5"."""
    whole = "".join(node.text for node in nodes[:-1]).replace(",", ".")
    if len(nodes) == 4 and not (nodes[1].glued and nodes[2].glued and nodes[1].text == ","):
        return None
    return amount(float(whole), unit) if whole.count(".") == 1 and not whole.endswith(".") else None


@rule("amount", "num:whole dm:share of? a? unit:unit", "dm:share of? a? unit:unit")
def fraction(share: tuple[int, int], unit: str, whole: int = 0) -> Amount | None:
    """ "1/2 hour", "2 1/2 weeks"."""
    above, below = share
    return amount(whole + above / below, unit) if 0 < above < below <= 8 else None


@rule("amount", "num/a/few:number the_day:word")
def number_of_days(number: int, word: str) -> Amount | None:
    """ "Un día", where "día" is also what stands before a date."""
    return amount(number, "day") if word == "day" else None


@rule("amount", "<!in round_days:weeks")
def weeks_in_days(weeks: int) -> Amount | None:
    """ "Tous les quinze jours" is every two weeks."""
    return amount(weeks, "week")


@rule("amount", "<!at clock:clock unit:unit")
def hours_and_minutes_glued(clock: Clock, unit: str, nodes: list[Node]) -> Amount | None:
    """ "1h30m"."""
    hours, minutes = divmod(clock.minutes, 60)
    if unit != "minute" or not nodes[1].glued or "h" not in nodes[0].text or not 1 <= hours <= _LONGEST_HOURS:
        return None
    return Amount(((hours, "hour"), (minutes, "minute")))


@rule("amount", "<!at clock:clock unit:unit")
def hours_with_a_colon(clock: Clock, unit: str, nodes: list[Node]) -> Amount | None:
    """ "1:30 hours"; later in the day it is a clock, and so is "1:30 h"."""
    hours, minutes = divmod(clock.minutes, 60)
    if unit != "hour" or len(nodes[1].text) < 4 or ":" not in nodes[0].text or not 1 <= hours <= 4:
        return None
    return Amount(((hours, "hour"), (minutes, "minute")) if minutes else ((hours, "hour"),))


@rule("amount", "num/a/few:number whole unit:unit")
def whole_units(number: int, unit: str) -> Amount | None:
    """ "Two full hours"; a full day is all of it."""
    return amount(number, unit) if number > 1 or unit in ("minute", "hour") else None


@rule("amount", "num/few:number unit:unit")
def plain_amount(number: int, unit: str) -> Amount | None:
    return amount(number, unit)


@rule("amount", "a:number unit:unit")
def single_amount(number: int, unit: str) -> Amount | None:
    return amount(number, unit, by_article=True)


_NO_MINUTES = (
    "!unit !word !people !half !clock !to !by !of !month !weakmonth !ord !oclock !num !pick !dm !street"
)


@rule("amount", f"amount:hours and? num:minutes {_NO_MINUTES}")
def hours_and_bare_minutes(hours: Amount, minutes: int) -> Amount | None:
    """ "1 hour thirty"."""
    (number, unit), *more = hours.parts
    if more or unit != "hour" or number != int(number) or not 5 <= minutes <= 59:
        return None
    return Amount(((number, unit), (minutes, "minute")))


@rule("amount", "amount ( comma? and? amount )+", "amount comma? and? amount")
def in_several_units(nodes: list[Node]) -> Amount | None:
    """ "1 year, 2 weeks and 3 days"."""
    total: Amount | None = None
    for node in nodes:
        if node.kind == "amount":
            total = total.with_part(node.value) if total else node.value
            if total is None:
                return None
    return total


@rule("word", "amount:first amount:second")
def for_each(first: Amount, second: Amount) -> str | None:
    """ "3 days a week" is how often, not when."""
    return "often" if second.by_article else None


@rule("in", "between:also =amount")
def between_that_is_in(also: str) -> str | None:
    """ "Tra due settimane", where the word for between also says in."""
    return also or None
