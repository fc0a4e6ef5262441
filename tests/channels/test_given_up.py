"""A message that the bot cannot answer blocks no other; the customer and the team are told, once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Response

from scheduler_core import outbox
from tests.builders.clock import HandClock
from tests.builders.serving import served
from tests.channels.builders import Line, settings_for
from tests.fakes.bot import NOTHING, FakeBot, says

AWAY, GAVE_UP = (outbox.words("en", key) for key in ("bot_away", "gave_up"))


class Core:
    """Knows one conversation and keeps what went unanswered there."""

    def __init__(self) -> None:
        self.unanswered: list[str] = []
        self.is_away = False
        self.app = FastAPI()
        self.app.post("/v1/businesses/1/conversations/open")(self.open)
        self.app.post("/v1/businesses/1/conversations/7/unanswered")(self.keep)

    def open(self, response: Response) -> dict[str, Any]:
        response.status_code = 503 if self.is_away else 200
        return {"conversation": {"id": 7}}

    def keep(self, asked: dict[str, Any]) -> dict[str, Any]:
        self.unanswered.append(asked["text"])
        return {}


@pytest.fixture
def core() -> Core:
    return Core()


@pytest.fixture
def line(tmp_path: Path, bot: FakeBot, clock: HandClock, core: Core) -> Iterator[Line]:
    bot.answer = lambda asked: NOTHING if asked.message == "poison" else says("Fine")
    with served(core.app) as url:
        made = Line(settings_for(tmp_path, bot.port, core_port=int(url.rpartition(":")[2])), clock)
        yield made
        made.close()


def time_passes(line: Line, clock: HandClock) -> None:
    for _ in range(10):
        clock.move(seconds=31)
        line.works()


def test_what_cannot_be_answered_does_not_block_what_comes_after(line: Line, clock: HandClock) -> None:
    line.hears("poison")
    line.works()
    line.hears("hello")
    time_passes(line, clock)
    assert line.said() == [AWAY, GAVE_UP, "Fine"]


def test_the_team_is_told_what_was_written(line: Line, core: Core, clock: HandClock) -> None:
    line.hears("poison")
    time_passes(line, clock)
    time_passes(line, clock)
    assert core.unanswered == ["poison"]


def test_nobody_is_given_up_before_the_team_can_be_told(line: Line, core: Core, clock: HandClock) -> None:
    core.is_away = True
    line.hears("poison")
    time_passes(line, clock)
    assert line.said() == [AWAY]
    core.is_away = False
    time_passes(line, clock)
    assert line.said() == [AWAY, GAVE_UP]
    assert core.unanswered == ["poison"]
