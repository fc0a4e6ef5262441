"""What we send fits into Telegram and can be read on a phone."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from channels.interface import OutboundMessage
from channels.telegram.channel import TelegramChannel
from channels.telegram.wording import LONGEST_TEXT, choice_of, data_of, shown
from scheduler_core.outbox import Choice, ChoiceRef, Link
from tests.house.checkout import ROOT

CAN = TelegramChannel.capabilities
LONGEST_FACT = "x" * 160


def rows(*labels: str, links: tuple[Link, ...] = ()) -> list[list[str]]:
    choices = [Choice(label, "/affirm") for label in labels]
    keyboard = shown(OutboundMessage(1, "1", "When?", choices, links), CAN).keyboard
    return [[button.text for button in row] for row in keyboard.inline_keyboard] if keyboard else []


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ((), []),
        (("Yes", "No"), [["Yes", "No"]]),
        (("Yes", "No", "Later", "Help"), [["Yes", "No", "Later"], ["Help"]]),
        (("Tue 9:00", "Wed 14:00", "Thu 16:30"), [["Tue 9:00", "Wed 14:00"], ["Thu 16:30"]]),
        (("Yes", "Tuesday 17 November at 9:00", "No"), [["Yes"], ["Tuesday 17 November at 9:00"], ["No"]]),
    ],
    ids=[
        "none",
        "short ones share a row",
        "three at most",
        "middling ones by two",
        "a long one stands alone",
    ],
)
def test_rows_can_be_read_on_a_phone(labels: tuple[str, ...], expected: list[list[str]]) -> None:
    assert rows(*labels) == expected


@pytest.mark.parametrize(
    ("url", "is_button"),
    [
        ("https://salon.example/calendar/abc.ics", True),
        ("http://salon.example/", True),
        ("http://127.0.0.1:8100/calendar/abc.ics", False),
        ("http://192.168.1.4/x", False),
        ("http://localhost:8100/x", False),
        ("http://frontdesk/x", False),
        ("http://desk.local/x", False),
        ("tel:+447700900123", False),
        ("javascript:alert(1)", False),
        ("https://exa mple.com/", False),
        ("http://[::1", False),
    ],
)
def test_only_public_addresses_are_buttons_the_others_are_written_out(url: str, is_button: bool) -> None:
    look = shown(OutboundMessage(1, "1", "Booked.", links=[Link("Calendar", url)]), CAN)
    assert (look.keyboard is not None) == is_button
    assert look.text == ("Booked." if is_button else f"Booked.\nCalendar: {url}")


@given(st.integers(1, 2**53 - 1), st.integers(0, 99))
def test_what_a_button_tells_us_is_short_and_comes_back_whole(message_id: int, n: int) -> None:
    data = data_of(ChoiceRef(message_id, n))
    assert len(data.encode()) <= 64
    assert choice_of(data) == ChoiceRef(message_id, n)


@given(st.text())
def test_any_data_is_a_choice_or_nothing(data: str) -> None:
    found = choice_of(data)
    assert found is None or data_of(found) == f"d:{int(data.split(':')[1])}:{int(data.split(':')[2])}"


@given(st.text(min_size=1, max_size=5000), st.lists(st.text(min_size=1, max_size=200), max_size=12))
def test_no_message_is_too_long(text: str, labels: list[str]) -> None:
    links = [Link(label, "http://127.0.0.1/x") for label in labels[:2]]
    look = shown(OutboundMessage(1, "1", text, [Choice(label, "/x") for label in labels], links), CAN)
    assert len(look.text) <= LONGEST_TEXT
    shown_rows = look.keyboard.inline_keyboard if look.keyboard else ()
    assert sum(len(row) for row in shown_rows) == len(labels)


def _wordings() -> list[tuple[str, str]]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())["responses"]
    spoken = [(key, each["text"]) for key, texts in domain.items() for each in texts if "text" in each]
    for file in sorted(Path(ROOT / "scheduler_core" / "outbox" / "wording").glob("*.yml")):
        spoken += yaml.safe_load(file.read_text()).items()
    return spoken


def test_every_wording_fits_with_the_longest_facts() -> None:
    """Ten facts of 160 letters are more than any sentence of ours is given."""
    longest = max(len(text) + text.count("{") * len(LONGEST_FACT) for _, text in _wordings())
    assert longest <= LONGEST_TEXT
