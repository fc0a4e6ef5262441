"""A bare word for an opt-in is one only from who has opted out; the front door asks the core, and waits for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Response

from tests.builders.clock import HandClock
from tests.builders.serving import served
from tests.channels.builders import Line, settings_for
from tests.fakes.bot import FakeBot


class Core:
    def __init__(self) -> None:
        self.opted_out = True
        self.is_away = False
        self.app = FastAPI()
        self.app.get("/v1/businesses/1/conversations/silence")(self.silence)

    def silence(self, response: Response) -> dict[str, bool]:
        response.status_code = 503 if self.is_away else 200
        return {"silent": False, "opted_out": self.opted_out}


@pytest.fixture
def core() -> Core:
    return Core()


@pytest.fixture
def line(tmp_path: Path, bot: FakeBot, clock: HandClock, core: Core) -> Iterator[Line]:
    with served(core.app) as url:
        made = Line(settings_for(tmp_path, bot.port, core_port=int(url.rpartition(":")[2])), clock)
        yield made
        made.close()


def test_who_has_opted_out_comes_back_with_a_word_and_the_word_is_kept(line: Line, bot: FakeBot) -> None:
    line.hears("Start!")
    line.works()
    assert [asked.message for asked in bot.asked] == ['/resume_messages{"said": "Start!"}']


def test_from_anybody_else_it_is_a_word_and_joins_what_they_say(line: Line, core: Core, bot: FakeBot) -> None:
    core.opted_out = False
    line.hears("start")
    line.hears("a haircut")
    line.works()
    assert [asked.message for asked in bot.asked] == ["start, a haircut"]


def test_the_word_waits_for_a_core_that_is_away(
    line: Line, core: Core, bot: FakeBot, clock: HandClock
) -> None:
    core.is_away = True
    line.hears("start")
    line.works()
    assert bot.asked == []
    core.is_away = False
    clock.move(seconds=40)
    line.works()
    assert [asked.message for asked in bot.asked] == ['/resume_messages{"said": "start"}']
