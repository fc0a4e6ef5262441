"""After 24 hours of silence WhatsApp is told in a template it has approved, or a person is."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from channels.app import create_app
from scheduler_core.db.session import open_database
from scheduler_core.outbox import Choice, Plan
from scheduler_core.outbox.enqueue import tell_chat, tell_customer
from scheduler_core.permissions.models import StaffChat
from scheduler_core.settings import Settings
from tests.builders.clock import HandClock
from tests.builders.serving import served
from tests.channels.builders import Line
from tests.fakes.bot import FakeBot
from tests.fakes.twilio import FakeTwilio
from tests.fakes.twilio_account import makes_template

ANNA = "+15550001"
BODY = "Hello {{name}}, {{business}} expects you on {{moment}}. Reply 1 to keep it."
SAMPLES = {"name": "there", "business": "the salon", "moment": "Friday"}
FACTS = {"name": " Anna", "business": "Linden\nHair", "moment": "Friday 20 November at 15:00"}
IN_WORDS = "Hello Anna, Linden Hair expects you on Friday 20 November at 15:00. Reply 1 to keep it."


@pytest.fixture
def templates(settings: Settings, twilio: FakeTwilio, tmp_path: Path) -> Callable[..., Settings]:
    """The settings, with one template for reminders in English."""

    def made(body: str = BODY, kind: str = "reminder", **samples: str) -> Settings:
        path = tmp_path / "templates.yml"
        sid = makes_template(twilio, body, **(samples or SAMPLES))
        path.write_text(yaml.safe_dump({kind: {"en": sid}}))
        return settings.model_copy(update={"whatsapp_templates": path})

    return made


@pytest.fixture
def remind(settings: Settings, clock: HandClock) -> Iterator[Callable[..., None]]:
    database = open_database(settings.database_url)

    def say(**more: Any) -> None:
        told = {"kind": "reminder", "facts": FACTS, "idem_key": "one"} | more
        plan = Plan("Are you coming?", (Choice("Yes", "/y"), Choice("No", "/n")), language="en")
        database.transact(
            lambda session: tell_customer(
                session, business_id=1, channel="whatsapp", address=ANNA, plan=plan, now=clock(), **told
            )
        )

    yield say
    database.close()


def line_with(settings: Settings, clock: HandClock, hours_of_silence: float) -> Line:
    line = Line(settings, clock)
    line.hears("hello", who=ANNA, channel="whatsapp")
    line.works()
    clock.move(minutes=60 * hours_of_silence)
    return line


def said(twilio: FakeTwilio) -> list[str]:
    return [each.body for each in twilio.taken][1:]


@pytest.mark.parametrize(("hours", "words"), [(23.9, "Are you coming?"), (24.1, IN_WORDS)])
def test_a_notice_is_free_for_24_hours_and_then_a_template(
    templates: Callable[..., Settings],
    clock: HandClock,
    twilio: FakeTwilio,
    remind: Callable[..., None],
    hours: float,
    words: str,
) -> None:
    line = line_with(templates(), clock, hours)
    remind()
    line.works()
    assert said(twilio) == [words]
    assert line.unreached() == []


def test_a_notice_to_the_team_is_a_template_after_24_hours_too(
    templates: Callable[..., Settings], clock: HandClock, twilio: FakeTwilio
) -> None:
    settings = templates(
        "New: {{customer}}, {{when}}. Thank you.", "staff_wrote", customer="Anna", when="Friday"
    )
    line = line_with(settings, clock, 30)
    with closing(open_database(settings.database_url)) as database:
        anas = StaffChat(id=1, business_id=1, staff_id=1, role="staff", channel="whatsapp", address=ANNA)
        facts = {"customer": "Maria", "channel": "web", "text": "hi", "when": "Fri 20 Nov, 15:00"}
        database.transact(
            lambda session: tell_chat(session, anas, "staff_wrote", "one", "en-US", facts, clock())
        )
    line.works()
    assert said(twilio) == ["New: Maria, Fri 20 Nov, 15:00. Thank you."]


def test_a_fact_that_is_empty_is_left_to_the_templates_sample(
    templates: Callable[..., Settings], clock: HandClock, twilio: FakeTwilio, remind: Callable[..., None]
) -> None:
    line = line_with(templates(), clock, 30)
    remind(facts=FACTS | {"name": ""})
    line.works()
    assert said(twilio)[0].startswith("Hello there, ")
    assert "name" not in json.loads(twilio.taken[1].fields["ContentVariables"])


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"kind": "visit_moved"}, id="no template for it"),
        pytest.param({"facts": {"name": "Anna"}}, id="facts it does not have"),
    ],
)
def test_without_a_template_the_team_is_told_once(
    templates: Callable[..., Settings],
    clock: HandClock,
    twilio: FakeTwilio,
    remind: Callable[..., None],
    more: dict[str, Any],
) -> None:
    line = line_with(templates(), clock, 30)
    remind(**more)
    line.works()
    clock.move(minutes=60)
    line.works()
    assert said(twilio) == []
    assert line.unreached() == ["failed"]


def test_what_twilio_finds_too_late_goes_as_a_template_at_once(
    templates: Callable[..., Settings], clock: HandClock, twilio: FakeTwilio, remind: Callable[..., None]
) -> None:
    line = line_with(templates(), clock, 1)
    twilio.faults = [(400, 63016)]
    remind()
    line.works()
    assert said(twilio) == [IN_WORDS]


def test_what_is_found_too_late_after_it_was_taken_is_sent_again_once(
    templates: Callable[..., Settings], clock: HandClock, twilio: FakeTwilio, remind: Callable[..., None]
) -> None:
    settings = templates()
    line = line_with(settings, clock, 1)
    remind()
    line.works()
    with served(create_app(settings, clock)) as front:
        for _ in range(3):
            assert twilio.tells_status(front, twilio.taken[1], "undelivered", 63016).status_code == 204
        again = twilio.has_taken(3)[2]
        twilio.tells_status(front, again, "undelivered", 63016)
    line.works()
    assert said(twilio) == ["Are you coming?", IN_WORDS]


def test_a_template_whose_answer_was_lost_is_looked_up_and_not_sent_again(
    templates: Callable[..., Settings], clock: HandClock, twilio: FakeTwilio, remind: Callable[..., None]
) -> None:
    line = line_with(templates(), clock, 30)
    twilio.faults = [FakeTwilio.LOST]
    remind()
    line.works()
    clock.move(minutes=11)
    line.works()
    assert said(twilio) == [IN_WORDS]


def test_a_tap_on_a_template_comes_home_as_its_choice(
    templates: Callable[..., Settings], clock: HandClock, twilio: FakeTwilio, remind: Callable[..., None]
) -> None:
    line = line_with(templates("{{option_1}}: {{tap_1}} now", option_1="Yes", tap_1="x"), clock, 30)
    remind()
    line.works()
    assert said(twilio)[0].startswith("Yes: frontdesk:")


def test_a_text_that_no_template_takes_is_written_out(
    settings: Settings, clock: HandClock, twilio: FakeTwilio, remind: Callable[..., None]
) -> None:
    line = line_with(settings, clock, 1)
    twilio.faults = [(400, 21656)]
    remind()
    line.works()
    assert said(twilio) == ["Are you coming?\n1 Yes\n2 No"]


@pytest.mark.parametrize("content", ["reminder: HX1", "reminder: {en: what}", "- a\n- b", "{"])
def test_a_file_of_templates_that_cannot_be_read_keeps_no_house_shut(
    settings: Settings, clock: HandClock, twilio: FakeTwilio, tmp_path: Path, bot: FakeBot, content: str
) -> None:
    path = tmp_path / "templates.yml"
    path.write_text(content)
    line = line_with(settings.model_copy(update={"whatsapp_templates": path}), clock, 0)
    line.works()
    assert len(twilio.taken) == 1
    line.close()
