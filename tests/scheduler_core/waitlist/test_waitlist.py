"""Who would like a time that is not free waits for it, keeps their place, and may leave."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from scheduler_core.permissions.models import AuditEntry
from scheduler_core.waitlist.models import WaitlistEntry
from tests.builders.core import Core
from tests.builders.parts import a_service
from tests.scheduler_core.customers.lives import a_visit
from tests.scheduler_core.permissions.holders import a_key
from tests.scheduler_core.waitlist.wishes import TUESDAY, WEDNESDAY, ask, person, wait


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def listed(core: Core, query: str = "") -> list[int]:
    answer = core.ask("GET", f"waitlist?{query}")
    assert answer.status_code == 200, answer.text
    return [each["id"] for each in answer.json()["items"]]


def test_a_wish_is_kept_as_it_was_made(core: Core) -> None:
    made = wait(core, TUESDAY, staff_id=core.salon.ana, location_id=core.salon.location, note="mornings")
    assert (made["state"], made["staff_id"], made["note"]) == ("waiting", core.salon.ana, "mornings")
    assert made["ranges"] == [{"start": TUESDAY[0], "end": TUESDAY[1]}]
    assert made["created_at"] == "2027-03-01T14:00:00Z"
    assert core.ask("GET", f"waitlist/{made['id']}").json() == made


def test_the_same_key_waits_once_and_is_answered_alike(core: Core) -> None:
    first, again = ask(core, key="k"), ask(core, key="k")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert len(listed(core)) == 1


def test_who_asks_twice_for_the_same_keeps_the_older_place_with_all_times(core: Core) -> None:
    first = wait(core, TUESDAY)
    other = wait(core, customer_id=person(core, "tom"))
    core.clock.move(hours=1)
    again = ask(core, WEDNESDAY, ("2027-03-02T20:00:00Z", "2027-03-02T23:00:00Z"), note="or Wednesday")
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    assert again.json()["created_at"] == first["created_at"]
    assert again.json()["note"] == "or Wednesday"
    assert [(each["start"], each["end"]) for each in again.json()["ranges"]] == [
        ("2027-03-02T14:00:00Z", "2027-03-02T23:00:00Z"),
        WEDNESDAY,
    ]
    assert listed(core) == [first["id"], other["id"]]


def test_times_that_have_passed_are_not_kept_when_new_ones_come(core: Core) -> None:
    first = wait(core, TUESDAY, WEDNESDAY)
    core.clock.move(days=2)
    again = ask(core, ("2027-03-09T14:00:00Z", "2027-03-09T22:00:00Z")).json()
    assert again["id"] == first["id"]
    assert [each["start"][:10] for each in again["ranges"]] == ["2027-03-03", "2027-03-09"]


def test_something_else_is_another_wish(core: Core) -> None:
    colour = core.write(lambda s: a_service(s, core.salon.id, by=(core.salon.ana,), name="Colour"))
    visit = core.write(lambda s: a_visit(s, core, core.salon.customer, 9).id)
    made = [
        wait(core),
        wait(core, staff_id=core.salon.ana),
        wait(core, location_id=core.salon.location),
        wait(core, service_id=colour),
        wait(core, earlier_appointment_id=visit),
    ]
    assert listed(core) == [each["id"] for each in made]


def test_many_requests_at_once_make_one_entry(core: Core) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = sorted(answer.status_code for answer in pool.map(lambda _: ask(core), range(8)))
    assert codes == [*[200] * 7, 201]
    assert len(listed(core)) == 1


def test_who_has_left_joins_again_at_the_end(core: Core) -> None:
    first = wait(core)
    core.ask("DELETE", f"waitlist/{first['id']}")
    assert wait(core)["id"] != first["id"]


def test_leaving_twice_is_fine_and_says_so(core: Core) -> None:
    entry = wait(core)
    core.clock.move(minutes=5)
    left = core.ask("DELETE", f"waitlist/{entry['id']}")
    assert left.status_code == 200
    assert left.json() == entry | {
        "state": "left",
        "ended_at": "2027-03-01T14:05:00Z",
        "already_ended": False,
    }
    core.clock.move(minutes=5)
    again = core.ask("DELETE", f"waitlist/{entry['id']}")
    assert (again.status_code, again.json()) == (200, left.json() | {"already_ended": True})


def test_who_waits_for_times_that_have_passed_no_longer_waits(core: Core) -> None:
    entry = wait(core, TUESDAY, WEDNESDAY)
    core.clock.move(days=2, hours=7, minutes=59)
    assert listed(core, "state=waiting") == [entry["id"]]
    core.clock.move(minutes=1)
    shown = core.ask("GET", f"waitlist/{entry['id']}").json()
    assert (shown["state"], shown["ended_at"]) == ("expired", WEDNESDAY[1])
    assert (listed(core, "state=waiting"), listed(core, "state=expired")) == ([], [entry["id"]])
    left = core.ask("DELETE", f"waitlist/{entry['id']}").json()
    assert (left["state"], left["already_ended"]) == ("expired", True)


def test_an_expired_wish_looks_alike_once_the_next_to_ask_has_it_written_down(core: Core) -> None:
    entry = wait(core)
    core.clock.move(days=3)
    shown = core.ask("GET", f"waitlist/{entry['id']}").json()
    wait(core, ("2027-03-09T14:00:00Z", "2027-03-09T22:00:00Z"), customer_id=person(core, "tom"))
    with core.database.read() as session:
        assert session.get_one(WaitlistEntry, entry["id"]).state == "expired"
    assert core.ask("GET", f"waitlist/{entry['id']}").json() == shown
    assert listed(core, "state=expired") == [entry["id"]]


def test_who_asks_again_after_the_times_have_passed_waits_anew(core: Core) -> None:
    first = wait(core)
    core.clock.move(days=2)
    assert wait(core, ("2027-03-09T14:00:00Z", "2027-03-09T22:00:00Z"))["id"] != first["id"]


def test_lists_are_in_the_order_of_asking_by_service_customer_and_state(core: Core) -> None:
    colour = core.write(lambda s: a_service(s, core.salon.id, by=(core.salon.ana,), name="Colour"))
    tom = person(core, "tom")
    a, b, c = wait(core)["id"], wait(core, customer_id=tom)["id"], wait(core, service_id=colour)["id"]
    core.ask("DELETE", f"waitlist/{b}")
    assert listed(core) == [a, b, c]
    assert listed(core, f"service_id={colour}") == [c]
    assert listed(core, f"customer_id={tom}") == [b]
    assert listed(core, "state=waiting") == [a, c]
    assert listed(core, "state=left") == [b]


def test_lists_come_in_pages(core: Core) -> None:
    made = [wait(core, customer_id=person(core, f"p{n}"))["id"] for n in range(3)]
    first = core.ask("GET", "waitlist?limit=2").json()
    second = core.ask("GET", f"waitlist?limit=2&after={first['next']}").json()
    assert [each["id"] for each in first["items"] + second["items"]] == made
    assert second["next"] is None


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"ranges": []}, (422, "malformed")),
        ({"ranges": [{"start": TUESDAY[1], "end": TUESDAY[0]}]}, (422, "malformed")),
        ({"ranges": [{"start": "2027-03-02T14:00:00", "end": TUESDAY[1]}]}, (422, "malformed")),
        (
            {"ranges": [{"start": "2027-02-01T14:00:00Z", "end": "2027-02-01T15:00:00Z"}]},
            (422, "past"),
        ),
        ({"service_id": 9999}, (404, "not_found")),
        ({"staff_id": 9999}, (404, "not_found")),
        ({"location_id": 9999}, (404, "not_found")),
        ({"customer_id": 9999}, (404, "not_found")),
        ({"earlier_appointment_id": 9999}, (404, "not_found")),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_wish_that_makes_no_sense_is_refused(core: Core, wrong: Any, expected: tuple[int, str]) -> None:
    assert refusal(ask(core, **wrong)) == expected
    assert listed(core) == []


def test_only_an_own_visit_to_come_may_be_replaced(core: Core) -> None:
    other = person(core, "tom")
    visits = core.write(
        lambda s: [
            a_visit(s, core, other, 5).id,
            a_visit(s, core, core.salon.customer, -5).id,
            a_visit(s, core, core.salon.customer, 6, status="cancelled").id,
        ]
    )
    answers = [refusal(ask(core, earlier_appointment_id=visit)) for visit in visits]
    assert answers == [(404, "not_found"), (409, "wrong_state"), (409, "wrong_state")]


def test_changes_are_on_record_without_a_word_of_theirs(core: Core) -> None:
    entry = wait(core, note="before the gala")
    ask(core, WEDNESDAY)
    core.ask("DELETE", f"waitlist/{entry['id']}")
    with core.database.read() as session:
        about = select(AuditEntry).where(AuditEntry.subject_kind == "waitlist_entry")
        kept = session.scalars(about.order_by(AuditEntry.id)).all()
    assert [(each.action, each.subject_id, each.facts) for each in kept] == [
        (action, entry["id"], {}) for action in ("waitlist_joined", "waitlist_widened", "waitlist_left")
    ]


def test_a_customer_waits_for_themself_and_sees_only_that(core: Core) -> None:
    tom = person(core, "tom")
    others = wait(core, customer_id=tom)
    core.http.headers.update(a_key(core, "customer").headers)
    own = wait(core)
    assert listed(core) == [own["id"]]
    assert core.ask("DELETE", f"waitlist/{own['id']}").json()["state"] == "left"
    for refused in (
        ask(core, customer_id=tom),
        core.ask("GET", f"waitlist?customer_id={tom}"),
        core.ask("GET", f"waitlist/{others['id']}"),
        core.ask("DELETE", f"waitlist/{others['id']}"),
    ):
        assert refusal(refused) == (404, "not_found")
