"""A class has so many seats and no more, meets while it has a reason to, and is one thing in the diary."""

from collections.abc import Callable
from itertools import count
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from scheduler_core.availability.models import ClassSession, Hold, Reservation
from scheduler_core.businesses.models import SEATS, Resource
from scheduler_core.outbox.enqueue import DESK
from scheduler_core.outbox.models import OutboundMessage
from scheduler_core.permissions.models import AuditEntry
from tests.builders.core import Core
from tests.builders.parts import a_customer, a_resource, a_service
from tests.scheduler_core.permissions.holders import a_key

CoreMaker = Callable[..., Core]

TUESDAY_9, TUESDAY_10 = "2027-03-02T14:00:00Z", "2027-03-02T15:00:00Z"
THAT_DAY = ("2027-03-02T05:00:00Z", "2027-03-03T05:00:00Z")
_KEYS = count(1)


@pytest.fixture
def yoga(a_core: CoreMaker) -> Core:
    """Three seats; the first who books opens a meeting."""
    return a_core(service={"capacity": 3})


@pytest.fixture
def timetable(a_core: CoreMaker) -> Core:
    """Two seats; only what staff schedule takes place."""
    return a_core(service={"capacity": 2, "on_demand": False})


def schedule(core: Core, start: str = TUESDAY_9, key: str | None = None, **more: Any) -> httpx.Response:
    body = {"service_id": core.salon.service, "staff_id": core.salon.ana, "location_id": core.salon.location}
    return core.ask("POST", "classes", {**body, "start": start, **more}, key or f"class-{next(_KEYS)}")


def scheduled(core: Core, start: str = TUESDAY_9, **more: Any) -> Any:
    answer = schedule(core, start, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()["scheduled"][0]


def classes(core: Core, query: str = "") -> list[Any]:
    answer = core.ask("GET", f"classes{query}")
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


def rows(core: Core, table: Any, *which: Any) -> int:
    with core.database.read() as session:
        return session.scalar(select(func.count()).select_from(table).where(*which)) or 0


def notices(core: Core) -> list[str]:
    """What staff were told."""
    with core.database.read() as session:
        return list(
            session.scalars(
                select(OutboundMessage.text)
                .where(OutboundMessage.channel == DESK)
                .order_by(OutboundMessage.id)
            )
        )


def haircut(core: Core, **more: Any) -> int:
    """Another service of Ana's, for one customer."""
    return core.write(lambda session: a_service(session, core.salon.id, by=[core.salon.ana], **more))


def test_as_many_as_there_are_seats_and_no_more(yoga: Core) -> None:
    visits = [yoga.booked(TUESDAY_9) for _ in range(3)]
    assert len({visit["class_id"] for visit in visits}) == 1
    answer = yoga.book(TUESDAY_9)
    assert (answer.status_code, answer.json()["code"]) == (409, "slot_taken")
    assert answer.json()["facts"]["alternatives"][0]["start"] == TUESDAY_10
    assert [(each["seats"], each["taken"]) for each in classes(yoga)] == [(3, 3)]


def test_a_full_class_is_not_listed_any_more(yoga: Core) -> None:
    for _ in range(2):
        yoga.booked(TUESDAY_9)
    assert TUESDAY_9 in yoga.listed(*THAT_DAY)
    yoga.booked(TUESDAY_9)
    assert TUESDAY_9 not in yoga.listed(*THAT_DAY)


def test_who_wants_anybody_joins_the_meeting_that_exists(yoga: Core) -> None:
    first = yoga.booked(TUESDAY_9, staff_id=yoga.salon.ben)
    second = yoga.booked(TUESDAY_9, staff_id=None, location_id=None)
    assert (second["class_id"], second["staff_id"]) == (first["class_id"], yoga.salon.ben)


def test_a_full_meeting_and_a_free_person_make_a_second_meeting(yoga: Core) -> None:
    for _ in range(3):
        yoga.booked(TUESDAY_9)
    fourth = yoga.booked(TUESDAY_9, staff_id=None)
    assert fourth["staff_id"] == yoga.salon.ben
    assert sorted(each["taken"] for each in classes(yoga)) == [1, 3]


def test_a_meeting_keeps_its_person_and_room_once(a_core: CoreMaker) -> None:
    core = a_core()
    room = core.write(lambda session: a_resource(session, core.salon.id))
    yoga = core.write(
        lambda session: a_service(session, core.salon.id, by=[core.salon.ana], needs=[[room]], capacity=5)
    )
    for _ in range(2):
        core.booked(TUESDAY_9, service_id=yoga)
    assert rows(core, Reservation, Reservation.resource_id == room) == 1
    assert core.book(TUESDAY_9).json()["code"] == "slot_taken"
    core.booked(TUESDAY_9, staff_id=core.salon.ben)


def test_the_last_seat_given_up_ends_the_meeting_and_frees_its_person(yoga: Core) -> None:
    cut = haircut(yoga)
    first, second = yoga.booked(TUESDAY_9), yoga.booked(TUESDAY_9)
    yoga.cancel(first)
    assert yoga.book(TUESDAY_9, service_id=cut).json()["code"] == "slot_taken"
    yoga.cancel(second)
    assert (rows(yoga, ClassSession), rows(yoga, Reservation)) == (0, 0)
    assert rows(yoga, Resource, Resource.kind == SEATS) == 0
    yoga.booked(TUESDAY_9, service_id=cut)


def test_a_hold_takes_a_seat_and_gives_it_back_when_it_runs_out(yoga: Core) -> None:
    yoga.booked(TUESDAY_9)
    yoga.booked(TUESDAY_9)
    assert yoga.hold(TUESDAY_9).status_code == 201
    assert yoga.book(TUESDAY_9).json()["code"] == "slot_taken"
    assert classes(yoga)[0]["taken"] == 3
    yoga.clock.move(minutes=10)
    assert classes(yoga)[0]["taken"] == 2
    yoga.booked(TUESDAY_9)
    assert rows(yoga, Hold) == 0


def test_a_meeting_that_was_only_held_is_over_with_its_hold(yoga: Core) -> None:
    cut = haircut(yoga)
    yoga.hold(TUESDAY_9)
    assert yoga.book(TUESDAY_9, service_id=cut).json()["code"] == "slot_taken"
    assert [each["taken"] for each in classes(yoga)] == [1]
    yoga.clock.move(minutes=10)
    assert classes(yoga) == []
    yoga.booked(TUESDAY_9, service_id=cut)


def test_a_held_seat_that_is_given_back_ends_its_meeting(yoga: Core) -> None:
    held = yoga.hold(TUESDAY_9).json()
    yoga.ask("DELETE", f"holds/{held['id']}")
    assert (classes(yoga), rows(yoga, ClassSession), rows(yoga, Reservation)) == ([], 0, 0)


def test_a_held_seat_becomes_the_booking(yoga: Core) -> None:
    held = yoga.hold(TUESDAY_9).json()
    visit = yoga.booked(TUESDAY_9, hold_id=held["id"])
    yoga.clock.move(hours=1)
    assert [(each["id"], each["taken"]) for each in classes(yoga)] == [(visit["class_id"], 1)]


def test_a_visit_moves_from_one_meeting_to_another(yoga: Core) -> None:
    stays, moves = yoga.booked(TUESDAY_9), yoga.booked(TUESDAY_9)
    other = yoga.booked(TUESDAY_10)
    moved = yoga.move(moves, TUESDAY_10).json()
    assert (moved["class_id"], moved["start"]) == (other["class_id"], TUESDAY_10)
    assert {each["id"]: each["taken"] for each in classes(yoga)} == {
        stays["class_id"]: 1,
        other["class_id"]: 2,
    }


def test_the_last_who_moves_away_ends_the_meeting(yoga: Core) -> None:
    visit = yoga.booked(TUESDAY_9)
    moved = yoga.move(visit, TUESDAY_10).json()
    assert [each["id"] for each in classes(yoga)] == [moved["class_id"]]
    assert rows(yoga, Resource, Resource.kind == SEATS) == 1


def test_only_what_is_scheduled_is_listed_and_booked(timetable: Core) -> None:
    assert timetable.listed(*THAT_DAY) == []
    meeting = scheduled(timetable)
    assert timetable.listed(*THAT_DAY) == [TUESDAY_9]
    slot = timetable.slots(*THAT_DAY)[0]
    assert slot["class_id"] == meeting["id"]
    assert timetable.booked(TUESDAY_9)["class_id"] == meeting["id"]
    timetable.booked(TUESDAY_9)
    assert timetable.book(TUESDAY_9).json()["code"] == "slot_taken"
    assert timetable.book(TUESDAY_10).json()["code"] == "no_class"
    assert timetable.listed(*THAT_DAY) == []


def test_a_scheduled_meeting_stays_when_its_last_seat_is_given_up(timetable: Core) -> None:
    meeting = scheduled(timetable)
    timetable.cancel(timetable.booked(TUESDAY_9))
    assert [(each["id"], each["taken"]) for each in classes(timetable)] == [(meeting["id"], 0)]
    assert timetable.booked(TUESDAY_9)["class_id"] == meeting["id"]


def test_a_meeting_says_all_that_a_timetable_shows(timetable: Core) -> None:
    meeting = scheduled(timetable)
    assert meeting == {
        "id": meeting["id"],
        "service_id": timetable.salon.service,
        "service_name": "Haircut",
        "staff_id": timetable.salon.ana,
        "staff_name": "Ana",
        "location_id": timetable.salon.location,
        "location_name": "Main",
        "zone": "America/New_York",
        "start": TUESDAY_9,
        "end": TUESDAY_10,
        "scheduled": True,
        "seats": 2,
        "taken": 0,
    }
    visit = timetable.booked(TUESDAY_9)
    seen = timetable.ask("GET", f"classes/{meeting['id']}").json()
    assert (seen["taken"], seen["appointments"]) == (1, [visit])


def test_a_timetable_recurs_on_the_wall_clock(timetable: Core) -> None:
    answer = schedule(timetable, "2027-03-09T14:00:00Z", rrule="FREQ=WEEKLY;COUNT=3")
    starts = [each["start"] for each in answer.json()["scheduled"]]
    assert starts == ["2027-03-09T14:00:00Z", "2027-03-16T13:00:00Z", "2027-03-23T13:00:00Z"]


def test_a_timetable_that_clashes_is_scheduled_in_part_only_when_asked(timetable: Core) -> None:
    cut = haircut(timetable)
    timetable.booked("2027-03-16T13:00:00Z", service_id=cut)
    rule = {"start": "2027-03-09T14:00:00Z", "rrule": "FREQ=WEEKLY;COUNT=2"}
    refused = schedule(timetable, **rule)
    assert (refused.status_code, refused.json()["code"]) == (409, "series_clash")
    assert classes(timetable) == []
    made = schedule(timetable, clash="skip", **rule).json()
    assert [each["start"] for each in made["scheduled"]] == ["2027-03-09T14:00:00Z"]
    assert [(each["wall_start"], each["code"]) for each in made["skipped"]] == [
        ("2027-03-16T09:00", "slot_taken")
    ]


@pytest.mark.parametrize(
    ("start", "status", "code"),
    [
        ("2027-02-26T15:00:00Z", 422, "past"),
        ("2027-03-07T15:00:00Z", 422, "closed_day"),
        ("2027-03-02T18:00:00Z", 422, "outside_hours"),
        ("2027-03-02T15:10:00Z", 422, "off_grid"),
        ("2027-03-02T15:00:30Z", 422, "off_grid"),
        (TUESDAY_9, 409, "slot_taken"),
    ],
)
def test_no_meeting_is_scheduled_where_none_can_be(
    timetable: Core, start: str, status: int, code: str
) -> None:
    scheduled(timetable)
    answer = schedule(timetable, start)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert len(classes(timetable)) == 1


def test_the_notice_and_horizon_of_customers_do_not_bind_the_timetable(a_core: CoreMaker) -> None:
    core = a_core(service={"capacity": 2}, min_notice_minutes=2880, horizon_days=5)
    scheduled(core, TUESDAY_9)
    scheduled(core, "2027-06-01T13:00:00Z")


def test_a_service_for_one_is_no_class(core: Core) -> None:
    answer = schedule(core)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


def test_the_same_key_schedules_once(timetable: Core) -> None:
    answers = [schedule(timetable, key="plan").json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(classes(timetable)) == 1


def test_meetings_are_listed_by_range_and_person_in_pages(yoga: Core) -> None:
    first = scheduled(yoga)["id"]
    second = scheduled(yoga, TUESDAY_10, staff_id=yoga.salon.ben)["id"]
    third = scheduled(yoga, "2027-03-03T14:00:00Z")["id"]
    assert [each["id"] for each in classes(yoga, f"?since={TUESDAY_10}&before=2027-03-03T00:00:00Z")] == [
        second
    ]
    assert [each["id"] for each in classes(yoga, f"?staff_id={yoga.salon.ana}")] == [first, third]
    page = yoga.ask("GET", "classes?limit=2").json()
    assert ([each["id"] for each in page["items"]], page["next"]) == ([first, second], second)
    assert [each["id"] for each in classes(yoga, f"?after={second}")] == [third]


def test_an_empty_meeting_goes_and_its_person_is_free(timetable: Core) -> None:
    cut = haircut(timetable)
    meeting = scheduled(timetable)
    assert timetable.book(TUESDAY_9, service_id=cut).json()["code"] == "slot_taken"
    assert timetable.ask("DELETE", f"classes/{meeting['id']}").json() == {"cancelled": []}
    assert timetable.ask("DELETE", f"classes/{meeting['id']}").status_code == 404
    assert notices(timetable) == []
    timetable.booked(TUESDAY_9, service_id=cut)


def test_a_meeting_with_booked_seats_stays_unless_these_are_cancelled_too(timetable: Core) -> None:
    meeting = scheduled(timetable)
    visits = [timetable.booked(TUESDAY_9) for _ in range(2)]
    refused = timetable.ask("DELETE", f"classes/{meeting['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "still_needed")
    assert refused.json()["facts"] == {"visits": 2}
    told = len(notices(timetable))
    ended = timetable.ask("DELETE", f"classes/{meeting['id']}?cancel_visits=true").json()
    assert [(visit["id"], visit["status"]) for visit in ended["cancelled"]] == [
        (visit["id"], "cancelled") for visit in visits
    ]
    assert notices(timetable)[told:] == [
        "Class cancelled: Haircut with Ana, Tue 2 Mar, 09:00 at Main, 2 booked seats."
    ]
    assert (classes(timetable), rows(timetable, Reservation)) == ([], 0)


def test_a_meeting_that_customers_opened_ends_the_same_way(yoga: Core) -> None:
    visit = yoga.booked(TUESDAY_9)
    ended = yoga.ask("DELETE", f"classes/{visit['class_id']}?cancel_visits=true")
    assert [each["status"] for each in ended.json()["cancelled"]] == ["cancelled"]
    assert (rows(yoga, ClassSession), rows(yoga, Reservation)) == (0, 0)


def test_a_held_seat_does_not_keep_a_meeting_that_staff_end(timetable: Core) -> None:
    meeting = scheduled(timetable)
    held = timetable.hold(TUESDAY_9).json()
    assert timetable.ask("DELETE", f"classes/{meeting['id']}").status_code == 200
    assert (rows(timetable, Hold), rows(timetable, Reservation)) == (0, 0)
    assert timetable.book(TUESDAY_9, hold_id=held["id"]).json()["code"] == "no_class"


def test_a_meeting_that_has_begun_is_not_taken_out(timetable: Core) -> None:
    meeting = scheduled(timetable)
    timetable.clock.move(days=1)
    answer = timetable.ask("DELETE", f"classes/{meeting['id']}")
    assert (answer.status_code, answer.json()["code"]) == (409, "already_started")


def test_what_is_planned_and_ended_leaves_a_row(timetable: Core) -> None:
    meeting = scheduled(timetable)
    timetable.ask("DELETE", f"classes/{meeting['id']}")
    with timetable.database.read() as session:
        kept = select(AuditEntry.action, AuditEntry.subject_kind, AuditEntry.subject_id)
        entries = session.execute(kept.order_by(AuditEntry.id))
        assert [tuple(entry) for entry in entries] == [
            ("class_scheduled", "class", meeting["id"]),
            ("class_cancelled", "class", meeting["id"]),
        ]


def test_who_may_plan_and_who_may_look(timetable: Core) -> None:
    meeting = scheduled(timetable)
    other, _ = timetable.write(lambda s: a_customer(s, timetable.salon.id, timetable.clock(), "otto"))
    timetable.booked(TUESDAY_9, customer_id=other)
    own = timetable.booked(TUESDAY_9)
    maria, ana = a_key(timetable, "customer"), a_key(timetable, "staff")
    body = {
        "service_id": timetable.salon.service,
        "staff_id": timetable.salon.ben,
        "location_id": timetable.salon.location,
        "start": TUESDAY_10,
    }
    key = {"Idempotency-Key": "who"}
    assert maria.told("POST", "classes", body, **key) == (403, "forbidden")
    assert ana.told("POST", "classes", body, **key) == (404, "not_found")
    assert ana.told("POST", "classes", {**body, "staff_id": timetable.salon.ana}, **key) == (201, "")
    assert a_key(timetable, "receptionist").told("POST", "classes", body, **{"Idempotency-Key": "r"}) == (
        201,
        "",
    )
    seen = maria.ask("GET", f"classes/{meeting['id']}").json()
    assert (seen["taken"], [visit["id"] for visit in seen["appointments"]]) == (2, [own["id"]])
    assert maria.told("DELETE", f"classes/{meeting['id']}") == (403, "forbidden")
    bens = next(each["id"] for each in classes(timetable) if each["staff_id"] == timetable.salon.ben)
    assert ana.told("DELETE", f"classes/{bens}") == (404, "not_found")
