"""When a time becomes free: who would take it, and who of them is asked first."""

from datetime import UTC, datetime, timedelta

from scheduler_core.appointments.models import Appointment
from scheduler_core.waitlist import wishes
from scheduler_core.waitlist.queries import waiting_within
from tests.builders.core import Core
from tests.builders.salon import a_salon
from tests.scheduler_core.customers.lives import a_visit
from tests.scheduler_core.waitlist.wishes import TUESDAY, WEDNESDAY, person, wait

TUESDAY_9 = datetime(2027, 3, 2, 14, tzinfo=UTC)


def next_ones(core: Core, start: datetime = TUESDAY_9) -> list[int]:
    """Whom to ask first about an hour that has become free."""
    end = start + timedelta(hours=1)
    with core.database.read() as session:
        return [entry.id for entry, _ in waiting_within(session, core.salon.id, start, end)]


def test_who_has_waited_longest_comes_first(core: Core) -> None:
    made = []
    for name in ("tom", "priya", "zoe"):
        made.append(wait(core, customer_id=person(core, name))["id"])
        core.clock.move(minutes=1)
    assert next_ones(core) == made


def test_who_named_the_person_and_the_place_comes_before_who_takes_any(core: Core) -> None:
    anybody = wait(core)["id"]
    core.clock.move(minutes=1)
    ana = wait(core, staff_id=core.salon.ana)["id"]
    core.clock.move(minutes=1)
    ana_here = wait(core, staff_id=core.salon.ana, location_id=core.salon.location)["id"]
    assert next_ones(core) == [ana_here, ana, anybody]


def test_asking_again_does_not_lose_the_place(core: Core) -> None:
    first = wait(core, WEDNESDAY)["id"]
    core.clock.move(minutes=1)
    second = wait(core, customer_id=person(core, "tom"))["id"]
    core.clock.move(minutes=1)
    core.ask(
        "POST",
        "waitlist",
        {
            "customer_id": core.salon.customer,
            "service_id": core.salon.service,
            "ranges": [{"start": TUESDAY[0], "end": TUESDAY[1]}],
        },
        key="again",
    )
    assert next_ones(core) == [first, second]


def test_only_those_who_still_wait_for_that_time_are_asked(core: Core) -> None:
    wait(core, WEDNESDAY, customer_id=person(core, "tom"))
    gone = wait(core, customer_id=person(core, "priya"))
    core.ask("DELETE", f"waitlist/{gone['id']}")
    suited = wait(core)["id"]
    assert next_ones(core) == [suited]


def test_a_range_has_its_start_and_not_its_end(core: Core) -> None:
    entry = wait(core, ("2027-03-02T14:00:00Z", "2027-03-02T15:00:00Z"))["id"]
    assert next_ones(core, TUESDAY_9) == [entry]
    assert next_ones(core, TUESDAY_9.replace(hour=15)) == []


def test_who_has_a_visit_is_asked_only_for_an_earlier_one(core: Core) -> None:
    visit = core.write(lambda s: a_visit(s, core, core.salon.customer, 1.125).id)
    colleague = wait(core, TUESDAY, customer_id=person(core, "tom"))["id"]
    entry = wait(core, TUESDAY, earlier_appointment_id=visit)["id"]
    assert next_ones(core, TUESDAY_9) == [colleague, entry]
    assert next_ones(core, TUESDAY_9.replace(hour=17)) == [colleague]
    assert next_ones(core, TUESDAY_9.replace(hour=18)) == [colleague]


def test_who_has_given_up_the_visit_to_be_replaced_is_not_asked(core: Core) -> None:
    visit = core.write(lambda s: a_visit(s, core, core.salon.customer, 5).id)
    wait(core, earlier_appointment_id=visit)
    core.write(lambda s: setattr(s.get_one(Appointment, visit), "status", "cancelled"))
    assert next_ones(core) == []


def test_another_business_s_queue_is_another_queue(core: Core) -> None:
    wait(core)
    core.salon = core.write(lambda session: a_salon(session, core.clock()))
    assert next_ones(core) == []


def test_times_that_overlap_or_touch_are_one() -> None:
    def at(hour: int) -> datetime:
        return datetime(2027, 3, 2, hour, tzinfo=UTC)

    joined = wishes.joined([(at(14), at(15)), (at(9), at(11)), (at(11), at(12)), (at(10), at(11))])
    assert joined == [(at(9), at(12)), (at(14), at(15))]
    assert wishes.from_json(wishes.to_json(joined)) == joined
