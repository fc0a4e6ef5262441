"""Numbers in words: "twenty fourth", "vinte e três", "a hundred and twenty", "two thousand and thirty"."""

from __future__ import annotations

from actions.when.rules.grammar import Grammar

numbers = Grammar()
rule = numbers.rule
counted = Grammar()
"""Before hours that are told and hours that are counted are told apart."""


@counted.rule("num", "tens:tens and num/a:ones (?= hour/unit )")
def number_of_hours(tens: int, ones: int) -> int | None:
    """ "Vinte e três horas"; but "las veinte y cinco" may be a clock."""
    return tens + ones if ones < 10 else None


@rule("ord", "tens:tens ord:ones")
def ordinal_in_words(tens: int, ones: int) -> int | None:
    return tens + ones if ones < 10 else None


@rule("num", "tens:tens num:ones", "tens:tens and num/a:ones", "tens:tens")
def number_in_words(tens: int, ones: int = 0) -> int | None:
    """ "Twenty four", "treinta y uno"."""
    return tens + ones if ones < 10 else None


@rule("num", "num/a:hundreds hundred and? num:rest", "num/a:hundreds hundred")
def hundreds(hundreds: int, rest: int = 0) -> int | None:
    return hundreds * 100 + rest if hundreds < 10 and rest < 100 else None


@rule("num", "num:thousands thousand and? num:rest", "num:thousands thousand")
def thousands(thousands: int, rest: int = 0) -> int | None:
    """Years are said so: "two thousand and thirty"."""
    return thousands * 1000 + rest if thousands < 10 and rest < 1000 else None
