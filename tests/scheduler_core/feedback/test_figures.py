"""The figures that the API tells are those that the rows come to, counted here by hand."""

from typing import Any

from sqlalchemy import select

from scheduler_core.feedback.models import Feedback
from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import well
from tests.scheduler_core.feedback.afterwards import a_visit_over, given

#: Day of March 2027, when it begins, how it was, how likely they are to recommend it.
SAID = ((2, "10:00", 5, 10), (9, "10:00", 4, 6), (16, "10:00", 2, None), (30, "15:00", None, None))


def _all_is_said(core: Core) -> list[Any]:
    visits = []
    for day, begins, score, likely in SAID:
        visits.append(a_visit_over(core, day, begins))
        given(core, visits[-1], score=score, words="so it was")
        if likely is not None:
            given(core, visits[-1], score=likely, kind="nps")
    return visits


def test_the_summary_is_what_the_rows_come_to(core: Core) -> None:
    visits = _all_is_said(core)
    with core.database.read() as session:
        rows = session.scalars(select(Feedback).where(Feedback.business_id == core.salon.id)).all()
    csat = [row.score for row in rows if row.kind == "csat" and row.score is not None]
    nps = [row.score for row in rows if row.kind == "nps" and row.score is not None]
    assert (sorted(csat), sorted(nps)) == ([2, 4, 5], [6, 10])
    assert {(row.appointment_id, row.service_id, row.staff_id) for row in rows} == {
        (each["id"], each["service_id"], each["staff_id"]) for each in visits
    }
    found = well(core.ask("GET", "feedback/summary"))
    assert (found["scores"], found["happy"], found["csat_percent"], found["average"]) == (3, 2, 67, 3.67)
    assert (found["nps_answers"], found["nps"], found["few"]) == (2, 0, True)
    assert [(each["name"], each["scores"]) for each in found["by_service"]] == [("Haircut", 3)]
    assert [(each["name"], each["scores"]) for each in found["by_staff"]] == [("Ana", 3)]


def test_a_period_counts_by_when_the_visit_began(core: Core) -> None:
    _all_is_said(core)
    period = "since=2027-03-09T00:00:00Z&before=2027-03-16T00:00:00Z"
    found = well(core.ask("GET", f"feedback/summary?{period}"))
    assert (found["scores"], found["csat_percent"], found["nps_answers"], found["nps"]) == (1, 100, 1, -100)
