"""What many answers come to, said with how many they are."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from scheduler_core.feedback.schemas import FeedbackOut
from scheduler_core.feedback.summary import figures, summary

WHEN = datetime(2027, 3, 2, 15, tzinfo=UTC)


def an_answer(score: int | None, kind: Any = "csat", staff: str = "Ana", at: datetime = WHEN) -> FeedbackOut:
    return FeedbackOut(
        id=1,
        kind=kind,
        score=score,
        scale=5 if kind == "csat" else 10,
        words=None,
        asked=True,
        given_at=at,
        changed_at=at,
        state=None,
        reply_by=None,
        customer_id=1,
        customer_name="Maria",
        appointment_id=1,
        visit_at=at,
        service_id=1,
        service_name="Haircut",
        staff_id=len(staff),
        staff_name=staff,
    )


def test_csat_is_the_share_of_fours_and_fives() -> None:
    found = figures([an_answer(score) for score in (5, 4, 4, 3, 1, None)])
    assert (found.scores, found.happy, found.csat_percent, found.average) == (5, 3, 60, 3.4)


def test_nps_is_promoters_less_detractors() -> None:
    found = figures([an_answer(score, "nps") for score in (10, 9, 8, 7, 6, 0)])
    assert (found.nps_answers, found.nps) == (6, 0)
    assert figures([an_answer(score, "nps") for score in (10, 9, 9, 3)]).nps == 50


def test_few_answers_are_said_to_be_few_and_none_are_no_figure() -> None:
    assert figures([an_answer(5)] * 9).few
    assert not figures([an_answer(5)] * 10).few
    assert (figures([]).csat_percent, figures([]).nps, figures([]).average) == (None, None, None)


def test_it_is_told_by_person_and_by_the_month_of_the_visit_where_the_business_is() -> None:
    late = datetime(2027, 4, 1, 2, tzinfo=UTC)  # still March in New York
    found = summary(
        [an_answer(5), an_answer(2, staff="Ben"), an_answer(4, at=late)], ZoneInfo("America/New_York"), 1
    )
    assert [(each.name, each.scores, each.csat_percent) for each in found.by_staff] == [
        ("Ana", 2, 100),
        ("Ben", 1, 0),
    ]
    assert [(each.month, each.scores) for each in found.by_month] == [(date(2027, 3, 1), 3)]
