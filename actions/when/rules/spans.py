"""Windows of the day: "between 2 and 4", "after 5", "around noon", "by 2pm", "mornings", "tonight"."""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Clock, Day, Node, Span
from actions.when.rules.clocks import clock_at, figures, today
from actions.when.rules.grammar import Grammar
from actions.when.scene import Scene
from actions.when.words.vocabulary import Daypart

spans = Grammar()
rule = spans.rule


@rule("clock", "clock_beside:hour")
def beside_weekday(hour: int) -> Clock | None:
    return clock_at(hour)


@rule(
    "span",
    "between clock/num:start and/to clock/num:end",
    "between clock/num:start around and/to clock/num:end around?",
    "between around? clock/num:start and/to around? clock/num:end",
    "since/from clock/num:start to/by/through clock/num:end",
    "clock:start to/by/through clock:end",
    "num:start to/by/through clock:end",
    "clock:start to/by/through num:end",
    "<=except num:start to/by num:end",
    "<=not num:start to/by num:end",
    "<=day num:start to/by num:end !unit !people !word",
    "num:start to/by num:end =day",
    "num:start to/by num:end (?= on day )",
    "num:start to/by/through num:end (?= in/on/of? this? daypart )",
    "num:start to/by/through num:end =tonight",
    "^ num:start to/by num:end $",
)
def between(start: Clock | int, end: Clock | int, nodes: list[Node]) -> Span | None:
    first, last = (_clock(node) for node in nodes if node.kind in ("clock", "num"))
    return Span(first, last) if first and last else None


@rule("span", "between/since/from? clock/num till_closing")
def till_closing(nodes: list[Node]) -> Span | None:
    """ "Between 3 and close"."""
    start = next((_clock(node) for node in nodes if node.kind in ("clock", "num")), None)
    return Span(start) if start else None


@rule("dayspan", "weeknights")
def weeknights() -> tuple[Day, Span]:
    return Day(weekdays=(0, 1, 2, 3, 4)), Span(Clock(17 * 60), Clock(21 * 60), daypart="evening", half="pm")


@rule("span", "at? around at? clock:clock", "clock:clock around")
def around(clock: Clock) -> Span:
    return Span(clock, around=True, soft=True)


@rule(
    "span",
    "since/from/at? clock:clock onwards/at_earliest",
    "since/from clock:clock on !day",
    "at_earliest at? clock:clock",
    "after clock:clock",
    "past clock:clock",
    "since/ever_since clock:clock",
    "after/past around span:span",
    "after/past span:span",
    "since span:span",
    "span:span onwards",
)
def lower_bound(clock: Clock | None = None, span: Span | None = None) -> Span | None:
    if span is not None:
        return _edge(span, start=True)
    return Span(start=clock)


@rule("span", "soonest at? clock:clock")
def earliest(clock: Clock, nodes: list[Node]) -> Span | None:
    """ "Earliest 10am"; but "the next available at 10" is at 10."""
    return Span(start=clock) if len(nodes[0].text.split()) == 1 else None


@rule("word", "for:also clock")
def party(also: str, nodes: list[Node]) -> str | None:
    """ "Een tafel voor 4 op vrijdag": of a bare figure nobody knows whether it is an hour."""
    return "party" if also == "before" and nodes[1].text.isdigit() and len(nodes[1].text) < 3 else None


@rule("span", "<!slot for:also clock:clock")
def before_rather_than_for(also: str, clock: Clock) -> Span | None:
    """Where one word means for and before: "voor 10 uur"; "een afspraak voor 10 uur" is at ten."""
    return Span(end=clock) if also == "before" else None


@rule(
    "span",
    "before clock:clock",
    "by/through/within clock:clock",
    "clock:clock at_latest",
    "at_latest at? clock:clock",
    "before span:span",
    "by span:span",
)
def upper_bound(clock: Clock | None = None, span: Span | None = None) -> Span | None:
    if span is not None:
        return _edge(span, start=False)
    return Span(end=clock)


@rule("span", "starting clock:clock", "<!this clock:clock")
def exactly(clock: Clock) -> Span:
    return Span(clock, exact=True)


@rule("dayspan", "this:this daypart:part", "tonight:tonight")
def of_today(
    scene: Scene, part: Daypart | None = None, this: str | None = None, tonight: str | None = None
) -> tuple[Day, Span]:
    span = Span(Clock(18 * 60), daypart="tonight", half="night") if part is None else daypart_span(part)
    return today(scene), span


@rule("dayspan", "this clock:clock")
def time_of_today(clock: Clock, scene: Scene) -> tuple[Day, Span]:
    """ "This afternoon at 2"."""
    return today(scene), Span(clock, exact=True)


@rule("span", "after/past daypart:part", "since:since daypart:part")
def after_daypart(part: Daypart, since: str | None = None) -> Span | None:
    """ "After the morning", "not before the afternoon"."""
    if part.edge is not None or not part.end:
        return None
    return Span(start=_from_time(part.end if since is None else part.start))


@rule("span", "before daypart:part", "by daypart:part")
def before_daypart(part: Daypart) -> Span | None:
    return Span(end=_from_time(part.start)) if part.start and part.edge is None else None


@rule("span", "in/on/of/at/for/around? daypart:part")
def daypart(part: Daypart) -> Span:
    return daypart_span(part)


@rule("span", "^ half:half $", "^ half:half stop")
def half_answered(half: str, scene: Scene) -> Span | None:
    return half_day(half) if scene.context.awaits_time else None


@rule("span", "<=day half:half")
def half_day(half: str) -> Span:
    """ "Sat pm"."""
    if half == "am":
        return Span(Clock(8 * 60), Clock(12 * 60), daypart="morning", half="am")
    return Span(Clock(12 * 60), Clock(18 * 60), daypart="afternoon", half="pm")


def daypart_span(part: Daypart) -> Span:
    return Span(
        _from_time(part.start), _from_time(part.end), daypart=part.name, half=part.half, edge=part.edge
    )


def _from_time(value: object) -> Clock | None:
    return Clock(value.hour * 60 + value.minute) if value is not None else None  # type: ignore[attr-defined]


def _edge(span: Span, *, start: bool) -> Span | None:
    if span.daypart or span.edge or not span.around:
        return None
    return replace(span, start=span.start if start else None, end=None if start else span.start, around=False)


def _clock(node: Node) -> Clock | None:
    return node.value if node.kind == "clock" else figures(node)
