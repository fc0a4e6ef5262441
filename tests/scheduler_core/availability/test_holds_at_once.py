"""Conversations that change what they hold at the same moment all get an answer, and none waits for a deadlock."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.holds import hold
from scheduler_core.availability.models import Hold
from tests.builders.business import said
from tests.builders.core import Core
from tests.builders.parts import a_customer
from tests.scheduler_core.availability.meanwhile import at_once, meanwhile, on_postgresql
from tests.scheduler_core.availability.times import ELEVEN, NOON, TEN

_ROUNDS = 6


def a_conversation(core: Core, name: str) -> int:
    return core.write(lambda session: a_customer(session, core.salon.id, core.clock(), name))[1]


def holds(core: Core) -> list[int]:
    """Of Maria's conversation."""
    of = Hold.conversation_id == core.salon.conversation
    with core.database.read() as session:
        return list(session.scalars(select(Hold.id).where(of)))


def test_two_who_change_to_what_the_other_held(core: Core, caplog: pytest.LogCaptureFixture) -> None:
    ana, ben = core.salon.ana, core.salon.ben
    eve = a_conversation(core, "eve")
    for _ in range(_ROUNDS):
        assert said(core.hold(TEN, staff_id=ana)) == (201, "")
        assert said(core.hold(TEN, staff_id=ben, conversation_id=eve)) == (201, "")
        answers = at_once(
            partial(core.hold, ELEVEN, staff_id=ben),
            partial(core.hold, NOON, staff_id=ana, conversation_id=eve),
        )
        assert [said(answer) for answer in answers] == [(201, "")] * 2
    assert "tried again" not in caplog.text


def test_two_taps_at_once_hold_one_time(core: Core) -> None:
    taps = [partial(core.hold, TEN, staff_id=person) for person in (core.salon.ana, core.salon.ben)]
    answers = at_once(*taps)
    assert [said(answer) for answer in answers] == [(201, "")] * 2
    (kept,) = holds(core)
    assert kept in [answer.json()["id"] for answer in answers]


@on_postgresql
def test_the_second_tap_waits_for_the_first_and_replaces_its_hold(core: Core) -> None:
    salon = core.salon
    question = Enquiry(salon.id, (salon.service,), salon.ana)

    def first(session: Session) -> Future[httpx.Response]:
        hold(session, question, salon.conversation, datetime.fromisoformat(TEN), core.clock())
        return meanwhile(pool, core.database, lambda: core.hold(TEN, staff_id=salon.ben))

    with ThreadPoolExecutor(1) as pool:
        second = core.write(first).result()
    assert said(second) == (201, "")
    assert holds(core) == [second.json()["id"]]
    assert said(core.book(TEN, staff_id=salon.ana)) == (201, "")


def test_as_many_as_are_free_get_somebody_when_all_ask_for_anybody(core: Core) -> None:
    conversations = [a_conversation(core, name) for name in ("eve", "joe", "kim")]
    asks = [partial(core.hold, TEN, staff_id=None, conversation_id=thread) for thread in conversations]
    answers = sorted(said(answer) for answer in at_once(*asks))
    assert answers == [(201, ""), (201, ""), (409, "slot_taken")]
