"""The record of changes, as its reader finds it: newest first, in pages, by subject, customer and time."""

from typing import Any

import pytest

from scheduler_core.permissions.audit import record
from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.paging import Page, paged
from tests.builders.clock import MONDAY
from tests.builders.core import Core
from tests.builders.salon import a_salon
from tests.scheduler_core.permissions.holders import a_key

VISIT, DESK = ("appointment", 7), ("desk", 7)


def note(
    core: Core, action: str, subject: tuple[str, int] = VISIT, customer_id: int | None = None, **facts: Any
) -> None:
    """Somebody changed something."""
    caller = Caller(core.settings, core.database, core.clock, "test", "turn 9")
    about: Any = {
        "business_id": core.salon.id,
        "action": action,
        "subject": subject,
        "customer_id": customer_id,
    }
    caller.change(lambda session, now: record(session, caller, now, **about, **facts))


def read(core: Core, **query: Any) -> tuple[list[str], int | None]:
    """The actions of a page, and where the next begins."""
    answer = core.http.get(f"/v1/businesses/{core.salon.id}/audit", params=query)
    assert answer.status_code == 200, answer.text
    return [entry["action"] for entry in answer.json()["items"]], answer.json()["next"]


def test_a_change_tells_who_when_for_whom_and_why(core: Core) -> None:
    note(core, "moved", customer_id=core.salon.customer, minutes=30)
    (entry,) = core.ask("GET", "audit").json()["items"]
    assert entry.pop("id") > 0
    assert entry == {
        "at": "2027-03-01T14:00:00Z",
        "actor": "test",
        "action": "moved",
        "subject_kind": "appointment",
        "subject_id": 7,
        "customer_id": core.salon.customer,
        "caused_by": "turn 9",
        "facts": {"minutes": 30},
    }


def test_the_newest_comes_first_and_pages_neither_repeat_nor_miss(core: Core) -> None:
    for number in range(5):
        note(core, f"change {number}")
    first, after = read(core, limit=2)
    note(core, "meanwhile")
    second, later = read(core, limit=2, after=after)
    third, end = read(core, limit=2, after=later)
    assert first + second + third == [f"change {number}" for number in (4, 3, 2, 1, 0)]
    assert end is None


def test_a_full_last_page_says_that_it_is_the_last(core: Core) -> None:
    for number in range(2):
        note(core, f"change {number}")
    assert read(core, limit=2) == (["change 1", "change 0"], None)


def test_changes_are_found_by_subject_customer_and_time(core: Core) -> None:
    note(core, "booked", customer_id=core.salon.customer)
    core.clock.move(hours=1)
    note(core, "opened", DESK)
    note(core, "other visit", ("appointment", 8))
    assert read(core, subject_kind="appointment")[0] == ["other visit", "booked"]
    assert read(core, subject_kind="appointment", subject_id=7)[0] == ["booked"]
    assert read(core, customer_id=core.salon.customer)[0] == ["booked"]
    assert read(core, since="2027-03-01T15:00:00Z")[0] == ["other visit", "opened"]
    assert read(core, since="2027-03-01T10:00:00-05:00")[0] == ["other visit", "opened"]
    assert read(core, since="2027-03-01T15:00:01Z")[0] == []


@pytest.mark.parametrize(
    "query", [{"since": "2027-03-01T15:00:00"}, {"limit": 0}, {"limit": 201}, {"after": 0}, {"after": 2**31}]
)
def test_a_question_that_means_nothing_is_malformed(core: Core, query: dict[str, Any]) -> None:
    answer = core.http.get(f"/v1/businesses/{core.salon.id}/audit", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


def test_a_business_reads_only_its_own_record(core: Core) -> None:
    note(core, "theirs")
    owner = a_key(core, "owner")
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    assert read(core) == ([], None)
    assert owner.told("GET", "audit") == (404, "not_found")


def test_a_page_takes_one_row_more_as_the_sign_of_another_page() -> None:
    assert paged([1, 2, 3], 2, lambda item: item * 10) == Page(items=[1, 2], next=20)
    assert paged([1, 2], 2, lambda item: item) == Page(items=[1, 2], next=None)
    assert paged([], 2, lambda item: item) == Page[int](items=[], next=None)
