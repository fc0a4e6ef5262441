"""The team is told of its day: what comes, in the morning; how it went, in the evening."""

from typing import Any

from sqlalchemy import select

from scheduler_core.outbox.models import OutboundMessage
from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import at, clock_at, take, well

MORNING, EVENING = "07:30", "20:00"


def told(core: Core, kind: str) -> list[str]:
    """The texts of notices of a kind on the staff's pages, in order."""
    with core.database.read() as session:
        about = select(OutboundMessage.text).where(OutboundMessage.kind.startswith(kind))
        return [text.replace("\u202f", " ") for text in session.scalars(about.order_by(OutboundMessage.id))]


def at_the_clock(core: Core, wall: str, day: int = 2) -> None:
    clock_at(core, wall, day)
    core.does_what_is_due()


def policy(core: Core, **fields: Any) -> None:
    well(core.ask("PATCH", f"/v1/businesses/{core.salon.id}", {"policy": fields}))


def test_in_the_morning_each_person_reads_their_own_visits(core: Core) -> None:
    well(core.ask("PATCH", f"services/{core.salon.service}", {"materials": ["foils", "gloves"]}))
    core.booked(at("10:00"), note="Allergic to\nammonia; please test")
    core.booked(at("15:00"))
    core.booked(at("11:00"), staff_id=core.salon.ben, attendee="Lena")
    core.booked(at("10:00", day=3))
    at_the_clock(core, MORNING)
    anas, bens = told(core, "staff_morning")
    assert anas == (
        "Good morning, Ana! Tuesday 2 March: 2 visits, 10:00 AM to 4:00 PM.\n"
        "10:00 AM Haircut, Maria (first visit, Allergic to ammonia; please test)\n"
        "3:00 PM Haircut, Maria\n"
        "You will need: foils (2), gloves (2)."
    )
    assert bens.startswith(
        "Good morning, Ben! Tuesday 2 March: 1 visit, 11:00 AM to 12:00 PM.\n11:00 AM Haircut, Maria (for Lena)"
    )


def test_it_is_said_once_and_only_to_those_who_have_visits(core: Core) -> None:
    core.booked(at("10:00"))
    for _ in range(2):
        at_the_clock(core, MORNING)
    at_the_clock(core, MORNING, day=3)
    assert len(told(core, "staff_morning")) == 1


def test_what_was_cancelled_in_the_night_is_not_read_out(core: Core) -> None:
    gone = core.booked(at("10:00"))
    core.booked(at("12:00"))
    at_the_clock(core, "07:00")
    well(core.cancel(gone))
    at_the_clock(core, MORNING)
    assert "10:00" not in told(core, "staff_morning")[0]


def test_a_house_that_slept_through_the_morning_does_not_say_it_at_night(core: Core) -> None:
    core.booked(at("10:00"))
    at_the_clock(core, "07:00")
    at_the_clock(core, "17:00")
    assert told(core, "staff_morning") == []


def test_a_business_chooses_when_and_whether(core: Core) -> None:
    core.booked(at("10:00"))
    at_the_clock(core, "06:00")
    policy(core, morning_at="08:15")
    at_the_clock(core, MORNING)
    assert told(core, "staff_morning") == []
    at_the_clock(core, "08:15")
    assert len(told(core, "staff_morning")) == 1
    policy(core, evening_at=None)
    at_the_clock(core, EVENING)
    assert told(core, "staff_evening") == []


def test_in_the_evening_who_leads_the_house_reads_how_it_went(core: Core) -> None:
    came, missed, left_open = (core.booked(at(wall)) for wall in ("10:00", "12:00", "14:00"))
    dropped = core.booked(at("16:00"))
    core.booked(at("09:00", day=3))
    clock_at(core, "10:00")
    well(take(core, came, "start"))
    clock_at(core, "11:00")
    well(take(core, came, "finish"))
    clock_at(core, "12:30")
    well(take(core, missed, "noshow"))
    well(core.cancel(dropped))
    at_the_clock(core, EVENING)
    assert told(core, "staff_evening") == [
        "Tuesday 2 March: 1 visit took place, $40.00. Did not come: 1. Cancelled today: 1.\n"
        "1 visit is not marked as done:\n"
        "2:00 PM Maria\n"
        "Tomorrow: 1 visit, at 9:00 AM."
    ]
    assert left_open["status"] == "booked"


def test_a_day_on_which_nothing_was_is_not_told(core: Core) -> None:
    at_the_clock(core, EVENING)
    assert told(core, "staff_evening") == []


def test_the_names_in_it_are_forgotten_with_the_person(core: Core) -> None:
    core.booked(at("10:00"))
    core.booked(at("11:00"))
    at_the_clock(core, MORNING)
    well(core.ask("POST", f"customers/{core.salon.customer}/erase", {}, "erase"))
    assert "Maria" not in told(core, "staff_morning")[0]
