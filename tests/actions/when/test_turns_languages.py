"""What holds over several turns in English holds in the other languages: the words are theirs, the sense is common."""

from __future__ import annotations

import pytest

from tests.actions.when.said import line, lines, talked

TURNS = [
    ("es-ES", ("jueves o viernes", "el viernes me viene mejor"), ["06-11", "06-10"]),
    ("es-ES", ("el viernes a las 3", "no, el jueves"), ["06-10 15:00"]),
    ("es-ES", ("en agosto", "el 20", "a las 10"), ["08-20 10:00"]),
    ("de-DE", ("Donnerstag oder Freitag", "Freitag wäre besser"), ["06-11", "06-10"]),
    ("de-DE", ("Freitag um 15 Uhr", "nein, Donnerstag", "Samstag geht auch"), ["06-10 15:00", "06-12 15:00"]),
    ("de-DE", ("am liebsten Freitag", "nach 16 Uhr"), ["06-11 16:00-", "16:00-"]),
    ("pt-BR", ("sexta ou sábado", "sábado seria melhor"), ["06-12", "06-11"]),
    ("pt-BR", ("sexta às 15h", "não, quinta"), ["06-10 15:00"]),
    ("fr-FR", ("jeudi ou vendredi", "je préfère vendredi"), ["06-11", "06-10"]),
    ("fr-FR", ("jeudi ou vendredi", "vendredi serait mieux"), ["06-11", "06-10"]),
    ("fr-FR", ("vendredi à 15h", "non, jeudi", "samedi me va aussi"), ["06-10 15:00", "06-12 15:00"]),
    ("fr-FR", ("vendredi", "non, l'autre vendredi"), ["06-18"]),
]
GIVEN_UP = [
    ("es-ES", "solo por la mañana", "después de las 5"),
    ("de-DE", "nur vormittags", "nach 17 Uhr"),
    ("pt-BR", "só de manhã", "depois das 17h"),
    ("fr-FR", "le matin seulement", "après 17h"),
]


@pytest.mark.parametrize(("locale", "turns", "expected"), TURNS, ids=str)
def test_turns_combine(locale: str, turns: tuple[str, ...], expected: list[str]) -> None:
    assert lines(talked(*turns, locale=locale)) == expected


@pytest.mark.parametrize(("locale", "first", "then"), GIVEN_UP, ids=str)
def test_the_wish_that_is_given_up_is_named(locale: str, first: str, then: str) -> None:
    understood = talked(first, then, locale=locale)

    assert lines(understood) == ["17:00-"]
    assert understood.emptied is not None
    assert line(understood.emptied).endswith(("12:00", "13:00", "14:00"))
