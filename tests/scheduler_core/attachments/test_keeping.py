"""A file is kept once, by what it is and not by what it is called, and nobody else's business sees it."""

from pathlib import Path
from typing import Any

import obstore
import pytest
from sqlalchemy import func, select

from scheduler_core.attachments.models import Attachment
from scheduler_core.outbox import link_to
from tests.builders.clock import MONDAY
from tests.builders.core import Core
from tests.builders.files import JPEG, PAGE, PDF, PNG, VOICE, brings, offered
from tests.builders.salon import a_salon


def stored(core: Core) -> list[Path]:
    return [each for each in Path(core.settings.files).rglob("*") if each.is_file()]


def rows(core: Core) -> int:
    with core.database.read() as session:
        return session.scalar(select(func.count()).select_from(Attachment)) or 0


def content(core: Core, kept: Any) -> Any:
    return core.ask("GET", f"attachments/{kept['id']}/content")


@pytest.mark.parametrize(
    ("sent", "kind", "media_type", "name"),
    [
        (JPEG, "image", "image/jpeg", "my hair.jpg"),
        (PNG, "image", "image/png", "my hair.png"),
        (PDF, "document", "application/pdf", "my hair.pdf"),
        (VOICE, "audio", "audio/ogg", "my hair.ogg"),
        (b"Please mind the fringe.\n", "document", "text/plain", "my hair.txt"),
    ],
    ids=["jpeg", "png", "pdf", "voice", "words"],
)
def test_a_file_is_what_its_content_says(
    core: Core, sent: bytes, kind: str, media_type: str, name: str
) -> None:
    kept = brings(core, sent, name="../../etc/my hair.exe")
    assert (kept["kind"], kept["media_type"], kept["name"]) == (kind, media_type, name)
    assert kept["size"] == len(sent)
    answer = content(core, kept)
    assert answer.content == sent
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "sent",
    [PAGE, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ\x90\x00" + bytes(100), b"PK\x03\x04", b""],
    ids=["page", "svg", "program", "archive", "nothing"],
)
def test_what_a_browser_or_a_machine_could_run_is_refused_whatever_it_is_called(
    core: Core, sent: bytes
) -> None:
    answer = offered(core, sent, name="photo.jpg")
    assert (answer.status_code, answer.json()["code"]) == (415, "file_kind_refused")
    assert (stored(core), rows(core)) == ([], 0)


@pytest.mark.parametrize("named", ["", "...", "/", "\\\\host\\share", "日本 \x01.jpg", "a" * 290], ids=repr)
def test_any_name_becomes_one_that_harms_nobody(core: Core, named: str) -> None:
    name = brings(core, JPEG, name=named)["name"]
    assert name.endswith(".jpg")
    assert len(name) <= 84
    assert not set(name) & set("/\\\x01")


def test_a_file_longer_than_is_taken_is_refused_as_it_comes(core: Core) -> None:
    core.settings.largest_file_mb = 1
    answer = offered(core, JPEG + bytes(1024 * 1024))
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert answer.json()["facts"] == {"largest_bytes": 1024 * 1024}
    assert (stored(core), rows(core)) == ([], 0)


def test_a_file_that_comes_again_under_its_key_is_the_same_file(core: Core) -> None:
    first = brings(core, JPEG, key="telegram:7:0")
    again = offered(core, JPEG, key="telegram:7:0")
    assert (again.status_code, again.json()) == (200, first)
    assert core.ask("GET", "attachments/kept?key=telegram:7:0").json() == first
    assert core.ask("GET", "attachments/kept?key=another").json() is None
    assert (len(stored(core)), rows(core)) == (1, 1)


def test_a_key_that_names_another_file_is_refused(core: Core) -> None:
    brings(core, JPEG, key="same")
    assert offered(core, PNG, key="same").json()["code"] == "idempotency_key_reused"


@pytest.mark.parametrize("dies", ["before", "after"])
def test_a_crash_between_row_and_bytes_leaves_nothing_lost_and_nothing_twice(
    core: Core, monkeypatch: pytest.MonkeyPatch, dies: str
) -> None:
    real = obstore.put

    def die(*put: Any, **how: Any) -> None:
        if dies == "after":
            real(*put, **how)
        raise OSError("the machine is off")

    with monkeypatch.context() as broken:
        broken.setattr(obstore, "put", die)
        assert offered(core, JPEG, key="one").status_code == 503
    assert core.ask("GET", "attachments").json()["items"] == []
    kept = brings(core, JPEG, key="one")
    assert content(core, kept).content == JPEG
    assert (len(stored(core)), rows(core)) == (1, 1)


def test_another_business_s_file_is_unknown(core: Core) -> None:
    kept = brings(core, JPEG)
    foreign = core.salon.conversation
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    assert content(core, kept).status_code == 404
    assert core.ask("GET", f"attachments/{kept['id']}").status_code == 404
    assert offered(core, JPEG, conversation_id=foreign).status_code == 404
    said = {"text": "see", "attachment_ids": [kept["id"]]}
    path = f"conversations/{core.salon.conversation}"
    assert core.ask("POST", f"{path}/say", said, key="say").status_code == 404
    assert core.ask("POST", f"{path}/files", {"attachment_ids": [kept["id"]]}).status_code == 404


@pytest.mark.parametrize("role", ["customer", "read_only"])
def test_only_staff_may_fetch_a_file(core: Core, role: str) -> None:
    kept = brings(core, JPEG)
    asked = {"label": "x", "role": role, "customer_id": core.salon.customer if role == "customer" else None}
    core.http.headers["X-API-Key"] = core.ask("POST", "keys", asked, key="key").json()["secret"]
    assert content(core, kept).status_code == 403
    core.http.headers["X-API-Key"] = "wrong"
    assert content(core, kept).status_code == 401


def test_a_signed_link_opens_its_file_until_it_runs_out(core: Core) -> None:
    core.settings.business_id = core.salon.id
    kept = brings(core, JPEG)
    link = link_to(core.settings, kept["id"], core.clock()).removeprefix(core.settings.public_url)
    del core.http.headers["X-API-Key"]
    assert core.http.get(link).content == JPEG
    assert core.http.get(link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 404
    business, _, rest = link.removeprefix("/files/").split(".", 2)
    assert core.http.get(f"/files/{business}.{kept['id'] + 1}.{rest}").status_code == 404
    core.clock.move(hours=49)
    assert core.http.get(link).status_code == 404
