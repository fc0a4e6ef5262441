"""While a person of the team speaks with a customer the house itself says nothing, and nothing is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from tests.builders.clock import HandClock
from tests.builders.serving import served
from tests.channels.builders import Line, settings_for
from tests.fakes.bot import NOTHING, SILENT, FakeBot


@pytest.fixture
def line(tmp_path: Path, bot: FakeBot, clock: HandClock) -> Iterator[Line]:
    """A line whose core says that a person speaks with Maria."""
    core = FastAPI()

    @core.get("/v1/businesses/{business_id}/conversations/silence")
    def silence(channel: str, address: str) -> dict[str, bool]:
        return {"silent": (channel, address) == ("web", "maria")}

    @core.post("/v1/businesses/{business_id}/conversations/open")
    def opened() -> dict[str, Any]:
        return {"conversation": {"id": 7}}

    @core.post("/v1/businesses/{business_id}/conversations/7/unanswered")
    def unanswered() -> dict[str, Any]:
        return {}

    with served(core) as url:
        made = Line(settings_for(tmp_path, bot.port, core_port=int(url.rpartition(":")[2])), clock)
        yield made
        made.close()


def test_a_bot_that_leaves_the_word_to_a_person_has_answered(line: Line, bot: FakeBot) -> None:
    bot.answer = lambda _: SILENT
    line.hears("are you there, Ana?")
    line.works()
    line.works()
    assert len(bot.asked) == 1
    assert [(item.who, item.text) for item in line.shows()] == [("customer", "are you there, Ana?")]


@pytest.mark.parametrize("said", ["​", "x" * 2001], ids=["nothing", "a novel"])
def test_what_needs_no_bot_is_not_answered_either(line: Line, said: str) -> None:
    line.hears(said)
    line.hears(said, who="otto")
    line.works()
    assert line.said() == []
    assert len(line.said("otto")) == 1


def test_a_bot_that_is_away_is_not_excused(line: Line, bot: FakeBot, clock: HandClock) -> None:
    bot.faults = [NOTHING] * 8
    line.hears("hello?")
    for _ in range(9):
        line.works()
        clock.move(seconds=40)
    assert line.said() == []
