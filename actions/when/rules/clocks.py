"""Times of day that say so themselves: "3pm", "half past two", "evening 6:45"."""

from __future__ import annotations

from datetime import time, timedelta

from actions.when.amount import Amount
from actions.when.nodes import Clock, Day, Node, Span
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene
from actions.when.words.vocabulary import Daypart

clocks = Grammar()
rule = clocks.rule

NOT_COUNTED = "!unit !amount !people !month !weakmonth !half_unit !pick"


def today(scene: Scene) -> Day:
    day = scene.now.date()
    return Day(start=day, end=day + timedelta(days=1))


def clock_at(hour: int, minute: int = 0, *, leading_zero: bool = False) -> Clock | None:
    if not (0 <= hour <= 24 and 0 <= minute <= 59):
        return None
    return Clock((hour % 24) * 60 + minute, either=1 <= hour <= 12 and not leading_zero)


@rule("clock", f"num/a:hour oclock num:minute {NOT_COUNTED} !oclock !ord")
def hour_oclock_minutes(hour: int, minute: int, nodes: list[Node]) -> Clock | None:
    """ "15 Uhr 30", "acht Uhr fünfzehn"; a lone figure and "the 3 o'clock one" count something else."""
    figures = nodes[2].text.isdigit()
    return (
        None
        if (figures and len(nodes[2].text) != 2) or (not figures and minute < 5)
        else clock_at(hour, minute)
    )


@rule(
    "clock", "num/a:hour oclock half?:half", "clock:clock oclock half?:half", "dotted:pair oclock half?:half"
)
def oclock(
    half: str | None, hour: int = 0, clock: Clock | None = None, pair: tuple[int, int] | None = None
) -> Clock | None:
    known = clock or clock_at(*(pair or (hour,)))
    return known.as_half(half) if known and half else known


@rule(
    "clock",
    "clock:clock half:half",
    "num:hour num:minute half:half",
    "<!month num:hour half:half",
    "(?<= num/ord/of month ) num:hour half:half",
    "num:hour oh num:minute half?:half",
    "dotted:pair half:half",
)
def with_half(
    half: str | None,
    nodes: list[Node],
    clock: Clock | None = None,
    hour: int = 0,
    minute: int = 0,
    pair: tuple[int, int] | None = None,
) -> Clock | None:
    """ "5 3 pm" is no time: behind a month the 5 is the day."""
    if pair:
        hour, minute = pair
    if nodes[1].kind == "num" and minute < 10 and not nodes[1].text.startswith("0"):
        return None
    if half is None:
        return clock_at(hour, minute) if minute < 10 else None
    if 100 <= hour <= 2359 and not minute:
        hour, minute = divmod(hour, 100)
    if clock is None and not 1 <= hour <= 12:
        return clock_at(hour, minute) if hour <= 24 else None
    known = clock or clock_at(hour, minute)
    if known is None or known.minutes >= 13 * 60:
        return known
    return Clock(known.minutes, either=True).as_half(half)


@rule(
    "clock",
    "quarter:past num:hour half:half",
    "quarter:past clock:clock half:half",
    "quarter:past num:hour",
    "quarter:past clock:clock",
    "quarter:past clockword:word",
)
def past_the_hour(
    past: int,
    hour: int | None = None,
    clock: Clock | None = None,
    half: str | None = None,
    word: time | None = None,
) -> Clock | None:
    if word is not None:
        return Clock((word.hour * 60 + past) % 1440)
    base = clock or (clock_at(hour) if hour is not None else None)
    return minutes_from(base, past, half)


@rule(
    "clock",
    "num/clock:hour oclock? minutes_behind:behind half?:half",
    "clockword:hour minutes_behind:behind",
    "num/clock:hour oclock? minus num:less half?:half",
)
def minutes_behind_the_hour(
    hour: int | Clock | time, behind: int | None = None, half: str | None = None, less: int | None = None
) -> Clock | None:
    """ "Las tres y media", "midi et quart", "las tres menos diez": languages that name the hour first."""
    minutes = behind if behind is not None else -int(less or 0)
    if not -60 < minutes < 60:
        return None
    if isinstance(hour, time):
        return Clock((hour.hour * 60 + minutes) % 1440)
    return minutes_from(hour if isinstance(hour, Clock) else clock_at(hour), minutes, half)


@rule("clock", "clockword:word")
def by_name(word: time) -> Clock:
    return Clock(word.hour * 60 + word.minute)


@rule(
    "clock",
    "num/amount:minutes past num:hour half?:half",
    "num/amount:minutes past clock:clock",
    "num/amount:minutes after num:hour half:half",
    "num/amount:minutes after/in:also num:hour half?:half !unit !month !ord",
    "num/amount:minutes in:also clock:clock",
    "num/amount:minutes after clock:clock",
)
def minutes_past(
    minutes: int | Amount,
    hour: int | None = None,
    clock: Clock | None = None,
    half: str | None = None,
    also: str = "past",
) -> Clock | None:
    """Where one word means after and past ("zwanzig nach drei"), its value says so."""
    exact = False
    if not also:
        return None
    if isinstance(minutes, Amount):
        minutes = minutes.minutes
        exact = True
    if not minutes or (minutes % 5 and not exact):
        return None
    base = clock or (clock_at(hour) if hour is not None else None)
    return minutes_from(base, minutes, half) if minutes < 60 else None


@rule(
    "clock",
    "num/amount:minutes before/for:way num/clock:hour oclock? half?:half !unit !month !ord",
)
def minutes_before(
    minutes: int | Amount, way: str, hour: int | Clock, half: str | None = None
) -> Clock | None:
    """ "Zehn vor drei", where the word for "before" counts minutes."""
    if isinstance(minutes, Amount):
        minutes = minutes.minutes
    if way not in ("ago", "before") or not 0 < minutes < 60 or minutes % 5:
        return None
    return minutes_from(hour if isinstance(hour, Clock) else clock_at(hour), -minutes, half)


@rule(
    "clock",
    "amount:minutes to/before num:hour num:more half?:half",
    f"amount:minutes to num:hour half?:half {NOT_COUNTED}",
    "amount:minutes before num:hour half:half",
    "amount:minutes to/before clock/clockword:clock",
    "num:minutes to num:hour half?:half",
    "num:minutes to clock/clockword:clock",
)
def minutes_to(
    minutes: int | Amount,
    nodes: list[Node],
    hour: int | None = None,
    more: int = 0,
    clock: Clock | time | None = None,
    half: str | None = None,
) -> Clock | None:
    """ "Ten to three" in words; in figures only where it cannot be a range: "20 to 2"."""
    if isinstance(minutes, Amount):
        minutes = minutes.minutes if not (minutes.days or minutes.months) else 0
    elif not _leads_to_the_hour(minutes, nodes, hour):
        return None
    if isinstance(clock, time):
        clock = Clock(clock.hour * 60 + clock.minute)
    base = clock or (clock_at(hour, more) if hour is not None else None)
    return minutes_from(base, -minutes, half) if 0 < minutes < 60 else None


def _leads_to_the_hour(minutes: int, nodes: list[Node], hour: int | None) -> bool:
    """A table whose "to" says other things too ("15 à 16h") gives it a value; it tells no minutes."""
    if nodes[-1].text.startswith("-") or "-" in nodes[1].text or nodes[1].value:
        return False
    in_words = nodes[0].text.isalpha()
    return (in_words and minutes in (5, 10)) or (minutes in (15, 20, 25) and (hour or 0) <= 12)


@rule("clock", f"num:hour num:minute {NOT_COUNTED} !ord !street")
def hour_and_minutes(hour: int, minute: int, nodes: list[Node]) -> Clock | None:
    """ "Three thirty", "9 30"."""
    if not 1 <= hour <= 23 or minute % 5 or minute > 59 or (minute < 10 and nodes[1].text != "00"):
        return None
    return clock_at(hour, minute)


@rule(
    "dayspan",
    "<!and <!to <!by <!through num:hour this daypart:part",
    "<!and <!to <!by <!through clock:clock this daypart:part",
)
def in_daypart_today(
    part: Daypart, nodes: list[Node], scene: Scene, hour: int | None = None, clock: Clock | None = None
) -> tuple[Day, Span] | None:
    """ "7:30 this evening"."""
    base = clock or figures(nodes[0])
    known = base.as_half(part.half) if base else None
    return (today(scene), Span(known, exact=True)) if known else None


@rule(
    "dayspan",
    "<!and <!to <!by <!through num:hour tonight",
    "<!and <!to <!by <!through clock:clock tonight",
    f"tonight at? num:hour {NOT_COUNTED} !to !or",
    "tonight at? clock:clock !to !or",
)
def tonight_at(
    scene: Scene, nodes: list[Node], hour: int | None = None, clock: Clock | None = None
) -> tuple[Day, Span] | None:
    """ "8 tonight", "tonight 8.15"; but "a table for one tonight"."""
    number = next((node for node in nodes if node.kind == "num"), None)
    base = clock or (figures(number) if number and number.text != "one" else None)
    known = base.as_half("night") if base else None
    return (today(scene), Span(known, exact=True)) if known else None


@rule(
    "clock",
    f"<!last daypart:part at? num:hour {NOT_COUNTED} !ord",
    "<!last daypart:part at? clock:clock",
    "num:hour in/on/of? daypart:part",
    "clock:clock in/on/of? daypart:part",
)
def in_daypart(
    part: Daypart, nodes: list[Node], hour: int | None = None, clock: Clock | None = None
) -> Clock | None:
    """ "Evening 6:45", "7 in the evening"; "one night" is a number of nights."""
    if part.name.startswith(("after_", "before_")) or _is_a_number_of(nodes):
        return None
    base = clock or figures(nodes[0] if nodes[0].kind == "num" else nodes[-1])
    is_a_visit = is_one(nodes[-1]) and len(nodes) == 2 and part.name != "afternoon"  # "the morning one"
    return base.as_half(part.half) if base and not is_a_visit else None


def _is_a_number_of(nodes: list[Node]) -> bool:
    """ "One evening", "2 night"; but "one in the afternoon" and "evening one"."""
    return len(nodes) == 2 and nodes[0].kind == "num" and (is_one(nodes[0]) or nodes[1].text == "night")


def is_one(node: Node) -> bool:
    """ "One" in words, which stands for many other things than a time."""
    return node.value == 1 and node.text.isalpha()


def figures(node: Node) -> Clock | None:
    text, value = node.text, int(node.value)
    if len(text) in (3, 4) and text.isdigit():
        return (
            clock_at(value // 100, value % 100, leading_zero=text.startswith("0"))
            if value % 100 % 5 == 0
            else None
        )
    if value == 0 or value > 24:
        return None
    return clock_at(value, leading_zero=text.startswith("0"))


def minutes_from(base: Clock | None, minutes: int, half: str | None) -> Clock | None:
    if base is None:
        return None
    if base.either:
        moved = Clock((base.minutes % 720 + minutes) % 720 or 720, either=True)
        return moved.as_half(half) if half else moved
    return Clock((base.minutes + minutes) % 1440)
