"""A file on the page of the web chat: kept with its words, shown to its own visitor, refused at once if need be."""

from collections.abc import Iterator

import pytest

from channels.app import create_app
from tests.builders.clock import HandClock
from tests.builders.files import JPEG, PAGE, PDF
from tests.builders.serving import served
from tests.channels.builders import Browser
from tests.channels.files.conftest import Office
from tests.fakes.bot import FakeBot, says


@pytest.fixture
def front(office: Office, clock: HandClock) -> Iterator[str]:
    with served(create_app(office.settings, clock)) as url:
        yield url


@pytest.fixture
def browser(front: str) -> Browser:
    made = Browser(front)
    made.opens_page()
    return made


def test_a_photo_with_words_is_kept_and_its_words_are_answered(
    browser: Browser, office: Office, bot: FakeBot
) -> None:
    bot.answer = lambda _asked: says("On Friday at 10?")
    said = {"id": "photo-0001", "name": "fringe.jpg", "text": "can you fix this?"}
    for _ in range(2):
        assert browser.http.post("/web/files", params=said, content=JPEG).status_code == 202
    own, answer = browser.sees(2)
    assert (own["text"], own["said_as"]) == ("can you fix this?", "photo-0001")
    assert own["files"][0] | {"url": ""} == {"name": "fringe.jpg", "url": "", "image": True}
    assert browser.http.get(own["files"][0]["url"]).content == JPEG
    assert answer["text"] == "I have your file, thank you.\nOn Friday at 10?"
    assert len(office.files()) == 1


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(PAGE, 415, "file_refused"), (JPEG + bytes(2**20), 413, "file_too_large")],
    ids=["a page", "too long"],
)
def test_what_is_not_taken_is_refused_while_the_visitor_looks(
    browser: Browser, office: Office, content: bytes, status: int, code: str
) -> None:
    office.settings.largest_file_mb = 1
    answer = browser.http.post("/web/files", params={"id": "photo-0001", "name": "a.jpg"}, content=content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert office.files() == []


def test_another_site_s_page_sends_no_file(browser: Browser, office: Office) -> None:
    headers = {"Origin": "https://evil.example"}
    answer = browser.http.post("/web/files", params={"id": "photo-0001"}, content=JPEG, headers=headers)
    assert (answer.status_code, office.files()) == (403, [])


def test_a_visitor_who_sends_very_many_has_to_wait(browser: Browser) -> None:
    answers = [
        browser.http.post("/web/files", params={"id": f"photo-{n:04}"}, content=JPEG).status_code
        for n in range(7)
    ]
    assert answers == [202] * 6 + [429]


def test_a_file_of_staff_is_shown_on_the_page(browser: Browser, office: Office) -> None:
    browser.says("hello")
    browser.sees(2)
    (address,) = (each["address"] for each in _addresses(office))
    office.sends("web", address, PDF, "Please read.", "how to care")
    shown = browser.sees(3)[-1]
    assert (shown["text"], shown["files"][0]["name"]) == ("Please read.", "how to care.pdf")
    answer = browser.http.get(shown["files"][0]["url"])
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


def _addresses(office: Office) -> list[dict[str, str]]:
    from sqlalchemy import select

    from scheduler_core.outbox.models import InboundMessage

    with office.database.read() as session:
        return [{"address": each} for each in set(session.scalars(select(InboundMessage.address)))]
