"""Who is forgotten is forgotten with their files, bytes and all, whatever breaks on the way."""

from pathlib import Path
from typing import Any

import obstore
import pytest

from tests.builders.core import Core
from tests.builders.files import JPEG, PDF, brings


def stored(core: Core) -> list[Path]:
    return [each for each in Path(core.settings.files).rglob("*") if each.is_file()]


def erase(core: Core, key: str = "erase") -> None:
    assert core.ask("POST", f"customers/{core.salon.customer}/erase", key=key).status_code == 200


def test_rows_and_bytes_go_and_nobody_else_s(core: Core) -> None:
    kept = brings(core, JPEG)
    other = core.ask("POST", "conversations/open", {"channel": "web", "address": "noor"}).json()
    stays = brings(core, PDF, conversation_id=other["conversation"]["id"])
    erase(core)
    assert core.ask("GET", f"attachments/{kept['id']}/content").status_code == 404
    assert core.ask("GET", f"attachments/{stays['id']}/content").content == PDF
    assert len(stored(core)) == 1


def test_bytes_that_the_store_would_not_forget_go_the_next_time(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_asked: object) -> None:
        raise OSError("the store is away")

    brings(core, JPEG)
    with monkeypatch.context() as broken:
        broken.setattr(obstore, "delete", away)
        erase(core)
    assert len(stored(core)) == 1
    erase(core, key="once more")
    assert stored(core) == []


def test_bytes_that_a_crash_left_without_an_end_are_found(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = obstore.put

    def die(*put: Any, **how: Any) -> None:
        real(*put, **how)
        raise OSError("the machine is off")

    with monkeypatch.context() as broken:
        broken.setattr(obstore, "put", die)
        with pytest.raises(AssertionError):
            brings(core, JPEG)
    assert len(stored(core)) == 1
    erase(core)
    assert stored(core) == []


def test_a_file_that_is_still_being_kept_when_its_person_is_forgotten_is_not_kept(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = obstore.put

    def forgotten_meanwhile(*put: Any, **how: Any) -> None:
        erase(core)
        real(*put, **how)

    monkeypatch.setattr(obstore, "put", forgotten_meanwhile)
    with pytest.raises(AssertionError, match="not_found"):
        brings(core, JPEG)
    assert stored(core) == []


def test_the_export_names_every_file(core: Core) -> None:
    kept = brings(core, JPEG, name="fringe.jpg")
    document = core.ask("GET", f"customers/{core.salon.customer}/export").json()
    (named,) = document["attachments"]
    assert (named["id"], named["name"], named["media_type"]) == (kept["id"], "fringe.jpg", "image/jpeg")
    assert "place" not in named
