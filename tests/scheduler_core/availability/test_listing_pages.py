"""A list of free times comes in pages that, put together, are the whole list, however many people there are."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from scheduler_core.businesses.models import StaffService
from tests.builders.core import Core
from tests.builders.parts import WEEKDAYS, a_location, a_person
from tests.scheduler_core.availability.times import TUESDAY

_EVERYTHING = 1000


def page(core: Core, start: str, limit: int) -> tuple[list[Any], str | None]:
    """The slots of anybody from then on that day, and where the next page begins."""
    body = {"service_id": core.salon.service, "start": start, "end": TUESDAY[1], "limit": limit}
    answer = core.ask("POST", "availability/slots", body)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"], answer.json()["next"]


def pages(core: Core, limit: int) -> list[list[Any]]:
    items, rest = page(core, TUESDAY[0], limit)
    found = [items]
    while rest:
        items, rest = page(core, rest, limit)
        found.append(items)
    return found


def hire(core: Core, people: int) -> None:
    """So many more who do the same, half of them at a place three hours behind."""

    def build(session: Session) -> None:
        salon = core.salon
        places = salon.location, a_location(session, salon.id, "America/Los_Angeles")
        for nth in range(people):
            person = a_person(session, salon.id, f"P{nth}", {places[nth % 2]: WEEKDAYS})
            session.add(StaffService(business_id=salon.id, service_id=salon.service, staff_id=person))

    core.write(build)


@pytest.mark.parametrize("limit", [1, 3, 7, 50])
def test_pages_together_are_the_whole(core: Core, limit: int) -> None:
    hire(core, 2)
    (whole,) = pages(core, _EVERYTHING)
    found = pages(core, limit)
    assert [slot for each in found for slot in each] == whole
    assert all(len(each) >= limit for each in found[:-1])


def test_a_start_is_never_divided_between_pages(core: Core) -> None:
    hire(core, 2)
    starts = [{slot["start"] for slot in each} for each in pages(core, 3)]
    assert len(starts) > 1
    assert sum(map(len, starts)) == len(set.union(*starts))


def test_a_page_is_as_long_as_was_asked_and_the_last_start_whole(core: Core) -> None:
    hire(core, 38)
    for each in pages(core, 50):
        assert len(each) < 50 + 40


def test_the_last_page_says_that_it_is_the_last(core: Core) -> None:
    slots, rest = page(core, TUESDAY[0], _EVERYTHING)
    assert rest is None
    assert page(core, TUESDAY[0], len(slots)) == (slots, None)
    assert page(core, TUESDAY[0], len(slots) - 2)[1] == slots[-1]["start"]


def test_a_day_on_which_nobody_works_is_one_empty_page(core: Core) -> None:
    assert page(core, "2027-03-03T04:00:00Z", 5) == ([], None)
