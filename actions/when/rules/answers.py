"""Answers to an open question: "3", "yes, 11 is perfect", "any"; "option 3" only picks from a list."""

from __future__ import annotations

from actions.when.calendar.zones import zone_of
from actions.when.nodes import Clock, Day, Node
from actions.when.rules.clocks import NOT_COUNTED, figures
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene

answers = Grammar()
rule = answers.rule


@rule("word", f"pick num {NOT_COUNTED} !half !oclock !to")
def numbered_choice() -> str:
    """ "Option 3"; but "the visit 3 to 4"."""
    return "pick"


@rule("word", "<=weekday/relday/daypart num:one !or !comma !half !oclock !num !to")
def the_one(one: int, nodes: list[Node]) -> str | None:
    """ "My Friday one" is a visit, not one o'clock."""
    return "pick" if nodes[0].text.isalpha() and one == 1 else None


@rule(
    "soonest",
    "ord:nth slot/pick =weekday/relday/on/of/in/weekend/next/this",
    "ord:nth slot/pick =daypart/month/date/ord",
)
def first_slot(nth: int, scene: Scene) -> str | None:
    """ "The first appointment on Saturday" is the earliest, unless it picks from what was offered."""
    return "" if nth == 1 and scene.context.asked is None else None


@rule("clock", "<=remake/make_it quarter:past (?= instead | stop | $ )", "^ quarter:past instead? $")
def another_share_of_the_hour(past: int, scene: Scene) -> Clock | None:
    """ "Make it half past": of the hour that is spoken of."""
    anchor = scene.context.anchor
    return Clock((anchor.astimezone(zone_of(scene.zone)).hour * 60 + past) % 1440) if anchor else None


@rule("later", "later:way num:one !or !comma !unit !half !oclock")
def the_earlier_one(way: str, one: int, nodes: list[Node]) -> str | None:
    return way if nodes[1].text.isalpha() and one == 1 else None


@rule("anytime", "^ indifferent $", "^ indifferent stop", "^ fits/deny comma? indifferent $")
def indifferent(scene: Scene) -> str | None:
    return "time" if scene.context.asked == "time" else None


@rule("day", "indifferent weekday:weekday")
def any_such_day(weekday: int) -> Day:
    """ "Any Saturday in July"."""
    return Day(weekdays=(weekday,))


@rule("ord", "(?<= month/weakmonth num/ord or/and ) num:day $")
def another_day(day: int) -> int | None:
    """ "Nov 21 or 22"."""
    return day if 1 <= day <= 31 else None


@rule(
    "clock",
    f"^ num:hour {NOT_COUNTED} !to !ord !num",
    "^ for num:hour $",
    "<!month/weakmonth num:hour $",
    "<!month/weakmonth num:hour =stop",
    "<!month/weakmonth num:hour =fits",
    "<!month/weakmonth num:hour =better",
    "<!month/weakmonth num:hour =bad",
    "<!month/weakmonth num:hour =too",
)
def answered(nodes: list[Node], hour: int, scene: Scene) -> Clock | None:
    """A lone number, or one that begins or ends the answer, is a time only when that was the question; "on March 3" is
    a day all the same."""
    if not scene.context.awaits_time:
        return None
    return figures(nodes[-1])
