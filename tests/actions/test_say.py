"""The words: each that is said exists, each that exists is said, and choices carry the draft's version."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from babel.core import Locale

from actions.draft import Draft, Option
from actions.moments import moment
from actions.say import say
from actions.turn_types import Line, Speak
from actions.words import sentence

_HOUSE = Path(__file__).parents[2]


def test_every_word_said_is_in_the_domain_and_every_one_there_is_said() -> None:
    written = set(yaml.safe_load((_HOUSE / "domain.yml").read_text(encoding="utf-8"))["responses"])
    source = "\n".join(path.read_text(encoding="utf-8") for path in (_HOUSE / "actions").rglob("*.py"))
    plain = set(re.findall(r"[\"'](utter_[a-z_]+)[\"']", source))
    families = set(re.findall(r'f"(utter_[a-z_]+_)\{', source))
    assert plain <= written
    assert {key for key in written - plain if not any(key.startswith(family) for family in families)} == set()


def test_a_choice_names_the_version_of_the_draft_it_belongs_to() -> None:
    options = (Option(kind="yes", label="Yes"), Option(kind="no", label="No"))
    plan = say(Speak(Draft(), (Line("utter_thank"),), "confirm", options), version=4)
    assert plan["choices"][1] == {"label": "No", "payload": '/choose_alternative{"version": 4, "n": 2}'}


def test_lines_are_one_message() -> None:
    assert say(Speak(Draft(), (Line("utter_thank"), Line("utter_kept"))), 1)["text"].count("\n") == 1


def test_every_sentence_is_there_in_every_language_with_the_same_facts() -> None:
    responses = yaml.safe_load((_HOUSE / "domain.yml").read_text(encoding="utf-8"))["responses"]
    for key, variations in responses.items():
        assert [each.get("metadata", {}).get("language", "en") for each in variations] == ["en", "es"], key
        english, spanish = (set(re.findall(r"{(\w+)}", each["text"])) for each in variations)
        assert english == spanish, key


@pytest.mark.parametrize(
    ("hour", "locale", "said"),
    [
        (15, "es_ES", "viernes 20 de noviembre a las 15:00"),
        (1, "es_ES", "viernes 20 de noviembre a la 1:00"),
        (13, "es_ES", "viernes 20 de noviembre a las 13:00"),
        (13, "es_MX", "viernes 20 de noviembre a la 1:00 p.m."),
        (15, "es_MX", "viernes 20 de noviembre a las 3:00 p.m."),
    ],
)
def test_spanish_tells_one_o_clock_from_the_other_hours(hour: int, locale: str, said: str) -> None:
    told = moment(datetime(2026, 11, 20, hour, tzinfo=UTC), Locale.parse(locale))
    assert " ".join(told.split()) == said


def test_a_moment_that_begins_a_line_begins_with_a_capital_in_spanish() -> None:
    facts = {
        "service": "Corte",
        "person": "Ana",
        "moment": "viernes 20 de noviembre a las 15:00",
        "place": "Centro",
    }
    said = sentence("utter_moved", "es", address="Calle Mayor 5", note="", **facts)
    assert "\nViernes 20 de noviembre a las 15:00\n" in said
