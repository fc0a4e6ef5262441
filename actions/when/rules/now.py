""" "Now" as a time: as soon as can be, or the beginning of a range ("between now and Friday")."""

from __future__ import annotations

from actions.when.rules.grammar import Grammar

now = Grammar()
rule = now.rule


@rule("word", "<=amount/unit now", "(?<= amount word ) now", "(?<= unit word ) now")
def until_now() -> str:
    """ "A few years now"."""
    return "now"


@rule(
    "relday",
    "<=between now",
    "<=since now",
    "<=to/by/through now",
    "(?<= between month and ) now",
    "(?<= month num and ) now",
    "now =to/by",
    "^ from_now =to/by",
    "<!amount from_now =to/by",
)
def from_today() -> int:
    return 0


@rule("soonest", "now $", "now =stop/comma/deny", "now (?= or )")
def at_once() -> str:
    """At the end of what is said; "now I know" and "now that you ask" are about nothing."""
    return "now"
