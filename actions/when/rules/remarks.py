"""What is said about a wish rather than as one: "Friday is better", "ideally", "Saturday works too", "no Thursdays"."""

from __future__ import annotations

from actions.when.nodes import Day, Node, Span
from actions.when.rules.grammar import Grammar

remarks = Grammar()
rule = remarks.rule


@rule("ruled_out", "deny:word day:day", "deny:word span:span")
def none_of_them(
    word: str, nodes: list[Node], day: Day | None = None, span: Span | None = None
) -> Day | Span | None:
    """ "No Thursdays", "no mornings"; but "no, Thursday"."""
    if word != "none" or nodes[1].start > nodes[0].end + 1:
        return None
    if day is not None:
        several = day.weekdays or day.weekend
        return day if several and day.week is None and not (day.bound or day.which) else None
    return span if span and span.daypart and nodes[1].text.endswith("s") else None


_NO_LESS = "(?! word/fits* not/bad )"


@rule("allows", f"<=day fits:how {_NO_LESS}", f"<=span fits:how {_NO_LESS}", f"<=dayspan fits:how {_NO_LESS}")
def would_do(how: str) -> str | None:
    """ "Thursday is ok after all"; but "Donnerstag geht leider nicht"."""
    return how or None


@rule(
    "widens",
    "<=day too",
    "<=span too",
    "<=dayspan too",
    "<=allows too",
    "<=day allows too",
    "too $",
    "too =stop",
)
def as_well() -> str:
    """ "Saturday works too"."""
    return "too"
