"""An intent, a setting and a channel keep one name from where they are said to where they are told about."""

import tomllib
from functools import cache
from typing import Any

import pytest
import yaml

from actions.intents import APPLY, FALLBACK
from channels.interface import Channel
from channels.registry import CHANNELS
from scheduler_core.settings import Settings
from tests.house.checkout import ROOT

_WITHOUT_EXAMPLES = {FALLBACK, "react"}


@cache
def domain() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text())
    return loaded


def intents() -> list[str]:
    return [str(intent) for intent in domain()["intents"]]


@pytest.mark.parametrize("intent", intents())
def test_an_intent_has_examples_a_rule_and_an_action(intent: str) -> None:
    assert (ROOT / "nlu_data" / "rules" / f"{intent}.yml").exists()
    if intent not in _WITHOUT_EXAMPLES:
        assert (ROOT / "nlu_data" / "intents" / f"{intent}.yml").exists()
    if intent != FALLBACK:
        assert f"action_{intent}" in domain()["actions"]
        assert intent in APPLY


def test_nothing_is_answered_that_cannot_be_heard() -> None:
    assert set(APPLY) <= set(intents())
    assert {path.stem for path in (ROOT / "nlu_data" / "intents").glob("*.yml")} <= set(intents())


@pytest.mark.parametrize("field", Settings.model_fields)
def test_a_setting_has_its_line_in_the_readme(field: str) -> None:
    variable = "DATABASE_URL" if field == "database_url" else f"FRONTDESK_{field.upper()}"
    assert f"`{variable}`" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("channel", [channel.name for channel in CHANNELS])
def test_a_channel_is_told_about_and_kept_apart(channel: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    apart = next(contract["modules"] for contract in contracts if contract["type"] == "independence")
    assert f"channels.{channel}" in apart
    assert channel in (ROOT / "README.md").read_text().lower()


def test_every_intent_is_named_in_the_docs() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    told = "\n".join(page.read_text() for page in pages)
    assert not [intent for intent in intents() if f"`{intent}`" not in told]


@pytest.mark.parametrize("channel", [each for each in CHANNELS if "examine" in vars(each)])
def test_a_channel_that_has_to_be_connected_has_its_how_to(channel: type[Channel]) -> None:
    page = ROOT / "docs" / "how-to" / f"connect-{channel.name}.md"
    assert "./frontdesk doctor" in page.read_text()
    assert str(page.relative_to(ROOT)) in (ROOT / "README.md").read_text()
