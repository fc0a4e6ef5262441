"""Whatever people send to a bot is heard as what it is, or not at all."""

from typing import Any

import pytest
from telegram import Update

from channels.interface import InboundMessage
from channels.telegram.updates import heard
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Person

FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 9}
PHOTO = [{**FILE, "width": 90, "height": 90}]
NUMBER = {"phone_number": "447700900123", "first_name": "Maria"}


def read(update: dict[str, Any]) -> InboundMessage | None:
    return heard(Update.de_json(update, None), "4242")


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        pytest.param({"text": "a trim"}, "text", "a trim", id="words"),
        pytest.param({"text": "/stop"}, "text", "/stop", id="a command that is a word"),
        pytest.param({"text": "/start"}, "start", "/start en", id="start"),
        pytest.param({"text": "/start@linden_hair_bot"}, "start", "/start en", id="start with the bot's name"),
        pytest.param({"text": "/start aB3_-x"}, "deep_link", "aB3_-x", id="a deep link"),
        pytest.param({"text": "/start a b"}, "text", "/start a b", id="no deep link"),
        pytest.param({"text": "/help"}, "help", "", id="help"),
        pytest.param({"text": "/help me"}, "text", "/help me", id="a command with words is words"),
        pytest.param({"text": "/book"}, "text", "/book", id="another command is words"),
        pytest.param({"photo": PHOTO, "caption": "like this"}, "photo", "like this", id="a photo"),
        pytest.param({"document": FILE}, "document", "", id="a document"),
        pytest.param({"voice": {**FILE, "duration": 3}}, "voice", "", id="a voice note"),
        pytest.param({"audio": {**FILE, "duration": 3}}, "document", "", id="a song"),
        pytest.param({"location": {"longitude": 1.0, "latitude": 2.0}}, "location", "", id="a place"),
        pytest.param({"dice": {"emoji": "🎲", "value": 3}}, "text", "🎲", id="a dice"),
        pytest.param(
            {"sticker": {**FILE, "width": 1, "height": 1, "is_animated": False, "is_video": False,
                         "type": "regular", "emoji": "👍"}},
            "text", "👍", id="a sticker is its emoji",
        ),
    ],
)  # fmt: skip
def test_a_message_is_heard_as_what_it_is(
    maria: Person, content: dict[str, Any], kind: str, text: str
) -> None:
    message = read(maria.sends(**content))
    assert message
    assert (message.kind, message.text) == (kind, text)
    assert (message.address, message.display_name) == (maria.address, "Maria Lopez")


def test_a_number_is_believed_only_from_its_owner(maria: Person) -> None:
    own = read(maria.sends(contact={**NUMBER, "user_id": maria.id}))
    another = read(maria.sends(contact={**NUMBER, "user_id": maria.id + 1}))
    nobody = read(maria.sends(contact=NUMBER))
    assert [each and (each.kind, each.text) for each in (own, another, nobody)] == [
        ("contact", "+447700900123"),
        ("contact", ""),
        ("contact", ""),
    ]


def test_a_door_shut_and_opened_is_heard(maria: Person) -> None:
    shut, opened = read(maria.blocks()), read(maria.unblocks())
    assert shut
    assert opened
    assert (shut.kind, opened.kind) == ("blocked", "unblocked")
    assert shut.address == maria.address


def test_what_is_not_said_to_us_is_not_heard(maria: Person, twin: FakeTelegram) -> None:
    moving = maria.sends(location={"longitude": 1.0, "latitude": 2.0})["message"]
    assert read(maria.says_in_group("hello all")) is None
    assert read(maria.sends(pinned_message=maria.says("x")["message"])) is None
    assert read(twin.tells(edited_message=moving)) is None
    assert read(twin.tells(poll={"id": "1"} | {"question": "?", "options": [], "total_voter_count": 0,
        "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
        "allows_revoting": False, "members_only": False})) is None  # fmt: skip


def test_an_update_keeps_its_key_and_no_other_has_it(maria: Person, twin: FakeTelegram) -> None:
    first = maria.says("one")
    again, edited = read(first), read(maria.edits(first, "two"))
    restarted = read({**maria.says("three"), "update_id": first["update_id"]})
    keys = [each.provider_message_id for each in (read(first), again, edited, restarted) if each]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_a_name_is_as_long_as_we_keep_names(twin: FakeTelegram) -> None:
    message = read(Person(twin, f"{'a' * 64} {'b' * 64}").says("hi"))
    assert message
    assert len(message.display_name or "") == 120
