"""Whoever carries a message is killed at any step of its way; another one goes on: nothing lost, nothing twice.

The one exception is a message that Telegram had taken when the process died before writing that down: Telegram cannot
be asked, and an answer somebody waits for is rather said twice.
"""

import multiprocessing
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import SecretStr

from channels.interface import InboundMessage
from scheduler_core.outbox import Receipt
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.killed import Killed, Moment, dies_at, kills
from tests.channels.builders import Line
from tests.channels.telegram.builders import TelegramLine
from tests.fakes.bot import Asked, Messages, says
from tests.fakes.telegram_people import Person
from tests.fakes.twilio import ACCOUNT, TOKEN, FakeTwilio
from tests.journeys.staff_house import StaffHouse, open_staff_house

OURS, ANNA = "+15550100", "+15550001"
ChannelName = Literal["sms", "whatsapp", "telegram"]

WAY: list[tuple[str, Moment]] = [
    ("door.store.hear", "before"),
    ("door.store.hear", "after"),
    ("store.claim_turn", "after"),
    ("store.staff_chat", "after"),
    ("{speaker}.ask", "before"),
    ("{speaker}.ask", "after"),
    ("store.finish_turn", "before"),
    ("store.finish_turn", "after"),
    ("store.claim_sending", "after"),
    ("store.mine", "after"),
    ("store.spend", "after"),
    ("sender.send", "before"),
    ("sender.send", "after"),
    ("store.finish_sending", "before"),
    ("store.finish_sending", "after"),
]
TAKEN_BUT_NOT_WRITTEN_DOWN = {("sender.send", "after"), ("store.finish_sending", "before")}
KILLED_FOR_GOOD: list[tuple[str, Moment]] = [
    ("store.claim_turn", "after"), ("bot.ask", "after"), ("store.finish_turn", "after"), ("sender.send", "after"),
]  # fmt: skip


@dataclass
class Desk:
    """A house on all channels whose bot books what it hears, and a customer who asks for a visit on one of them."""

    house: StaffHouse
    twilio: FakeTwilio
    channel: ChannelName = "sms"
    bot_dies: bool = False
    maria: Person = field(init=False)

    def __post_init__(self) -> None:
        self.maria = Person(self.house.twin)
        self.house.bot.answer = self._books

    @property
    def address(self) -> str:
        return self.maria.address if self.channel == "telegram" else ANNA

    @property
    def settings(self) -> Settings:
        return self.house.core.settings

    def speaks(self) -> None:
        """On Telegram words wait until they are fetched; Twilio brings them."""
        if self.channel == "telegram":
            self.maria.says("a haircut, please")

    def goes_on(self, line: TelegramLine) -> None:
        """Hear what was not taken yet, answer, send."""
        self.is_heard(line)
        line.works()

    def is_heard(self, line: TelegramLine) -> None:
        if self.channel != "telegram":
            line.door.hear(self.channel, InboundMessage("SM1", ANNA, "a haircut, please"))
            return
        line.fetches()
        if self.house.twin.pending:
            raise Killed

    def goes_on_after_a_while(self) -> None:
        another = TelegramLine(self.settings, self.house.core.clock, self.house.twin)
        for _ in range(3):
            self.house.core.clock.move(seconds=61)
            self.goes_on(another)
        another.close()

    def visits(self) -> list[Any]:
        return list(self._known()["appointments"])

    def read(self) -> list[str]:
        """What the customer has got."""
        got = self.maria.reads() if self.channel == "telegram" else [each.body for each in self.twilio.taken]
        return [text.rpartition("\n")[2] for text in got]

    def said(self) -> list[str]:
        feed = self.house.line.door.feed(self.channel, self.address, 0)
        return [each.text for each in feed if each.who == "customer"]

    def _known(self) -> Any:
        where = {"channel": self.channel, "address": self.address}
        return self.house.core.ask("POST", "conversations/open", where).json()

    def _books(self, asked: Asked) -> Messages:
        """As an action does: the visit first, then the words."""
        customer = self._known()["customer"]["id"]
        key = asked.metadata["turn_id"]
        assert self.house.core.book("2027-03-02T15:00:00Z", key=key, customer_id=customer).status_code == 201
        if self.bot_dies:
            self.bot_dies = False
            raise ConnectionError("the bot died with the visit booked")
        return says("Booked.")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with FakeTwilio("http://desk.example") as twilio:  # no https: Telegram is asked for news
        ours = {
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": SecretStr(TOKEN),
            "twilio_api_url": twilio.url,
            "public_url": twilio.public_url,
            "sms_sender": OURS,
            "whatsapp_sender": OURS,
        }
        with open_staff_house(tmp_path, **ours) as house:
            twilio.now = house.core.clock
            yield Desk(house, twilio)


def dies(line: Line, channel: str, step: str, moment: Moment, **how: Any) -> None:
    """`sender` is the channel's own, of which a line has several."""
    owner, step = (line.channels[channel], "send") if step == "sender.send" else (line, step)
    dies_at(owner, step, moment, **how)


def may_be_read_twice(channel: str, step: str, moment: Moment) -> bool:
    return channel == "telegram" and (step, moment) in TAKEN_BUT_NOT_WRITTEN_DOWN


@pytest.mark.parametrize("channel", ["sms", "whatsapp", "telegram"])
@pytest.mark.parametrize(("step", "moment"), WAY, ids=lambda each: each)
def test_a_visit_is_booked_once_and_said_once(
    desk: Desk, channel: ChannelName, step: str, moment: Moment
) -> None:
    desk.channel = channel
    desk.speaks()
    dies(desk.house.line, channel, step.format(speaker="bot"), moment)
    with pytest.raises(Killed):
        desk.goes_on(desk.house.line)
    desk.goes_on_after_a_while()

    assert [each["status"] for each in desk.visits()] == ["booked"]
    assert desk.said() == ["a haircut, please"]
    assert desk.read() == ["Booked."] * (2 if may_be_read_twice(channel, step, moment) else 1)


@pytest.mark.parametrize("channel", ["sms", "whatsapp", "telegram"])
def test_a_bot_that_dies_with_the_visit_booked_books_no_second_one(desk: Desk, channel: ChannelName) -> None:
    desk.channel, desk.bot_dies = channel, True
    desk.speaks()
    desk.goes_on(desk.house.line)
    desk.goes_on_after_a_while()
    assert len(desk.visits()) == 1
    assert desk.read()[-1] == "Booked."
    assert desk.read().count("Booked.") == 1


@pytest.mark.parametrize("channel", ["sms", "telegram"])
@pytest.mark.parametrize(("step", "moment"), KILLED_FOR_GOOD, ids=lambda each: each)
def test_a_process_killed_with_nine_leaves_nothing_undone(
    desk: Desk, channel: ChannelName, step: str, moment: Moment
) -> None:
    desk.channel = channel
    desk.speaks()
    desk.is_heard(desk.house.line)
    asked = (desk.settings, desk.house.core.clock(), channel, step, moment)
    process = multiprocessing.get_context("spawn").Process(target=works_until_killed, args=asked)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    desk.goes_on_after_a_while()

    assert len(desk.visits()) == 1
    assert desk.read() == ["Booked."] * (2 if may_be_read_twice(channel, step, moment) else 1)


@pytest.mark.parametrize(("step", "moment"), WAY, ids=lambda each: each)
def test_what_staff_accept_is_accepted_once_and_told_once(desk: Desk, step: str, moment: Moment) -> None:
    house = desk.house
    house.core.ask("PATCH", f"services/{house.core.salon.service}", {"policy": {"approval_needed": True}})
    house.links()
    visit = house.booked("15:00")
    house.goes_on()
    house.ana.taps("Accept")
    desk.channel = "telegram"
    dies(house.line, "telegram", step.format(speaker="door.staff_line"), moment)
    with pytest.raises(Killed):
        desk.goes_on(house.line)
    desk.goes_on_after_a_while()

    assert house.core.ask("GET", f"appointments/{visit['id']}").json()["status"] == "booked"
    done = [each["action"] for each in house.core.ask("GET", "audit").json()["items"]]
    assert done.count("confirmed") == 1
    told = [each for each in house.ana.reads() if each.startswith("Accepted:")]
    assert 1 <= len(told) <= (2 if may_be_read_twice("telegram", step, moment) else 1)


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_receipt_that_is_lost_with_its_process_sends_nothing_again(
    desk: Desk, channel: ChannelName, moment: Moment
) -> None:
    desk.channel = channel
    desk.goes_on(desk.house.line)
    (sent,) = desk.twilio.taken
    dies_at(desk.house.line, "store.receive", moment)
    number = int(sent.fields["StatusCallback"].rpartition("/")[2])
    with pytest.raises(Killed):
        desk.house.line.store.receive(channel, Receipt("delivered", sent.sid), number)
    desk.goes_on_after_a_while()
    assert desk.read() == ["Booked."]


def works_until_killed(settings: Settings, now: datetime, channel: str, step: str, moment: Moment) -> None:
    """In a process of its own."""
    line = Line(settings, HandClock(now))
    dies(line, channel, step, moment, death=kills)
    line.works()
