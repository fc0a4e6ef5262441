"""A conversation on Telegram: words, buttons, taps, and what remains to be read in the chat."""

import pytest

from scheduler_core import outbox
from tests.channels.telegram.builders import TelegramLine, buttons
from tests.fakes.bot import FakeBot, says
from tests.fakes.telegram_people import Person

OFFER = says("When would suit you?", *buttons("Tue 9:00", "Wed 14:00"))


def offered(line: TelegramLine, bot: FakeBot, maria: Person) -> None:
    bot.answer = lambda _asked: OFFER
    maria.says("a trim")
    line.goes_on()
    bot.answer = lambda asked: says(f"Did {asked.message}")


def test_words_are_answered_in_the_chat(line: TelegramLine, bot: FakeBot, maria: Person) -> None:
    maria.says("I need a haircut")
    line.goes_on()
    assert maria.reads() == ["You said: I need a haircut"]
    assert bot.asked[0].metadata["display_name"] == "Maria Lopez"
    assert bot.asked[0].sender == f"telegram:{maria.id}"


def test_a_tap_is_that_choice_comes_to_rest_and_leaves_a_mark(
    line: TelegramLine, bot: FakeBot, maria: Person
) -> None:
    offered(line, bot, maria)
    assert maria.sees()[-1].rows == (("Tue 9:00", "Wed 14:00"),)
    maria.taps("Wed 14:00")
    line.goes_on()
    assert bot.asked[-1].message == '/choose_alternative{"n":1}'
    assert maria.sees()[0].rows == ()
    assert maria.reads()[0] == "When would suit you?\n\n✓ Wed 14:00"
    assert list(line.twin.toasts.values()) == [""]


def test_a_button_tapped_twice_is_heard_once(line: TelegramLine, bot: FakeBot, maria: Person) -> None:
    offered(line, bot, maria)
    offer = maria.sees()[-1]
    maria.taps("Tue 9:00", offer)
    maria.taps("Tue 9:00", offer)
    line.goes_on()
    maria.taps("Tue 9:00", offer)
    line.goes_on()
    assert len(bot.asked) == 2
    assert len(maria.reads()) == 2
    assert list(line.twin.toasts.values()) == ["", *[outbox.words("en", "tapped_already")] * 2]


def test_a_tap_on_an_older_offer_goes_to_the_bot_which_knows_and_leaves_no_mark(
    line: TelegramLine, bot: FakeBot, maria: Person
) -> None:
    offered(line, bot, maria)
    old = maria.sees()[-1]
    maria.says("never mind")
    line.goes_on()
    maria.taps("Tue 9:00", old)
    line.goes_on()
    assert bot.asked[-1].message == '/choose_alternative{"n":0}'
    assert (maria.sees()[0].text, maria.sees()[0].rows) == ("When would suit you?", ())


@pytest.mark.parametrize(
    "data", ["d:999999:0", "d:1:7", "d:1", "d:x:1", "/book", "d:1:1:1", "x" * 64], ids=lambda data: data[:8]
)
def test_data_that_we_never_offered_is_gone_and_says_nothing_to_the_bot(
    line: TelegramLine, bot: FakeBot, maria: Person, data: str
) -> None:
    offered(line, bot, maria)
    asked = len(bot.asked)
    maria.taps_data(data, line.twin.chats[maria.id][2])
    line.goes_on()
    assert len(bot.asked) == asked
    assert list(line.twin.toasts.values()) == [outbox.words("en", "offer_gone")]


def test_somebody_elses_offer_is_gone_for_others(line: TelegramLine, bot: FakeBot, maria: Person) -> None:
    offered(line, bot, maria)
    otto = Person(line.twin, "Otto", "es")
    otto.says("hola")
    line.goes_on()
    asked = len(bot.asked)
    otto.taps_data("d:1:0", line.twin.chats[otto.id][2])
    line.goes_on()
    assert len(bot.asked) == asked
    assert list(line.twin.toasts.values()) == [outbox.words("es", "offer_gone")]


def test_a_digit_means_a_choice_here_too(line: TelegramLine, bot: FakeBot, maria: Person) -> None:
    offered(line, bot, maria)
    maria.says("2")
    line.goes_on()
    assert bot.asked[-1].message == '/choose_alternative{"n":1}'


def test_an_edited_message_is_a_new_word_on_the_same_matter(
    line: TelegramLine, bot: FakeBot, maria: Person
) -> None:
    said = maria.says("a trim at 3")
    line.goes_on()
    maria.edits(said, "a trim at 4")
    line.goes_on()
    assert [asked.message for asked in bot.asked] == ["a trim at 3", "a trim at 4"]


def test_links_stay_when_the_choices_go(line: TelegramLine, bot: FakeBot, maria: Person) -> None:
    bot.answer = lambda _asked: says("Here", *buttons("Yes"), links=(("Map", "https://maps.example/1"),))
    maria.says("where?")
    line.goes_on()
    assert maria.sees()[-1].rows == (("Yes",), ("Map",))
    maria.taps("Yes")
    line.goes_on()
    assert maria.sees()[0].rows == (("Map",),)


def test_nobody_is_heard_in_a_group(line: TelegramLine, bot: FakeBot, maria: Person) -> None:
    maria.says_in_group("does anybody know a good hairdresser?")
    line.goes_on()
    assert bot.asked == []
