"""The web chat's door: who may speak, what is taken, what is shown."""

import logging

import httpx
import pytest

from scheduler_core import outbox
from tests.channels.builders import Browser
from tests.fakes.bot import FakeBot, says

OFFER = says(
    "When?", ("Tue 9:00", "/affirm"), ("Wed 14:00", "/deny"), links=(("Map", "https://maps.example/1"),)
)


def test_a_visitor_is_answered_on_the_open_page(browser: Browser) -> None:
    browser.opens_page()
    assert browser.says("hello").status_code == 202
    asked, answered = browser.sees(2)
    assert (asked["who"], asked["text"], asked["said_as"]) == ("customer", "hello", "message-1")
    assert (answered["who"], answered["text"]) == ("us", "You said: hello")


def test_the_page_comes_with_a_hidden_cookie_and_runs_only_its_own_scripts(browser: Browser) -> None:
    page = browser.opens_page()
    cookie = page.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "http://" not in page.text
    assert "https://" not in page.text
    for asset in ("chat.css", "chat.js", "bubbles.js", "icon.svg"):
        assert browser.http.get(f"/web/static/{asset}").status_code == 200
    assert browser.http.get("/web/static/channel.py").status_code == 404


def test_a_reload_shows_the_whole_conversation_and_a_reconnect_only_what_is_new(browser: Browser) -> None:
    browser.says("one")
    first = browser.sees(2)
    browser.says("two")
    assert [item["text"] for item in browser.sees(4)] == ["one", "You said: one", "two", "You said: two"]
    assert [item["text"] for item in browser.sees(2, after=first[-1]["id"])] == ["two", "You said: two"]


def test_nobody_sees_another_visitors_conversation(browser: Browser, front: str) -> None:
    browser.says("my secret")
    browser.sees(2)
    other = Browser(front)
    other.says("hello")
    assert [item["text"] for item in other.sees(2)] == ["hello", "You said: hello"]


def test_choices_are_shown_without_their_payloads_and_can_be_tapped(browser: Browser, bot: FakeBot) -> None:
    bot.answer = lambda _asked: OFFER
    browser.says("a trim")
    offer = browser.sees(2)[1]
    assert offer["choices"] == [{"n": 0, "label": "Tue 9:00"}, {"n": 1, "label": "Wed 14:00"}]
    assert offer["links"] == [{"label": "Map", "url": "https://maps.example/1"}]
    assert browser.taps(offer["message_id"], 1).status_code == 202
    tapped, _answer = browser.sees(2, after=offer["id"])
    assert tapped["text"] == "Wed 14:00"
    assert bot.asked[-1].message == "/deny"


def test_a_tap_on_another_visitors_choice_is_refused(browser: Browser, bot: FakeBot, front: str) -> None:
    bot.answer = lambda _asked: OFFER
    browser.says("a trim")
    offer = browser.sees(2)[1]
    other = Browser(front)
    refused = other.taps(offer["message_id"], 0)
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown_choice")
    assert len(bot.asked) == 1


def test_a_message_sent_twice_is_answered_once(browser: Browser, bot: FakeBot) -> None:
    browser.opens_page()
    for _ in range(2):
        assert browser.says("hello", id="the-same-id").status_code == 202
    browser.says("bye")
    assert [item["text"] for item in browser.sees(4) if item["who"] == "customer"] == ["hello", "bye"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Origin": "https://evil.example"}, 403, id="another site"),
        pytest.param({"Origin": "null"}, 403, id="a page without origin"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="a browser that names no origin"),
        pytest.param({}, 202, id="a client that is no browser"),
    ],
)
def test_only_our_own_page_speaks_for_a_visitor(front: str, headers: dict[str, str], status: int) -> None:
    body = {"id": "message-1", "text": "hello"}
    answer = httpx.post(f"{front}/web/messages", json=body, headers=headers, trust_env=False)
    assert answer.status_code == status


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"{", id="half an object"),
        pytest.param(b"\xff\xfe", id="no text at all"),
        pytest.param(b"[" * 60_000, id="deep nesting"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"id": "message-1"}', id="nothing said"),
        pytest.param(b'{"text": "hi"}', id="no id"),
        pytest.param(b'{"id": "a b", "text": "hi"}', id="a bad id"),
        pytest.param(b'{"id": "message-1", "text": 5}', id="a number for text"),
        pytest.param(b'{"id": "message-1", "choice": {"message_id": -1, "n": 0}}', id="a bad choice"),
    ],
)
def test_a_malformed_message_is_a_problem_document(browser: Browser, body: bytes) -> None:
    answer = browser.http.post("/web/messages", content=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_very_long_message_gets_a_helpful_sentence(browser: Browser) -> None:
    assert browser.says("a" * 10_000).status_code == 202
    assert browser.sees(2)[1]["text"] == outbox.words("en", "too_long")


def test_more_than_64_kib_is_refused(browser: Browser) -> None:
    assert browser.says("a" * 70_000).status_code == 413


def test_a_visitor_who_sends_very_fast_is_asked_to_wait(browser: Browser) -> None:
    browser.opens_page()
    statuses = [browser.says(f"hello {n}").status_code for n in range(31)]
    assert statuses == [202] * 30 + [429]


def test_the_page_says_when_the_assistant_is_waking_up(browser: Browser, bot: FakeBot) -> None:
    assert browser.http.get("/web/status").json()["assistant"] == "awake"
    bot.stop()
    assert browser.http.get("/web/status").json()["assistant"] == "waking"


def test_the_log_names_ids_and_never_what_was_said(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        browser.opens_page()
        browser.says("my-secret-words")
        browser.sees(2)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("channels")]
    assert any(line.startswith("answered turn=") for line in ours)
    cookie = next(iter(browser.http.cookies.jar)).value or "no cookie"
    assert not [line for line in ours if "my-secret-words" in line or cookie in line]
