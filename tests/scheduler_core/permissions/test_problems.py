"""Whatever is sent, the answer is one that the OpenAPI document announces: a problem, and never a bare 500."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import DataError

from scheduler_core.app import create_app
from scheduler_core.errors import SlotTaken
from scheduler_core.permissions.problems import answer_with_problems
from tests.builders.clock import MONDAY
from tests.builders.core import Core
from tests.builders.salon import a_salon
from tests.builders.serving import served
from tests.scheduler_core.permissions.holders import a_key

Operation = tuple[str, str, dict[str, Any]]


def operations(core: Core) -> Iterator[Operation]:
    """(method, path, what is said of it) of everything that is served."""
    for path, methods in document(core)["paths"].items():
        for method, said in methods.items():
            yield method.upper(), path, said


def document(core: Core) -> dict[str, Any]:
    app = create_app(core.settings, core.clock)
    app.state.database.close()
    return app.openapi()


def filled(path: str, business_id: int) -> str:
    """The path with a business and the number 1 wherever it names something else."""
    path = path.replace("{business_id}", str(business_id))
    parts = (part.partition("{")[0] + ("1" if "{" in part else "") for part in path.split("/"))
    return "/".join(parts)


def test_every_route_announces_its_problems(core: Core) -> None:
    for method, path, said in operations(core):
        if path.startswith("/v1/"):
            for status in ("401", "403", "404", "422"):
                content = said["responses"][status]["content"]
                assert content == {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                }, (method, path, status)
    schemas = document(core)["components"]["schemas"]
    assert set(schemas["Problem"]["required"]) == {"type", "title", "status", "code", "detail", "facts"}
    assert "HTTPValidationError" not in schemas


def test_every_route_says_how_to_be_let_in(core: Core) -> None:
    for method, path, said in operations(core):
        if path.startswith("/v1/"):
            assert said["security"] == [{"APIKeyHeader": []}, {"HTTPBearer": []}], (method, path)


def test_another_business_s_key_finds_nothing_anywhere(core: Core) -> None:
    first = core.salon.id
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    owner = a_key(core, "owner")
    for method, path, _ in operations(core):
        if "{business_id}" in path:
            told = owner.told(method, filled(path, first), {}, **{"Idempotency-Key": "x"})
            assert told == (404, "not_found"), (method, path)


def test_nothing_opens_to_who_is_unknown(core: Core) -> None:
    for method, path, _ in operations(core):
        if path.startswith(("/v1/", "/desk")):
            answer = core.http.request(method, filled(path, core.salon.id), headers={"X-API-Key": "wrong"})
            assert (answer.status_code, answer.json()["code"]) == (401, "not_allowed"), (method, path)


def must_be_malformed(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), (
        answer.text
    )
    assert answer.json()["code"] == "malformed"


def as_json(body: Any) -> bytes:
    """With escapes for half characters, which JSON can say and UTF-8 cannot."""
    return json.dumps(body).encode()


JSON = {"content-type": "application/json"}
BODIES = {
    "no body": (b"", JSON),
    "cut off": (b'{"role": "own', JSON),
    "not an object": (b"[1, 2]", JSON),
    "not UTF-8": (b'{"role": "owner", "label": "\xff\xfe"}', JSON),
    "deeper than anybody reads": (b'{"a":' * 50_000, JSON),
    "a number of many digits": (b'{"role": "owner", "label": "x", "staff_id": ' + b"9" * 5_000 + b"}", JSON),
    "a number beyond the column": (b'{"role": "owner", "label": "x", "staff_id": 99999999999999}', JSON),
    "infinity": (b'{"role": "owner", "label": "x", "staff_id": Infinity}', JSON),
    "half a character for a name of a field": (b'{"\\ud800": 1}', JSON),
    "another type of content": (b'{"role": "owner", "label": "x"}', {"content-type": "text/plain"}),
    "no type of content": (b'{"role": "owner", "label": "x"}', {}),
    "a form": (b"role=owner&label=x", {"content-type": "application/x-www-form-urlencoded"}),
}


@pytest.mark.parametrize(("body", "headers"), BODIES.values(), ids=BODIES.keys())
def test_a_body_that_makes_no_sense_is_malformed(core: Core, body: bytes, headers: dict[str, str]) -> None:
    must_be_malformed(core.http.post(f"/v1/businesses/{core.salon.id}/keys", content=body, headers=headers))


@pytest.mark.parametrize("label", ["half \ud800 character", "nul \x00 inside", "Zoë 💇"])
def test_words_are_kept_without_what_no_database_can_hold(core: Core, label: str) -> None:
    answer = core.http.post(
        f"/v1/businesses/{core.salon.id}/keys",
        content=as_json({"role": "owner", "label": label}),
        headers=JSON,
    )
    assert answer.status_code == 201, answer.text
    kept = core.ask("GET", "keys").json()["items"][0]["label"]
    assert kept == label.replace("\ud800", "?").replace("\x00", "")


DRAFTS = {
    "half a character": ({"state": {"a": ["\ud800"]}}, 200),
    "half a character for a name": ({"state": {"a": {"\ud800": 1}}}, 200),
    "half a character for the first name": ({"state": {"\ud800": 1}}, 200),
    "nul": ({"state": {"a": "\x00"}}, 200),
    "no number": ({"state": {"a": float("nan")}}, 422),
    "too deep": ({"state": {"a": json.loads("[" * 60 + "]" * 60)}}, 422),
    "a version beyond the column": ({"state": {}, "expected_version": 2**31}, 422),
}


@pytest.mark.parametrize(("draft", "status"), DRAFTS.values(), ids=DRAFTS.keys())
def test_what_a_draft_keeps_can_be_read_again(core: Core, draft: dict[str, Any], status: int) -> None:
    url = f"/v1/businesses/{core.salon.id}/conversations"
    content = as_json({"expected_version": 0, **draft})
    answer = core.http.put(f"{url}/{core.salon.conversation}/draft", content=content, headers=JSON)
    assert answer.status_code == status, answer.text
    read = core.ask("POST", "conversations/open", {"channel": "terminal", "address": "maria"})
    assert read.status_code == 200, read.text


@pytest.mark.parametrize(
    "path", ["keys/%00", "keys/%ED%A0%80", "audit?subject_kind=a%00b", "audit?subject_kind=%ED"]
)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_odd_characters_in_an_address_are_refused_or_ignored(core: Core, method: str, path: str) -> None:
    answer = core.http.request(method, f"/v1/businesses/{core.salon.id}/{path}")
    assert answer.status_code in (200, 405, 422), answer.text


@pytest.mark.parametrize("value", [b"\xff\xfe", b"x" * 121, "clé".encode()])
def test_odd_headers_are_refused_or_ignored(core: Core, value: bytes) -> None:
    body = {"role": "owner", "label": "x"}
    answer = core.http.post(
        f"/v1/businesses/{core.salon.id}/keys", json=body, headers=[(b"X-Caused-By", value)]
    )
    assert answer.status_code == (422 if len(value) > 120 else 201)


@pytest.mark.parametrize(
    ("path", "served"),
    [
        ("audit", "GET"),
        ("keys", "GET, POST"),
        ("keys/1", "DELETE"),
        ("/healthz", "GET"),
        ("/docs", "GET, HEAD"),
    ],
)
def test_a_method_that_is_not_served_names_those_that_are(core: Core, path: str, served: str) -> None:
    answer = core.ask("PUT", path)
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert sorted(answer.headers["allow"].split(", ")) == served.split(", ")


def test_an_address_that_is_not_served_is_a_problem_too(core: Core) -> None:
    for path in ("nothing", "keys/", ""):
        answer = core.ask("GET", path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert answer.headers["content-type"] == "application/problem+json"


UNSTORABLE = {
    "text": DataError("INSERT", {}, ValueError("NUL")),
    "character": UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
    "number": OverflowError("int too large"),
}


@pytest.fixture(scope="module")
def broken() -> Iterator[httpx.Client]:
    """An app that fails in the way its path says."""
    app = FastAPI()

    @app.get("/{what}")
    def fail(what: str) -> None:
        if what == "repeats":
            raise SlotTaken(said="\ud800")
        raise UNSTORABLE.get(what, RuntimeError("the secret is 42"))

    answer_with_problems(app)
    with served(app) as address, httpx.Client(base_url=address, trust_env=False) as http:
        yield http


@pytest.mark.parametrize("what", UNSTORABLE)
def test_what_no_database_can_hold_is_malformed(broken: httpx.Client, what: str) -> None:
    must_be_malformed(broken.get(f"/{what}"))


def test_a_problem_may_repeat_half_a_character(broken: httpx.Client) -> None:
    answer = broken.get("/repeats")
    assert (answer.status_code, answer.json()["facts"]) == (409, {"said": "\ud800"})


def test_what_nobody_expected_is_a_problem_that_tells_nothing(broken: httpx.Client) -> None:
    answer = broken.get("/anything")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.json()["code"] == "internal"
    assert "42" not in answer.text
