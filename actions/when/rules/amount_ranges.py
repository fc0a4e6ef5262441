"""Two amounts in one breath: "in 2 to 3 weeks", "a week or two from now", "2-3 hours"."""

from __future__ import annotations

from datetime import timedelta

from actions.when.amount import Amount
from actions.when.amount import amount as amount_of
from actions.when.calendar.arithmetic import moved
from actions.when.nodes import Clock, Day, Span
from actions.when.rules.clocks import today
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

amount_ranges = Grammar()
rule = amount_ranges.rule

Pair = tuple[Amount, Amount]


@rule("amounts", "num:low to/or/by amount:high", "between num:low and amount:high")
def up_to_an_amount(low: int, high: Amount) -> Pair | None:
    return _pair(amount_of(low, high.parts[0][1]), high) if len(high.parts) == 1 else None


@rule(
    "amounts",
    "amount:low or num/few:high !unit",
    "amount:low to amount:high",
    "between amount:low and amount:high",
)
def from_an_amount(low: Amount, high: int | Amount) -> Pair | None:
    """ "A week or two", "half an hour to an hour"."""
    return _pair(low, high if isinstance(high, Amount) else amount_of(high, low.parts[0][1]))


@rule("day", "in around? amounts:pair time?", "amounts:pair from_now")
def days_away(pair: Pair, scene: Scene) -> Day | None:
    low, high = pair
    if low.by_clock or high.by_clock:
        return None
    first, last = (moved(scene.now, each.shift).date() for each in pair)
    return Day(start=first, end=last + timedelta(days=1))


@rule("dayspan", "in around? amounts:pair time?", "amounts:pair from_now")
def hours_away(pair: Pair, scene: Scene) -> tuple[Day, Span] | None:
    first, last = (moved(scene.now, each.shift) for each in pair)
    if first.date() != scene.now.date():
        return None
    end = last.hour * 60 + last.minute if last.date() == first.date() else 0
    return today(scene), Span(Clock(first.hour * 60 + first.minute), Clock(end))


@rule("amount", "amounts:pair")
def at_most(pair: Pair) -> Amount:
    """As a length, the longer one is what has to fit."""
    return pair[1]


def _pair(low: Amount | None, high: Amount | None) -> Pair | None:
    return (low, high) if low and high and low.seconds < high.seconds else None
