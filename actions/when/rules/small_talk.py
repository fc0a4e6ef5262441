"""Words of time in what people say for politeness: "Danke, bis Freitag", "Bis morgen!"."""

from __future__ import annotations

from actions.when.grammar import Grammar
from actions.when.nodes import Node

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


@rule("word", "was word/poss/at/in/to* on? weekday !of")
def what_was() -> str:
    """ "I was there on Monday"."""
    return "told"


@rule(
    "word",
    "ever_since on? last/this? day/weekday/date/relday/amount/month/weakmonth/unit/period/year",
    "ever_since at? clock",
)
def since_then() -> str:
    """ "Seit Montag tut es weh" tells since when, in languages that do not say "from" so."""
    return "told"
