"""Words of time in what people say for politeness: "Danke, bis Freitag", "Bis morgen!"."""

from __future__ import annotations

from actions.when.nodes import Day, Node
from actions.when.rules.grammar import Grammar

small_talk = Grammar()
rule = small_talk.rule


@rule(
    "word",
    "farewell/fits:thanks comma/stop? by next/coming? day/weekday/unit/weekend",
    "farewell:thanks comma/stop? at day/weekday/relday/tonight/weekend !at !clock",
    "^ by/at next/coming? day/weekday/relday/tonight/unit/weekend stop $",
)
def until_we_meet(nodes: list[Node], thanks: str | None = None) -> str | None:
    """No deadline; but "bis Freitag." may be one."""
    if thanks == "" and nodes[0].kind == "fits":
        return None
    return "farewell" if nodes[0].kind not in ("by", "at") or nodes[-1].text == "!" else None


@rule("word", "was word/poss/at/in/to* on? weekday/date/day:day !of")
def what_was(day: Day | int | None = None) -> str | None:
    """ "I was there on Monday"; "two weeks ago" tells so itself."""
    return None if isinstance(day, Day) and day.is_told else "told"


@rule(
    "word",
    "born stop? on/in/at? day/date/period/weekday/year/month/weakmonth",
    "on/in/at? day/date/period/year born",
)
def birth() -> str:
    """ "I was born on 3 May 1985", "date of birth: 3 May 1985"."""
    return "told"


@rule(
    "word",
    "ever_since on? last/this? day/weekday/date/relday/amount/month/weakmonth/unit/period/year",
    "<=word/have_been ever_since at? clock",
)
def since_then() -> str:
    """ "Seit Montag tut es weh" tells since when, in languages that do not say "from" so."""
    return "told"
