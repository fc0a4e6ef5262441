"""What customers say is data: every language knows the same patterns and is read together with English."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions import speech
from actions.words import languages

FOLDER = Path(speech.__file__).parent
FILES: dict[str, Any] = {path.stem: yaml.safe_load(path.read_text()) for path in FOLDER.glob("*.yml")}


def test_every_language_that_is_spoken_is_understood() -> None:
    assert set(FILES) == set(languages())


@pytest.mark.parametrize("section", ["phrases", "words"])
@pytest.mark.parametrize("language", FILES)
def test_every_language_knows_the_same_patterns(section: str, language: str) -> None:
    assert list(FILES[language][section]) == list(FILES["en"][section])


@pytest.mark.parametrize("language", FILES)
def test_every_pattern_is_one_for_a_machine(language: str) -> None:
    """ "(?: a|b)" holds a colon and a space, which YAML takes for a mapping."""
    for phrases in FILES[language]["phrases"].values():
        assert all(isinstance(each, str) and re.compile(each) for each in phrases)


@pytest.mark.parametrize("language", FILES)
def test_each_place_that_a_pattern_points_at_has_a_number(language: str) -> None:
    assert set(FILES[language]["places"].values()) == {0, 1, 2, 3, 4, -1}


@pytest.mark.parametrize(
    ("key", "text", "points_at"),
    [
        ("name_said", "hola, me llamo José Pérez", "José Pérez"),
        ("name_said", "soy maria lopez y quiero una cita", "maria lopez"),
        ("name_said", "a nombre de Juan de la Cruz, porfa", "Juan de la Cruz"),
        ("name_said", "My name is Peter", "Peter"),
        ("wanted", "quisiera un masaje mañana", "masaje mañana"),
        ("wanted", "quiero agendar una depilacion de cejas", "depilacion de cejas"),
        ("with_a_name", "mejor con Marisol", "Marisol"),
        ("nth", "la segunda porfa", "segunda"),
        ("nth", "la última", "última"),
        ("nth", "opcion 2", "2"),
        ("nth", "la 2", "2"),
    ],
)
def test_spanish_points_at(key: str, text: str, points_at: str) -> None:
    assert speech.said(key, text, "es") == points_at


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("anyone", "me da igual con quien"),
        ("anyone", "con quien sea"),
        ("same_again", "lo de siempre"),
        ("same_again", "lo mismo que la ultima vez"),
        ("introduces", "me llamo Ana"),
        ("starts_with_yes", "Sí, ¿y dónde están?"),
        ("starts_with_yes", "si porfa, cuanto cuesta?"),
        ("ask_location", "dónde quedan?"),
        ("ask_location", "me pasas la direccion"),
        ("ask_hours", "a que hora cierran?"),
        ("ask_price", "cuanto sale?"),
        ("it", "cancélala"),
        ("it", "mejor la cambio"),
        ("cancels", "quiero anularlo"),
        ("anyone", "anyone is fine"),
    ],
)
def test_spanish_says(key: str, text: str) -> None:
    assert speech.says(key, text, "es")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("nth", "la segunda semana de mayo"),
        ("nth", "la última vez fue con Ana"),
        ("nth", "la primera hora"),
        ("anyone", "cualquier hora"),
        ("starts_with_yes", "si no se puede, el viernes"),
        ("with_a_name", "con mi hijo"),
        ("it", "cancela la del viernes"),
    ],
)
def test_spanish_does_not_say(key: str, text: str) -> None:
    assert not speech.says(key, text, "es")


def test_spanish_is_not_read_into_english() -> None:
    assert not speech.says("anyone", "cualquiera", "en")


@pytest.mark.parametrize(("word", "n"), [("segunda", 1), ("última", -1), ("tercero", 2), ("first", 0)])
def test_an_ordinal_is_a_place_in_the_list(word: str, n: int) -> None:
    assert speech.place(word, "es") == n
