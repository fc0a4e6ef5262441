"""A message is answered once, in order, and never lost, whatever happens to the bot."""

import pytest

from channels import delivery
from channels.bot_client import BotAway
from channels.conversation import wait_before_asking_again
from channels.interface import OutboundMessage, Receipt
from channels.problems import UnknownChoice
from channels.web.channel import WebChannel
from scheduler_core import outbox
from scheduler_core.outbox import ChoiceRef
from tests.builders.clock import HandClock
from tests.channels.builders import Line
from tests.fakes.bot import CORE_AWAY, NOTHING, Asked, FakeBot, Messages, says

AWAY = outbox.words("en", "bot_away")
OFFER = says("When?", ("Tue 9:00", '/choose_alternative{"n":0}'), ("Wed 14:00", '/choose_alternative{"n":1}'))


def test_a_message_is_answered(line: Line) -> None:
    line.hears("I need a haircut")
    line.works()
    assert line.said() == ["You said: I need a haircut"]
    assert line.rung == ["web:maria"]


def test_the_bot_is_told_whose_turn_it_is(line: Line, bot: FakeBot) -> None:
    heard = line.hears("hello")
    line.works()
    (asked,) = bot.asked
    assert asked.sender == "web:maria"
    assert asked.metadata["turn_id"] == f"t{heard.inbound_id}-{heard.inbound_id}"
    assert (asked.metadata["channel"], asked.metadata["address"]) == ("web", "maria")


def test_messages_that_wait_together_are_one_turn(line: Line, bot: FakeBot) -> None:
    line.hears("a trim")
    line.hears("with Ana")
    line.hears("tomorrow at 3")
    line.works()
    assert [asked.message for asked in bot.asked] == ["a trim, with Ana, tomorrow at 3"]
    assert len(line.said()) == 1


def test_conversations_do_not_mix_and_keep_their_order(line: Line) -> None:
    for n in range(3):
        for who in ("maria", "otto", "zoe"):
            line.hears(f"{who} {n}", who=who)
        line.works()
    for who in ("maria", "otto", "zoe"):
        assert line.said(who) == [f"You said: {who} {n}" for n in range(3)]


def test_a_webhook_that_comes_twice_gets_one_reply(line: Line, bot: FakeBot) -> None:
    first = line.hears("hello", again=7)
    second = line.hears("hello", again=7)
    line.works()
    line.hears("hello", again=7)
    line.works()
    assert (first.duplicate, second.duplicate) == (False, True)
    assert len(bot.asked) == 1
    assert len(line.said()) == 1


def test_a_bot_that_was_down_answers_every_message_once_and_the_customer_is_told_once(
    line: Line, bot: FakeBot, clock: HandClock
) -> None:
    bot.stop()
    line.hears("a trim tomorrow")
    for _ in range(5):
        line.works()
        clock.move(seconds=5)
    line.hears("at 3")
    assert line.said() == [AWAY]

    bot.start()
    line.works()

    assert line.said() == [AWAY, "You said: a trim tomorrow", "You said: at 3"]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(NOTHING, id="an empty answer"),
        pytest.param(500, id="an error page"),
        pytest.param([{"recipient_id": "x", "custom": {"no": "text"}}], id="a plan without words"),
        pytest.param([{"recipient_id": "x", "custom": "words"}], id="a plan that is none"),
    ],
)
def test_what_is_no_answer_is_asked_again_as_the_same_turn(
    line: Line, bot: FakeBot, clock: HandClock, fault: int | Messages
) -> None:
    bot.faults = [fault, fault]
    line.hears("hello")
    for _ in range(3):
        line.works()
        clock.move(seconds=3)
    assert line.said() == [AWAY, "You said: hello"]
    assert len({asked.metadata["turn_id"] for asked in bot.asked}) == 1


def test_a_plan_that_asks_to_retry_waits_for_the_core(line: Line, bot: FakeBot, clock: HandClock) -> None:
    bot.faults = [CORE_AWAY] * 20
    line.hears("book it")
    for _ in range(21):
        line.works()
        clock.move(seconds=31)
    assert line.said() == [outbox.words("en", "core_away"), "You said: book it"]


def test_a_bot_that_was_away_for_long_is_given_all_its_tries(
    line: Line, bot: FakeBot, clock: HandClock
) -> None:
    bot.stop()
    line.hears("hello")
    for _ in range(20):
        line.works()
        clock.move(seconds=31)
    bot.start()
    bot.faults = [NOTHING]
    for _ in range(2):
        line.works()
        clock.move(seconds=31)
    assert line.said() == [AWAY, "You said: hello"]


def test_the_wait_doubles_up_to_half_a_minute_and_stays_short_while_nobody_listens() -> None:
    def waits(trouble: BotAway) -> list[float]:
        return [wait_before_asking_again(n, trouble.trouble).total_seconds() for n in range(1, 8)]

    assert waits(BotAway("unanswered")) == [1, 2, 4, 8, 16, 30, 30]
    assert waits(BotAway("asleep")) == [1, 2, 4, 4, 4, 4, 4]


def test_a_tap_a_digit_and_a_label_are_the_same_choice(line: Line, bot: FakeBot) -> None:
    for pick in ("tap", "2", "wed 14:00"):
        bot.answer = lambda _asked: OFFER
        line.hears("a trim")
        line.works()
        offer = line.shows()[-1]
        assert offer.message_id is not None
        line.hears(
            "" if pick == "tap" else pick, tap=ChoiceRef(offer.message_id, 1) if pick == "tap" else None
        )
        line.works()
        assert bot.asked[-1].message == '/choose_alternative{"n":1}'


def test_a_tap_is_kept_with_the_words_on_its_button(line: Line, bot: FakeBot) -> None:
    bot.answer = lambda _asked: OFFER
    line.hears("a trim")
    line.works()
    offer = line.shows()[-1]
    line.hears("", tap=ChoiceRef(offer.message_id or 0, 0))
    assert line.shows()[-1].text == "Tue 9:00"


def test_a_digit_means_the_offer_that_was_open_when_it_was_typed(
    line: Line, bot: FakeBot, clock: HandClock
) -> None:
    bot.answer = lambda _asked: OFFER
    line.hears("a trim")
    line.works()
    bot.faults = [NOTHING]
    line.hears("2")
    line.works()
    clock.move(seconds=2)
    line.works()
    assert [asked.message for asked in bot.asked[1:]] == ['/choose_alternative{"n":1}'] * 2


def test_a_picture_does_not_take_the_offer_off_the_table(line: Line, bot: FakeBot) -> None:
    bot.answer = lambda _asked: OFFER
    line.hears("a trim")
    line.works()
    line.hears("  ")
    line.works()
    line.hears("2")
    line.works()
    assert bot.asked[-1].message == '/choose_alternative{"n":1}'


def test_a_choice_of_another_conversation_is_refused(line: Line, bot: FakeBot) -> None:
    bot.answer = lambda _asked: OFFER
    line.hears("a trim")
    line.works()
    offer = line.shows()[-1]
    with pytest.raises(UnknownChoice):
        line.hears("", who="otto", tap=ChoiceRef(offer.message_id or 0, 0))
    assert line.shows("otto") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "empty"), ("a" * 10_000, "too_long")],
    ids=["empty", "10,000 characters"],
)
def test_bad_input_gets_a_helpful_sentence_without_the_bot(
    line: Line, bot: FakeBot, text: str, words: str
) -> None:
    line.hears(text)
    line.works()
    assert line.said() == [outbox.words("en", words)]
    assert bot.asked == []


def test_the_front_door_speaks_the_language_of_the_last_answer(line: Line, bot: FakeBot) -> None:
    bot.answer = lambda _asked: [{"custom": {"text": "¡Hola!", "language": "es"}}]
    line.hears("hola")
    line.works()
    line.hears("  ")
    line.works()
    line.hears("  ", who="otto")
    line.works()
    assert line.said() == ["¡Hola!", outbox.words("es", "empty")]
    assert line.said("otto") == [outbox.words("en", "empty")]


def test_text_that_no_database_takes_is_heard_all_the_same(line: Line) -> None:
    line.hears("hi\x00 there \ud83d")
    line.works()
    assert line.said() == ["You said: hi there ?"]


class LateChannel(WebChannel):
    """A provider that takes so long that the sender's lease ends before its turn comes."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, message: OutboundMessage) -> Receipt:
        self.sent.append(message.text)
        return Receipt("sent")


def test_a_sender_that_lost_its_lease_does_not_send(line: Line, clock: HandClock) -> None:
    channel = LateChannel()
    line.hears("hello")
    turn = line.store.claim_turn("one")
    assert turn is not None
    line.store.finish_turn(turn, [outbox.Plan("Hi!")])
    stopped = line.store.claim_sending("one")
    assert stopped is not None

    clock.move(seconds=61)
    line.works({"web": channel})
    delivery.deliver(line.store, {"web": channel}, stopped, line.rung.append, line.door.enclosed)

    assert channel.sent == ["Hi!"]


def test_a_worker_that_lost_its_turn_says_nothing(line: Line, clock: HandClock) -> None:
    line.hears("hello")
    late = line.store.claim_turn("one")
    assert late is not None
    clock.move(seconds=61)
    line.works()
    assert line.store.finish_turn(late, [outbox.Plan("Too late")]) is False
    line.works()
    assert line.said() == ["You said: hello"]


def test_a_provider_that_fails_is_tried_again(line: Line, clock: HandClock) -> None:
    class Failing(LateChannel):
        def send(self, message: OutboundMessage) -> Receipt:
            super().send(message)
            if len(self.sent) < 3:
                raise OSError("the network is away")
            return Receipt("sent")

    channel = Failing()
    line.hears("hello")
    for _ in range(3):
        line.works({"web": channel})
        clock.move(minutes=1)
    assert channel.sent == ["You said: hello"] * 3
    assert line.said() == ["You said: hello"]


def test_after_the_last_word_nothing_more_is_asked_or_said(line: Line, bot: FakeBot) -> None:
    """Who is forgotten in the middle of a turn takes the rest of it along; asking would make them known again."""

    def answer(asked: Asked) -> Messages:
        if asked.message.startswith("/"):
            line.forgets("maria")
        return OFFER

    bot.answer = answer
    line.hears("a trim")
    line.works()
    offer = line.shows()[-1]
    assert offer.message_id is not None
    line.hears("", tap=ChoiceRef(offer.message_id, 1))
    line.hears("thanks a lot")
    line.works()
    assert [asked.message for asked in bot.asked] == ["a trim", '/choose_alternative{"n":1}']
    assert line.shows() == []
