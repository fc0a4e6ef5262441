"""The bot's settings: only the REST door, only the action server's address, no credential, no memory."""

from pathlib import Path
from typing import Any

import yaml

BOT = Path(__file__).resolve().parents[2] / "bot"


def settings(name: str) -> Any:
    return yaml.safe_load((BOT / name).read_text())


def test_rest_is_the_only_channel_and_holds_no_credential() -> None:
    assert settings("credentials.yml") == {"rest": None}


def test_the_action_server_is_the_only_address_the_bot_knows() -> None:
    endpoints = settings("endpoints.yml")
    assert endpoints["action_endpoint"]["url"] == "${FRONTDESK_ACTIONS_URL}/webhook"
    assert set(endpoints) == {"action_endpoint", "tracker_store"}


def test_the_tracker_store_is_the_one_that_forgets() -> None:
    module, name = settings("endpoints.yml")["tracker_store"]["type"].rsplit(".", 1)
    source = BOT.parent.joinpath(*module.split(".")).with_suffix(".py").read_text()
    assert f"class {name}(" in source


def test_rules_alone_pick_the_action() -> None:
    assert [policy["name"] for policy in settings("config.yml")["policies"]] == ["RulePolicy"]


def test_an_unsure_classifier_falls_back() -> None:
    names = [component["name"] for component in settings("config.yml")["pipeline"]]
    assert names == ["bot.components.intent_classifier.IntentClassifier", "FallbackClassifier"]


def test_the_lock_names_no_index_and_no_machine() -> None:
    lock = (BOT.parent / "requirements" / "bot.txt").read_text()
    assert "://" not in lock
    assert "index-url" not in lock.replace("--no-emit-index-url", "")
    assert "--hash=sha256:" in lock


def test_the_lock_leaves_tensorflow_out() -> None:
    lock = (BOT.parent / "requirements" / "bot.txt").read_text().splitlines()
    assert [line for line in lock if line.startswith(("tensorflow", "keras", "jax"))] == []
