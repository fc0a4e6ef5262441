"""Whatever is written while somebody is being erased waits for it, and is then refused; and the other way round."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from scheduler_core.conversations.open import open_new
from scheduler_core.conversations.schemas import OpenIn
from scheduler_core.customers.contact import add
from scheduler_core.customers.erase import erase
from scheduler_core.customers.schemas import ContactPointIn
from scheduler_core.permissions.caller import Caller
from tests.builders.core import Core
from tests.scheduler_core.customers.lives import WORDS
from tests.scheduler_core.customers.test_erasure import found

OPENED = {"channel": "terminal", "address": "maria"}
POINT = {"channel": "sms", "address": WORDS[0]}
SAID = {**OPENED, "granted": True, "evidence": WORDS[1]}
SOON = {"start": "2027-03-05T14:00:00Z", "end": "2027-03-05T18:00:00Z"}

#: Seconds in which whatever need not wait for another transaction has its answer.
_LONG_ENOUGH = 0.5


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


@pytest.fixture
def caller(core: Core) -> Caller:
    return Caller(core.settings, core.database, core.clock, "test")


def must_wait(answer: Future[httpx.Response]) -> Future[httpx.Response]:
    with pytest.raises(TimeoutError):
        answer.result(_LONG_ENOUGH)
    return answer


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "customers/{}/contact-points", POINT),
        ("POST", "customers/{}/consent", SAID),
        ("PATCH", "customers/{}", {"name": WORDS[0]}),
        ("POST", "waitlist", {"ranges": [SOON], "note": WORDS[0]}),
        ("POST", "appointments", {"start": SOON["start"], "note": WORDS[0]}),
    ],
    ids=["address", "consent", "name", "wish", "visit"],
)
def test_what_comes_during_an_erasure_waits_and_is_refused(
    core: Core,
    caller: Caller,
    pool: ThreadPoolExecutor,
    served_app: tuple[FastAPI, str],
    method: str,
    path: str,
    body: dict[str, Any],
) -> None:
    salon, customer = core.salon, core.salon.customer
    if "{}" not in path:
        body = body | {"customer_id": customer, "service_id": salon.service}

    def work(session: Session) -> Future[httpx.Response]:
        erase(session, caller, core.clock(), served_app[0].state.personal_data, salon.id, customer)
        return must_wait(pool.submit(core.ask, method, path.format(customer), body, "key"))

    answer = core.write(work).result()
    assert (answer.status_code, answer.json()["code"]) == (410, "customer_erased")
    assert found(core) == set()


def test_an_address_is_free_for_another_once_the_erasure_has_ended(
    core: Core, caller: Caller, pool: ThreadPoolExecutor, served_app: tuple[FastAPI, str]
) -> None:
    salon = core.salon
    second = core.ask("POST", "customers", {"name": "Second"}, key="second").json()["id"]

    def work(session: Session) -> Future[httpx.Response]:
        erase(session, caller, core.clock(), served_app[0].state.personal_data, salon.id, salon.customer)
        return must_wait(pool.submit(core.ask, "POST", f"customers/{second}/contact-points", OPENED))

    assert core.write(work).result().status_code == 201


def _adds_an_address(session: Session, caller: Caller, core: Core) -> None:
    add(session, caller, core.clock(), core.salon.id, core.salon.customer, ContactPointIn(**POINT))


def _opens_a_conversation(session: Session, caller: Caller, core: Core) -> None:
    asked = OpenIn(channel="sms", address=WORDS[0])
    open_new(session, caller, core.clock(), core.salon.id, asked)


@pytest.mark.parametrize("write", [_adds_an_address, _opens_a_conversation], ids=["address", "conversation"])
def test_an_erasure_waits_for_what_is_being_written_and_forgets_it(
    core: Core, caller: Caller, pool: ThreadPoolExecutor, write: Callable[[Session, Caller, Core], None]
) -> None:
    if write is _opens_a_conversation:
        core.write(lambda session: _adds_an_address(session, caller, core))
    path = f"customers/{core.salon.customer}/erase"

    def work(session: Session) -> Future[httpx.Response]:
        write(session, caller, core)
        return must_wait(pool.submit(core.ask, "POST", path, None, "erase"))

    assert core.write(work).result().status_code == 200
    assert found(core) == set()
