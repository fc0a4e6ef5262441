"""What the bot is taught is whole and without contradiction: phrases, rules and domain.yml agree, intent by intent."""

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text())
INTENTS: list[str] = DOMAIN["intents"]
FALLBACK = "nlu_fallback"
#: Comes from the front door alone, which knows a picture when it sees one.
REACT = "react"
HEARD = [intent for intent in INTENTS if intent not in (FALLBACK, REACT)]
FOLDERS = {"en": ROOT / "nlu_data" / "intents", "es": ROOT / "nlu_data" / "intents" / "es"}
FEWEST_PHRASES = {"en": 90, "es": 60}


def phrases(intent: str, language: str) -> list[str]:
    (block,) = yaml.safe_load((FOLDERS[language] / f"{intent}.yml").read_text())["nlu"]
    assert block["intent"] == intent
    assert block.get("metadata", {}).get("language", "en") == language
    return [line.removeprefix("- ") for line in block["examples"].splitlines()]


def as_compared(phrase: str) -> str:
    """Case, punctuation and accents never tell two intents apart; an emoji on its own may."""
    plain = "".join(unicodedata.normalize("NFD", letter)[0] for letter in phrase.lower())
    return " ".join(re.sub(r"[^\w\s']", " ", plain).split()) or phrase


@pytest.mark.parametrize("language", FOLDERS)
@pytest.mark.parametrize("intent", HEARD)
def test_every_intent_has_phrases_enough_and_no_phrase_twice(intent: str, language: str) -> None:
    said = phrases(intent, language)
    assert len(said) >= FEWEST_PHRASES[language]
    assert [phrase for phrase, count in Counter(said).items() if count > 1] == []


def test_no_phrase_means_two_things_in_one_language_or_two() -> None:
    meanings: dict[str, set[str]] = {}
    for intent in HEARD:
        for phrase in (phrase for language in FOLDERS for phrase in phrases(intent, language)):
            meanings.setdefault(as_compared(phrase), set()).add(intent)
    assert {phrase: intents for phrase, intents in meanings.items() if len(intents) > 1} == {}


@pytest.mark.parametrize("intent", HEARD)
def test_no_phrase_is_in_two_languages(intent: str) -> None:
    said = {language: {as_compared(phrase) for phrase in phrases(intent, language)} for language in FOLDERS}
    assert said["en"] & said["es"] == set()


@pytest.mark.parametrize("intent", INTENTS)
def test_one_rule_leads_from_an_intent_to_its_action(intent: str) -> None:
    (rule,) = yaml.safe_load((ROOT / "nlu_data" / "rules" / f"{intent}.yml").read_text())["rules"]
    action = f"action_{'out_of_scope' if intent == FALLBACK else intent}"
    assert rule["steps"] == [{"intent": intent}, {"action": action}]
    assert action in DOMAIN["actions"]


def test_nothing_is_taught_that_the_domain_does_not_name() -> None:
    for folder in FOLDERS.values():
        assert {path.stem for path in folder.glob("*.yml")} == set(HEARD)
    assert {path.stem for path in (ROOT / "nlu_data" / "rules").iterdir()} == set(INTENTS)
    assert set(DOMAIN["actions"]) == {f"action_{intent}" for intent in (*HEARD, REACT)}


def test_the_bot_remembers_nothing_and_reads_only_payloads_and_the_language() -> None:
    assert "slots" not in DOMAIN
    assert DOMAIN["entities"] == ["version", "n", "notice", "language", "said"]


def test_typed_words_can_never_be_read_as_a_payload() -> None:
    assert [
        phrase
        for intent in HEARD
        for language in FOLDERS
        for phrase in phrases(intent, language)
        if phrase.startswith("/")
    ] == []
