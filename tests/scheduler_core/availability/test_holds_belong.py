"""A hold keeps its time for the conversation that asked for it; to name its number is of no use to anybody else."""

from dataclasses import dataclass

import pytest

from tests.builders.business import said
from tests.builders.core import Core
from tests.builders.parts import a_customer
from tests.scheduler_core.availability.times import NOON, TEN
from tests.scheduler_core.permissions.holders import a_session


@dataclass
class Held:
    """Maria holds ten o'clock with Ana; Eve is somebody else."""

    core: Core
    hold: int
    eve: int

    def is_marias(self) -> bool:
        """She can book it by her hold; nobody else could."""
        return self.core.book(TEN, hold_id=self.hold).status_code == 201


@pytest.fixture
def held(core: Core) -> Held:
    eve, _ = core.write(lambda session: a_customer(session, core.salon.id, core.clock(), "eve"))
    answer = core.hold(TEN)
    assert answer.status_code == 201, answer.text
    return Held(core, answer.json()["id"], eve)


def test_who_names_another_s_hold_does_not_get_its_time(held: Held) -> None:
    answer = held.core.book(TEN, customer_id=held.eve, hold_id=held.hold)
    assert said(answer) == (409, "slot_taken")
    assert held.is_marias()


def test_a_customer_s_own_session_opens_no_other_s_hold(held: Held) -> None:
    salon = held.core.salon
    wish = {"customer_id": held.eve, "service_id": salon.service, "staff_id": salon.ana, "start": TEN}
    eve = a_session(held.core, "customer", customer_id=held.eve)
    taken = eve.told(
        "POST", "appointments", {**wish, "hold_id": held.hold}, **{"Idempotency-Key": "eve-wants-it"}
    )
    assert taken == (409, "slot_taken")
    assert held.is_marias()


def test_who_names_another_s_hold_cannot_move_to_its_time(held: Held) -> None:
    visit = held.core.booked(NOON, customer_id=held.eve)
    assert said(held.core.move(visit, TEN, hold_id=held.hold)) == (409, "slot_taken")
    assert held.is_marias()


def test_another_s_hold_is_not_given_up_by_who_books_another_time(held: Held) -> None:
    held.core.booked(NOON, customer_id=held.eve, hold_id=held.hold)
    assert said(held.core.book(TEN, customer_id=held.eve)) == (409, "slot_taken")
    assert held.is_marias()


def test_one_s_own_hold_is_given_up_by_who_books_another_time(held: Held) -> None:
    held.core.booked(NOON, hold_id=held.hold)
    assert said(held.core.book(TEN, customer_id=held.eve)) == (201, "")


@pytest.mark.parametrize("named", ["exclude_appointment_id", "conversation_id"])
def test_a_customer_s_own_session_does_not_see_whose_time_it_is(core: Core, named: str) -> None:
    eve, _ = core.write(lambda session: a_customer(session, core.salon.id, core.clock(), "eve"))
    marias = {"exclude_appointment_id": core.booked(TEN)["id"], "conversation_id": core.salon.conversation}
    body = {"service_id": core.salon.service, "customer_id": eve, named: marias[named]}
    session = a_session(core, "customer", customer_id=eve)
    assert session.told("POST", "availability/search", body) == (404, "not_found")
