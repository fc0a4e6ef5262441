"""The bot's settings: only the REST door, only the action server's address, no credential, no memory."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.components.doubt import UNSURE, Certainty, Doubt, doubt_in

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


def test_what_acts_has_to_be_surer_than_what_informs() -> None:
    (classifier,) = settings("config.yml")["pipeline"]
    doubt = doubt_in(classifier)
    assert doubt.acting.share > doubt.usual.share > 0
    assert {"book_appointment", "reschedule_appointment", "cancel_appointment", "stop"} <= set(doubt.acts)


@pytest.mark.parametrize(
    ("ranking", "taken_for"),
    [
        pytest.param([("ask_price", 0.3), ("help", 0.1)], "ask_price", id="sure enough to inform"),
        pytest.param([("cancel_appointment", 0.3), ("help", 0.1)], UNSURE, id="not sure enough to act"),
        pytest.param([("cancel_appointment", 0.6), ("help", 0.1)], "cancel_appointment", id="sure"),
        pytest.param([("ask_price", 0.1), ("help", 0.0)], UNSURE, id="nothing came close"),
        pytest.param([("ask_price", 0.4), ("help", 0.4)], UNSURE, id="torn between two"),
    ],
)
def test_an_unsure_classifier_asks(ranking: list[tuple[str, float]], taken_for: str) -> None:
    doubt = Doubt(Certainty(0.25, 0.03), Certainty(0.45, 0.05), {"cancel_appointment"})
    assert doubt.decided(ranking) == taken_for


def test_the_lock_names_no_index_and_no_machine() -> None:
    lock = (BOT.parent / "requirements" / "bot.txt").read_text()
    assert "://" not in lock
    assert "index-url" not in lock.replace("--no-emit-index-url", "")
    assert "--hash=sha256:" in lock


def test_the_lock_leaves_tensorflow_out() -> None:
    lock = (BOT.parent / "requirements" / "bot.txt").read_text().splitlines()
    assert [line for line in lock if line.startswith(("tensorflow", "keras", "jax"))] == []
