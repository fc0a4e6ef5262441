"""Nobody waits for a table of words: those that customers will need are read while the action server starts."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from actions import when
from actions.core_client import CoreClient
from actions.head_start import words_of_time_read
from tests.fakes.core import FakeCore


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    read: list[str] = []
    monkeypatch.setattr(when, "read_words", read.append)
    return read


def test_the_languages_of_the_house_are_read_with_the_country_of_the_business(
    core: FakeCore, read: list[str]
) -> None:
    _start(core)

    assert read == ["en-GB", "es-GB"]


def test_without_the_core_the_server_starts_all_the_same(core: FakeCore, read: list[str]) -> None:
    core.away = True

    _start(core)

    assert read == []


@pytest.mark.parametrize("locale", ["en-GB", "sv-SE", "tlh", ""])
def test_words_of_any_locale_can_be_read_ahead(locale: str) -> None:
    when.read_words(locale)


def test_the_core_is_asked_for_the_business_by_its_own_address() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(404, json={"code": "not_found"})

    _start(CoreClient("http://core", "key", 7, httpx.MockTransport(answer)))

    assert asked == ["/v1/businesses/7"]


def _start(core: Any) -> None:
    asyncio.run(words_of_time_read(core))
