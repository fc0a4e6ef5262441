"""Words of time with two meanings, told apart by their neighbours before anything else is read."""

from __future__ import annotations

from actions.when.nodes import Node
from actions.when.rules.dates import ordered
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene
from actions.when.words.vocabulary import Daypart

homonyms = Grammar()
rule = homonyms.rule


@rule("dmy", "num:first num:second num:year !num !unit !hour", "^ the_day? num:first num:second num:year $")
def spaced_out(
    first: int, second: int, year: int, nodes: list[Node], scene: Scene
) -> tuple[int, int, int] | None:
    """ "20 02 2027", and "20 2 27" where nothing else is said."""
    numbers = [node for node in nodes if node.kind == "num"]
    day, month = ordered(first, second, scene.day_first)
    if not all(node.text.isdigit() and len(node.text) in (1, 2, 4) for node in numbers):
        return None
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    years = (2000, 2099) if len(numbers[-1].text) == 4 else (scene.now.year % 100, scene.now.year % 100 + 2)
    return (first, second, year) if years[0] <= year <= years[1] else None


@rule(
    "ord",
    "<=weekday num:day !unit !hour !half !minutes_behind !oclock !num !people !month !weakmonth !amount"
    " (?! or/and clock ) (?! to/by num !hour !unit ) (?! of/in/for to? the_hour? daypart )",
)
def date_behind_weekday(day: int, scene: Scene) -> int | None:
    """ "Mardi 15 à 16h", where hours are never told by a number alone."""
    return day if scene.marked_hours and 1 <= day <= 31 else None


@rule(
    "weekday_plural",
    "<=except/not/cannot the_day:the weekday:weekday !num !ord !next !last !dm !of !to !clock",
)
def each_such_day(the: str, weekday: int) -> int | None:
    """ "Sauf le mercredi": where the article makes it all of them."""
    return weekday if the == "each" else None


@rule("weekday_plural", "indifferent:which weekday:weekday !num !ord")
def any_such_day(which: str, weekday: int) -> int | None:
    """ "Any Friday"."""
    return weekday if which == "any" else None


@rule("daypart", "<=weekday/weekday_plural/relday/at/around/after/before/by meal:part")
def mealtime(part: Daypart) -> Daypart:
    """ "Friday lunch"; lunch itself is nothing to be booked."""
    return part


@rule("except", "(?<= indifferent daypart/weekdays/unit ) but (?= weekday/ord/month )")
def all_but() -> str:
    """ "Any night but Friday"."""
    return ""


@rule("word", "num:number daypart:part word")
def nights(part: Daypart, number: int) -> str | None:
    """ "A 7 night stay"."""
    return "nights" if part.name == "night" else None


@rule("ord", "dated:day")
def the_number(day: int, scene: Scene) -> int | None:
    """ "The 27"; "the 10" may answer the question for an hour."""
    return day if scene.context.asked not in ("time", "slot") else None


@rule("num", "dated:number")
def only_a_number(number: int) -> int:
    return number


@rule("after", "last:way =clock/clockword")
def past_a_time(way: str) -> str | None:
    """ "Passé 18h"; "la semaine passée" is the last."""
    return way if way == "after" else None


@rule("after", "post (?= clock/clockword/ord | num half/oclock | num $ | num comma/stop )")
def post_six() -> str:
    """ "Post 6 pm"; "the post" and "post it" are no time."""
    return "after"


_NO_TIME_FOLLOWS = (
    "!clock !num !tens !dotted !dm !dmy !clockword !quarter !at !around !the_day !the_hour !to !of "
    "!weekday !relday !ord !month !weakmonth !this !next !holiday !daypart !half_unit !missing"
)


@rule("onwards", f"or after {_NO_TIME_FOLLOWS}")
def or_after() -> str:
    """ "At 10 or after"; "before 10 or after 4" are two windows."""
    return "after"


@rule("at_latest", f"or before {_NO_TIME_FOLLOWS}")
def or_before() -> str:
    return "before"


@rule(
    "onwards",
    f"<=num/clock/clockword/half/oclock/unit/weekday/relday/month/ord or later:way {_NO_TIME_FOLLOWS}",
)
def or_later(way: str) -> str | None:
    """ "A las 10 o después"."""
    return way if way == "later" else None


@rule(
    "at_latest",
    f"<=num/clock/clockword/half/oclock/unit/weekday/relday/month/ord or later:way {_NO_TIME_FOLLOWS}",
)
def or_earlier(way: str) -> str | None:
    return way if way == "earlier" else None


@rule("word", "greeting morrow", "^ morrow:said stop")
def good_morning(nodes: list[Node], scene: Scene, said: Daypart | None = None) -> str | None:
    """ "Guten Morgen", "Morgen!"; but "Morgen." answers the question for a day."""
    if said and (nodes[-1].text != "!" or scene.context.asked in ("day", "time", "slot")):
        return None
    return "greeting"


@rule("daypart", "<=weekday/weekday_plural/relday/this/every morrow:part")
def morning_of_a_day(part: Daypart) -> Daypart:
    """ "Freitag Morgen", "heute Morgen"."""
    return part


@rule("relday", "morrow")
def tomorrow() -> int:
    return 1


@rule(
    "weekday",
    "<=on weakday:day",
    "weakday:day (?= comma? dmy/dm/dotted/ord )",
    "weakday:day (?= or/and/to/comma/by weekday )",
    "(?<= weekday and/to/comma/by ) weakday:day",
    "weakday:day =daypart",
)
def short_weekday(day: int) -> int:
    """ "Am So", "So 27.2."; alone the word is an everyday one."""
    return day
