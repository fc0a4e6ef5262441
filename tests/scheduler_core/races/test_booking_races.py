"""Whatever customers ask at the same moment, of two processes on one database, nobody is booked twice."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.builders.parts import a_resource, a_service
from tests.builders.processes import Answered
from tests.builders.race import Race, words

CLIENTS = 50
ON_DIFFERENT_SLOTS = 200


def booked(race: Race, *wishes: tuple[int, int]) -> list[Any]:
    """Visits of a person so many minutes after noon, made before the race."""
    for person, minutes in wishes:
        race.wants(person, minutes)
    answers = race.run()
    assert words(answers) == {"201": len(wishes)}
    return [answer.body for answer in answers]


def everybody_else_hears_what_is_free(answers: Sequence[Answered]) -> bool:
    losers = [answer for answer in answers if answer.status != 201]
    return all(len(loser.body["facts"]["alternatives"]) >= 1 for loser in losers)


@pytest.mark.parametrize("minutes_apart", [0, 10, 20])
def test_one_of_fifty_gets_the_time_and_the_others_hear_what_is_free(race: Race, minutes_apart: int) -> None:
    for nth in range(CLIENTS):
        race.wants(race.people[0], minutes_apart * (nth % 3))
    answers = race.run()
    assert words(answers) == {"201": 1, "slot_taken": CLIENTS - 1}
    assert everybody_else_hears_what_is_free(answers)
    assert race.visits() == {"booked": 1}
    assert race.notices() == {"staff_booked": 1}


def test_two_services_that_need_the_same_two_rooms_in_opposite_orders(race: Race) -> None:
    """Each has a person of its own, so only the rooms decide."""

    def build(session: Session) -> list[int]:
        rooms = [a_resource(session, race.business) for _ in range(2)]
        return [
            a_service(session, race.business, by=[person], needs=[[room] for room in order])
            for person, order in zip(race.people, (rooms, rooms[::-1]), strict=True)
        ]

    services = race.database.transact(build)
    for nth in range(CLIENTS):
        race.wants(race.people[nth % 2], 0, services[nth % 2])
    answers = race.run()
    assert words(answers) == {"201": 1, "slot_taken": CLIENTS - 1}
    assert everybody_else_hears_what_is_free(answers)
    assert race.notices() == {"staff_booked": 1}


def test_moves_that_swap_people_all_arrive(race: Race) -> None:
    """Every visit goes to the other person an hour later, so each move locks both people, in opposite orders."""
    ana, ben = race.people
    wishes = [(person, 120 * pair) for pair in range(CLIENTS // 2) for person in (ana, ben)]
    for visit, (person, minutes) in zip(booked(race, *wishes), wishes, strict=True):
        race.wants_to_move(visit, ben if person == ana else ana, minutes + 60)
    assert words(race.run()) == {"200": CLIENTS}
    assert race.notices() == {"staff_booked": CLIENTS, "staff_moved": CLIENTS}


def test_two_visits_cannot_both_jump_into_one_free_time(race: Race) -> None:
    ana, ben = race.people
    visits = booked(race, *[(person, 60 * nth) for nth in range(CLIENTS // 2) for person in (ana, ben)])
    for visit in visits:
        race.wants_to_move(visit, ana, 60 * CLIENTS)
    answers = race.run()
    assert words(answers) == {"200": 1, "slot_taken": CLIENTS - 1}
    assert race.visits() == {"booked": CLIENTS}


def test_of_a_move_and_a_cancel_one_wins(race: Race) -> None:
    visits = booked(race, *[(race.people[0], 120 * nth) for nth in range(CLIENTS // 2)])
    for nth, visit in enumerate(visits):
        race.wants_to_move(visit, race.people[0], 120 * nth + 60)
        race.wants_to_cancel(visit)
    answers = race.run()
    pairs = list(zip(words_in_order(answers[::2]), words_in_order(answers[1::2]), strict=True))
    assert set(pairs) <= {("200", "version_moved_on"), ("already_cancelled", "200")}
    cancelled = sum(pair[1] == "200" for pair in pairs)
    assert race.visits() == _counted(booked=len(pairs) - cancelled, cancelled=cancelled)
    moved = _counted(staff_moved=len(pairs) - cancelled, staff_cancelled=cancelled)
    assert race.notices() == moved | {"staff_booked": len(pairs)}


def words_in_order(answers: Sequence[Answered]) -> list[str]:
    return [answer.word for answer in answers]


def _counted(**numbers: int) -> dict[str, int]:
    return {name: number for name, number in numbers.items() if number}


def test_two_hundred_customers_who_want_different_times_all_get_them(race: Race) -> None:
    for nth in range(ON_DIFFERENT_SLOTS):
        race.wants(race.people[nth % 2], 60 * (nth // 2))
    answers = race.run()
    assert words(answers) == {"201": ON_DIFFERENT_SLOTS}
    assert race.notices() == {"staff_booked": ON_DIFFERENT_SLOTS}
