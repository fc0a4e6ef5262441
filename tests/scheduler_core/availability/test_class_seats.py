"""A seat is given only in a class that takes place, and until the class ends, whoever asks in the meantime."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import httpx
import pytest
from sqlalchemy.orm import Session

from scheduler_core.availability.claim import claim
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.models import Hold
from scheduler_core.availability.reserve import reserve
from tests.builders.business import said
from tests.builders.core import Core
from tests.builders.parts import a_customer, a_resource, a_service
from tests.scheduler_core.availability.meanwhile import at_once, meanwhile, on_postgresql
from tests.scheduler_core.availability.times import ELEVEN, TEN, just, slots_at, why_not

T = TypeVar("T")

QUARTER_PAST = "2027-03-02T15:15:00Z"

_HELD_FOR = timedelta(minutes=10)
_ROUNDS = 6


def yoga(core: Core, seats: int = 5, *, one_room: bool = False, both: bool = False, **fields: Any) -> int:
    """A class of Ana's, or of hers and Ben's."""
    salon = core.salon

    def build(session: Session) -> int:
        rooms = [[a_resource(session, salon.id, location_id=salon.location)]] if one_room else []
        teachers = [salon.ana, salon.ben] if both else [salon.ana]
        return a_service(session, salon.id, by=teachers, needs=rooms, name="Yoga", capacity=seats, **fields)

    return core.write(build)


def somebody(core: Core, name: str) -> tuple[int, int]:
    """Another customer and their conversation."""
    return core.write(lambda session: a_customer(session, core.salon.id, core.clock(), name))


def test_who_could_teach_beside_a_class_is_not_offered_its_room(core: Core) -> None:
    service = yoga(core, one_room=True, both=True)
    meeting = core.booked(TEN, service_id=service)["class_id"]
    (slot,) = slots_at(core, TEN, service_id=service)
    assert (slot["staff_id"], slot["class_id"]) == (core.salon.ana, meeting)
    assert core.booked(TEN, service_id=service, staff_id=slot["staff_id"])["class_id"] == meeting
    assert said(core.book(TEN, service_id=service, staff_id=core.salon.ben)) == (409, "slot_taken")


def test_a_seat_lasts_as_long_as_the_class_though_the_service_is_longer_by_now(core: Core) -> None:
    service = yoga(core)
    core.booked(TEN, service_id=service)
    assert core.ask("PATCH", f"services/{service}", {"duration_minutes": 180}).status_code == 200
    (slot,) = slots_at(core, TEN, service_id=service)
    visit = core.booked(TEN, service_id=service)
    assert slot["end"] == visit["end"] == visit["items"][0]["end"] == ELEVEN
    assert core.book(ELEVEN).status_code == 201


@pytest.mark.parametrize(("taken", "code"), [(0, "no_class"), (2, "taken")], ids=["none planned", "full"])
def test_a_search_tells_a_full_class_from_one_that_nobody_planned(core: Core, taken: int, code: str) -> None:
    service = yoga(core, seats=2)
    for _ in range(taken):
        core.booked(TEN, service_id=service)
    assert core.ask("PATCH", f"services/{service}", {"on_demand": False}).status_code == 200
    assert why_not(core, TEN, service_id=service)["code"] == code


def test_a_class_whose_hold_ran_out_is_not_joined_once_its_teacher_is_busy(core: Core) -> None:
    """Whoever would join has a clock that is behind, as another machine may have."""
    service = yoga(core, one_room=True)
    assert core.hold(TEN, service_id=service).status_code == 201
    core.clock.move(minutes=11)
    core.booked(TEN)
    core.clock.move(minutes=-2)
    assert slots_at(core, TEN, service_id=service) == []
    assert said(core.book(TEN, service_id=service)) == (409, "slot_taken")


def test_a_class_whose_hold_ran_out_is_opened_anew(core: Core) -> None:
    service = yoga(core, one_room=True)
    assert core.hold(TEN, service_id=service).status_code == 201
    core.clock.move(minutes=11)
    core.booked(TEN, service_id=service)
    assert said(core.book(TEN)) == (409, "slot_taken")


@pytest.mark.parametrize(
    ("others", "expected"), [(0, (200, "")), (1, (409, "slot_taken"))], ids=["the only one", "one of two"]
)
def test_only_who_is_alone_in_a_class_takes_it_along_when_moving_a_little(
    core: Core, others: int, expected: tuple[int, str]
) -> None:
    service = yoga(core, one_room=True, policy={"grid_minutes": 15})
    visit = core.booked(TEN, service_id=service)
    for _ in range(others):
        core.booked(TEN, service_id=service)
    assert said(core.move(visit, QUARTER_PAST)) == expected
    meets = QUARTER_PAST if expected == (200, "") else TEN
    (meeting,) = core.ask("GET", "classes").json()["items"]
    assert meeting["start"] == meets


def test_a_conversation_is_offered_only_what_it_can_hold_beside_the_only_seat_of_a_class(core: Core) -> None:
    service = yoga(core, policy={"grid_minutes": 15})
    own = {"service_id": service, "exclude_appointment_id": core.booked(TEN, service_id=service)["id"]}
    for start, answer in {QUARTER_PAST: (0, 409), ELEVEN: (1, 201)}.items():
        slots = core.search(just(start), **own, conversation_id=core.salon.conversation)["slots"]
        assert (len(slots), core.hold(start, **own).status_code) == answer


def held_slowly(core: Core, question: Enquiry, conversation: int, between: Callable[[], T]) -> T:
    """Hold ten o'clock, with ``between`` going on after its seat is locked; what that comes to in the end."""
    now = core.clock()

    def work(session: Session) -> Future[T]:
        plan = claim(session, question, datetime.fromisoformat(TEN), now)
        other = meanwhile(pool, core.database, between)
        kept = Hold(business_id=core.salon.id, conversation_id=conversation, expires_at=now + _HELD_FOR)
        session.add(kept)
        session.flush()
        reserve(session, plan, now, hold=kept)
        return other

    with ThreadPoolExecutor(1) as pool:
        return core.write(work).result()


@on_postgresql
def test_who_joins_a_class_keeps_its_teacher_for_it(core: Core) -> None:
    """The hold by which the class lives runs out between the one who joins and the one who wants the teacher."""
    service, (eve, conversation) = yoga(core, one_room=True), somebody(core, "eve")
    assert core.hold(TEN, service_id=service).status_code == 201
    core.clock.move(minutes=9, seconds=59)

    def haircut_a_little_later() -> httpx.Response:
        core.clock.move(seconds=2)
        return core.book(TEN)

    question = Enquiry(core.salon.id, (service,), customer_id=eve)
    assert said(held_slowly(core, question, conversation, haircut_a_little_later)) == (409, "slot_taken")


@on_postgresql
def test_who_loses_the_last_seat_of_one_class_gets_the_last_of_another(core: Core) -> None:
    service = yoga(core, seats=2, both=True)
    for teacher in (core.salon.ana, core.salon.ben):
        core.booked(TEN, service_id=service, staff_id=teacher)
    question = Enquiry(core.salon.id, (service,))
    with_anybody = partial(core.book, TEN, service_id=service, staff_id=None, location_id=None)
    assert said(held_slowly(core, question, core.salon.conversation, with_anybody)) == (201, "")
    assert slots_at(core, TEN, service_id=service) == []
    assert said(with_anybody()) == (409, "slot_taken")


def test_customers_who_swap_classes_do_not_stand_in_each_others_way(
    core: Core, caplog: pytest.LogCaptureFixture
) -> None:
    service = yoga(core)
    for start in (TEN, ELEVEN):
        core.booked(start, service_id=service)
    eve, joe = (somebody(core, name)[0] for name in ("eve", "joe"))
    ones = core.booked(TEN, service_id=service, customer_id=eve)
    others = core.booked(ELEVEN, service_id=service, customer_id=joe)
    for here, there in [(TEN, ELEVEN), (ELEVEN, TEN)] * (_ROUNDS // 2):
        answers = at_once(partial(core.move, ones, there), partial(core.move, others, here))
        assert [said(answer) for answer in answers] == [(200, "")] * 2
        ones, others = (answer.json() for answer in answers)
    assert "tried again" not in caplog.text
