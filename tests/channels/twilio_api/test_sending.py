"""A message goes to Twilio once, whatever happens on the way, and its codes are acted upon."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler_core.db.session import open_database
from scheduler_core.outbox import Plan, Receipt
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.channels.builders import Line
from tests.channels.twilio_api.conftest import INTRODUCTION, said
from tests.fakes.bot import FakeBot, says
from tests.fakes.twilio import FakeTwilio
from tests.journeys.house import wait_until

ANNA = "+15550001"


def heard_and_answered(line: Line, *, channel: str = "sms") -> None:
    line.hears("hello", who=ANNA, channel=channel)
    line.works()


def later(line: Line, clock: HandClock, minutes: float = 11) -> None:
    clock.move(minutes=minutes)
    line.works()


def test_an_answer_that_was_lost_is_looked_up_and_not_sent_again(
    line: Line, twilio: FakeTwilio, clock: HandClock
) -> None:
    twilio.faults = [FakeTwilio.LOST]
    heard_and_answered(line)
    later(line, clock)
    later(line, clock)
    assert [said(each) for each in twilio.taken] == ["You said: hello"]


def test_a_worker_that_died_before_the_call_is_made_up_for(
    line: Line, twilio: FakeTwilio, clock: HandClock
) -> None:
    line.hears("hello", who=ANNA, channel="sms")
    turn = line.store.claim_turn("one")
    assert turn
    line.store.finish_turn(turn, [Plan("Hi!")])
    assert line.store.claim_sending("dies here")
    later(line, clock)
    assert len(twilio.taken) == 1


def test_the_same_words_said_before_are_not_taken_for_the_lost_ones(
    line: Line, twilio: FakeTwilio, clock: HandClock
) -> None:
    heard_and_answered(line)
    clock.move(minutes=10)
    twilio.faults = [(503, 20503)]
    heard_and_answered(line)
    later(line, clock)
    assert len(twilio.taken) == 2


@pytest.mark.parametrize(
    ("status", "code", "sent_in_the_end"),
    [
        (429, 20429, True),
        (400, 21611, True),
        (400, 30001, True),
        (400, 30003, False),
        (400, 63018, True),
        (500, 20500, True),
        (400, 21610, False),
        (400, 30006, False),
        (400, 30005, False),
        (400, 30034, False),
        (400, 63016, False),
        (401, 20003, False),
    ],
)
def test_each_code_is_acted_upon(
    line: Line, twilio: FakeTwilio, clock: HandClock, status: int, code: int, sent_in_the_end: bool
) -> None:
    twilio.faults = [(status, code)]
    heard_and_answered(line)
    assert twilio.taken == []
    later(line, clock)
    assert bool(twilio.taken) == sent_in_the_end


def test_one_limit_slows_the_sender_for_everybody(line: Line, twilio: FakeTwilio, clock: HandClock) -> None:
    for n in range(3):
        line.hears("hello", who=f"+1555000{n}", channel="sms")
    line.works()
    assert len(twilio.taken) == 1
    for expected in (2, 3):
        clock.now += timedelta(seconds=1)
        line.works()
        assert len(twilio.taken) == expected


def test_a_receipt_may_come_before_the_answer_to_the_call(
    line: Line, twilio: FakeTwilio, clock: HandClock
) -> None:
    twilio.faults = [FakeTwilio.LOST]
    heard_and_answered(line)
    message = int(twilio.taken[0].fields["StatusCallback"].rpartition("/")[2])
    assert line.store.receive("sms", Receipt("delivered", twilio.taken[0].sid), message)
    later(line, clock)
    assert len(twilio.taken) == 1
    assert not line.store.receive("sms", Receipt("sent", twilio.taken[0].sid))


def test_choices_are_written_out_with_digits_on_sms(line: Line, twilio: FakeTwilio, bot: FakeBot) -> None:
    bot.answer = lambda _asked: says("When – “soon”?", ("Tue 9:00", "/affirm"), ("Wed 14:00", "/deny"))
    heard_and_answered(line)
    assert said(twilio.taken[0]) == 'When - "soon"?\n1 Tue 9:00\n2 Wed 14:00'


def test_four_choices_are_a_list_on_whatsapp(line: Line, twilio: FakeTwilio, bot: FakeBot) -> None:
    bot.answer = lambda _asked: says("When?", *((f"Day {n}", f"/p{n}") for n in range(4)))
    heard_and_answered(line, channel="whatsapp")
    assert list(twilio.taken[0].shown.values()) == ["Day 0", "Day 1", "Day 2", "Day 3"]
    assert twilio.taken[0].fields["To"] == f"whatsapp:{ANNA}"


def test_whatsapp_makes_a_template_once_for_each_number_of_choices(
    line: Line, twilio: FakeTwilio, bot: FakeBot, clock: HandClock
) -> None:
    bot.answer = lambda _asked: says("When?", ("A", "/a"), ("B", "/b"))
    for _ in range(3):
        heard_and_answered(line, channel="whatsapp")
        clock.move(minutes=1)
    assert (len(twilio.taken), len(twilio.contents)) == (3, 1)


def test_an_opt_out_that_twilio_confirms_is_not_confirmed_again(
    line: Line, twilio: FakeTwilio, bot: FakeBot
) -> None:
    line.hears("STOP", who=ANNA, channel="sms")
    line.works()
    assert [each.message for each in bot.asked] == ['/stop{"said": "STOP"}']
    assert twilio.taken == []


def test_a_reader_who_opted_out_at_twilio_is_heard_to_have_done_so(
    line: Line, twilio: FakeTwilio, clock: HandClock
) -> None:
    twilio.faults = [(400, 21610)]
    heard_and_answered(line)
    waiting = line.store.claim_turn("next")
    assert waiting
    assert [each.kind for each in waiting.messages] == ["blocked"]


def test_one_handset_that_cannot_be_reached_keeps_nobody_else_waiting(
    line: Line, twilio: FakeTwilio, clock: HandClock
) -> None:
    twilio.faults = [(400, 30003)]
    heard_and_answered(line)
    line.hears("hello", who="+15550002", channel="sms")
    later(line, clock, minutes=0.1)
    assert [each.fields["To"] for each in twilio.taken] == ["+15550002"]


def test_a_lost_try_that_failed_there_is_left_to_the_rule_for_its_code(
    line: Line, twilio: FakeTwilio, clock: HandClock
) -> None:
    twilio.faults = [FakeTwilio.LOST]
    heard_and_answered(line)
    twilio.taken[0].status, twilio.taken[0].error = "undelivered", 30003
    later(line, clock)
    assert (len(twilio.taken), line.unreached()) == (1, ["later"])


@pytest.mark.parametrize(("told_late", "why"), [(30003, "later"), (30005, "failed"), (30006, "failed")])
def test_what_is_told_late_counts_like_what_is_told_at_once(
    line: Line, front: str, twilio: FakeTwilio, told_late: int, why: str
) -> None:
    heard_and_answered(line)
    wait_until(
        lambda: bool(twilio.taken), "it is sent, by whichever of the line and the front door came first"
    )
    for status in ("sent", "undelivered", "undelivered", "sent"):
        twilio.tells_status(front, twilio.taken[0], status, told_late if status == "undelivered" else 0)
    assert line.unreached() == [why]


def test_a_landline_is_never_texted_again(line: Line, twilio: FakeTwilio, clock: HandClock) -> None:
    twilio.faults = [(400, 30006)]
    for _ in range(2):
        heard_and_answered(line)
        later(line, clock)
    heard_and_answered(line, channel="whatsapp")
    assert [each.fields["To"] for each in twilio.taken] == [f"whatsapp:{ANNA}"]


def test_a_number_that_is_not_registered_texts_nobody_there_for_a_day(
    line: Line, twilio: FakeTwilio, clock: HandClock
) -> None:
    twilio.faults = [(400, 30034)]
    heard_and_answered(line)
    for who in ("+15550002", "+447700900123"):
        line.hears("hello", who=who, channel="sms")
        later(line, clock)
    clock.move(minutes=24 * 60)
    line.hears("hello", who="+15550002", channel="sms")
    later(line, clock)
    assert [each.fields["To"] for each in twilio.taken] == ["+447700900123", "+15550002"]


def test_who_is_told_late_to_have_opted_out_is_heard_to_have_done_so_once(
    line: Line, front: str, twilio: FakeTwilio
) -> None:
    heard_and_answered(line)
    for _ in range(2):
        twilio.tells_status(front, twilio.taken[0], "undelivered", 21610)
    assert [item.who for item in line.door.feed("sms", ANNA, 0)] == ["customer", "us", "customer"]
    assert line.unreached() == ["refused"]


def test_the_same_answer_said_ten_seconds_ago_is_not_taken_for_the_lost_one(
    line: Line, twilio: FakeTwilio, clock: HandClock
) -> None:
    heard_and_answered(line, channel="whatsapp")
    clock.move(seconds=5)
    twilio.faults = [(503, 20503)]
    heard_and_answered(line, channel="whatsapp")
    later(line, clock)
    assert [each.body for each in twilio.taken] == ["You said: hello"] * 2


@pytest.mark.parametrize(("length", "parts"), [(100, 1), (200, 2)])
def test_what_a_text_is_billed_for_is_kept(
    line: Line, settings: Settings, twilio: FakeTwilio, bot: FakeBot, length: int, parts: int
) -> None:
    bot.answer = lambda _asked: says("x" * (length - len(INTRODUCTION) - 1))
    heard_and_answered(line)
    assert billed(settings) == [parts]


def test_where_twilio_has_yet_to_choose_a_number_we_count_the_parts_ourselves(
    settings: Settings, clock: HandClock, twilio: FakeTwilio, bot: FakeBot
) -> None:
    bot.answer = lambda _asked: says("x" * 300)
    line = Line(settings.model_copy(update={"sms_sender": "MG" + "1" * 32}), clock)
    heard_and_answered(line)
    assert billed(settings) == [3]


def billed(settings: Settings) -> list[int | None]:
    database = open_database(settings.database_url)
    with database.read() as session:
        found = list(session.scalars(select(OutboundMessage.parts)))
    database.close()
    return found
