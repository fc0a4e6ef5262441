"""The grammar: rules over kinds of nodes, one module an idea, run in the order of `STAGES`."""

from actions.when.rules.amount_ranges import amount_ranges
from actions.when.rules.amounts import amounts
from actions.when.rules.answers import answers
from actions.when.rules.bare_dates import bare_dates
from actions.when.rules.bare_hours import bare_hours
from actions.when.rules.beside import beside
from actions.when.rules.clocks import clocks
from actions.when.rules.dates import dates
from actions.when.rules.day_parts import day_parts
from actions.when.rules.durations import durations, leftovers
from actions.when.rules.greetings import greetings
from actions.when.rules.homonyms import homonyms
from actions.when.rules.moves import moves
from actions.when.rules.named_days import named_days
from actions.when.rules.now import now
from actions.when.rules.nth import nth
from actions.when.rules.numbers import numbers
from actions.when.rules.parts import parts
from actions.when.rules.past import past
from actions.when.rules.periods import periods
from actions.when.rules.picks import picks
from actions.when.rules.ranges import ranges
from actions.when.rules.recurrence import recurrence
from actions.when.rules.refusals import refusals
from actions.when.rules.remarks import remarks
from actions.when.rules.rolling import rolling
from actions.when.rules.small_talk import small_talk
from actions.when.rules.spans import spans
from actions.when.rules.spoken_clocks import spoken_clocks
from actions.when.rules.stretches import stretches
from actions.when.rules.years import years
from actions.when.rules.zoned import zoned

STAGES = (
    numbers,
    homonyms,
    amounts,
    picks,
    spoken_clocks,
    greetings,
    clocks,
    answers,
    bare_hours,
    zoned,
    amount_ranges,
    durations,
    past,
    rolling,
    now,
    moves,
    recurrence,
    nth,
    dates,
    bare_dates,
    named_days,
    beside,
    years,
    small_talk,
    periods,
    parts,
    ranges,
    day_parts,
    spans,
    stretches,
    refusals,
    remarks,
    leftovers,
)

__all__ = ["STAGES"]
