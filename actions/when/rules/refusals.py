"""Words that say no to what stands before or behind them: "el lunes no", "no el lunes", "no, el lunes".

English tells "not" (behind it), "doesn't work" (before it) and "no" apart; where one word is all three, its table
calls it `no`, and `cannot` what can only rule out ("no puedo"). Where "not" may also close a sentence ("Freitag
kann ich leider nicht"), its value is `behind`.
"""

from __future__ import annotations

from actions.when.rules.grammar import Grammar

refusals = Grammar()
rule = refusals.rule


@rule("instead_of", "(?<= instead day/span/dayspan ) than =day/span/dayspan")
def rather_than() -> str:
    """ "Plutôt le soir que le matin"."""
    return "than"


@rule("except", "minus =day/span/dayspan", "minus in/on/at/for/to/of =day/span/dayspan")
def less() -> str:
    """ "Cualquier día menos el lunes"."""
    return "except"


@rule(
    "bad",
    "(?<= day/span/dayspan comma ) cannot =stop/comma/but/or",
    "(?<= day/span/dayspan comma ) cannot $",
)
def apart() -> str:
    """ "Vendredi, je ne peux pas"."""
    return "cannot"


@rule(
    "except",
    "<=day bar =day/span/dayspan",
    "<=span bar =day/span/dayspan",
    "<=anytime bar =day/span/dayspan",
)
def barring() -> str:
    """ "Any morning next week bar Friday"; but "the brow bar on Friday"."""
    return "except"


@rule(
    "not",
    "no/cannot =day/span/dayspan/moment",
    "no/cannot in/on/at/for/to/of/since =day/span/dayspan",
    "<!day <!span <!dayspan cannot",
)
def behind() -> str:
    return "not"


@rule(
    "bad",
    "<=day no/cannot",
    "<=span no/cannot",
    "<=dayspan no/cannot",
)
def before() -> str:
    return "bad"


@rule("deny", "no =comma/stop/deny", "^ no")
def taken_back() -> str:
    return "no"


@rule("bad", "not:place (?= word* comma/stop/but/else/or | word* $ )")
def not_behind(place: str) -> str | None:
    """A "not" that no day or time follows, in languages where it may stand at the end."""
    return place if place == "behind" else None


@rule("word", "later word? bad")
def no_other_way() -> str:
    """ "Früher geht nicht" asks for nothing earlier."""
    return "later"


@rule("later", "rather:way (?= comma/stop | $ )")
def sooner(way: str) -> str:
    """ "Geht es eher?"; before a day the same word is "rather"."""
    return way
