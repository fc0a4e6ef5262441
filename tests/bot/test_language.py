"""A sentence names its language only where it is sure: a wrong one answers a customer in words they do not read."""

import json
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
INTENTS = ROOT / "nlu_data" / "intents"
LEFT_OUT_EVERY = 5
SAID_IN_NONE = (
    "ok", "no", "OK!", "3", "15:30", "10am", "12/5", "2", "👍", "?", "...", "Ana", "ana", "María", "Maria Lopez",
    "José", "Peter Smith", "Sam", "Juan Pérez", "Laura Martínez", "Carlos", "García", "Sofia", "Lucia Fernandez",
    "Diego", "Alejandro Ruiz", "Kim", "Nguyen", "Mohammed Ali", "Emma Wilson", "Hannah", "Carmen Torres", "Isabel",
    "Santiago", "Chloe", "Dr. Morgan", "San Jose", "Mill Lane", "color", "balayage", "normal", "total", "hotel", "taxi",
    "doctor", "me@example.org", "+34 600 123 456",
)  # fmt: skip
SAID_IN_ENGLISH = (
    "hello",
    "yes please",
    "no thanks",
    "can I come on friday",
    "thank you",
    "in English please",
)
SAID_IN_SPANISH = (
    "hola",
    "sí, por favor",
    "gracias",
    "una cita para el viernes",
    "la segunda",
    "no, mejor mañana a las 5",
)


def phrases() -> list[tuple[str, str]]:
    found = []
    for path in sorted(INTENTS.rglob("*.yml")):
        (block,) = yaml.safe_load(path.read_text())["nlu"]
        language = block.get("metadata", {}).get("language", "en")
        found += [(line.removeprefix("- "), language) for line in block["examples"].splitlines()]
    return found


def named(learnt: list[tuple[str, str]], sentences: list[str]) -> list[str | None]:
    if not BOT_PYTHON.exists():
        pytest.skip("the bot's environment is not there")
    command = [str(BOT_PYTHON), "-m", "tests.bot.name_languages"]
    given = json.dumps({"phrases": learnt, "sentences": sentences})
    answer = subprocess.run(command, input=given, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return list(json.loads(answer))


def test_of_phrases_never_heard_the_language_named_is_right() -> None:
    every = phrases()
    left_out = every[::LEFT_OUT_EVERY]
    learnt = [phrase for n, phrase in enumerate(every) if n % LEFT_OUT_EVERY]
    names = named(learnt, [text for text, _ in left_out])
    told = [(name, language) for name, (_, language) in zip(names, left_out, strict=True) if name]
    assert sum(name == language for name, language in told) / len(told) >= 0.995
    assert len(told) / len(left_out) >= 0.88


def test_what_is_the_same_in_both_languages_names_none_and_short_sentences_name_theirs() -> None:
    expected = {
        **dict.fromkeys(SAID_IN_NONE),
        **dict.fromkeys(SAID_IN_ENGLISH, "en"),
        **dict.fromkeys(SAID_IN_SPANISH, "es"),
    }
    assert dict(zip(expected, named(phrases(), list(expected)), strict=True)) == expected
