"""Two who come together get two visits with one summary and one yes: both are booked or neither."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore


@pytest.mark.parametrize(
    ("said", "companion"),
    [
        ("two haircuts for me and my son Leo on Friday at 3", "Leo (son)"),
        ("can we both come for a haircut on Friday at 3? two trims", "guest"),
        ("a haircut for my husband and me Friday at 3", "husband"),
        ("2 haircuts friday 3pm", "guest"),
    ],
    ids=str,
)
def test_two_are_seen_at_the_same_time(talk: Talk, core: FakeCore, said: str, companion: str) -> None:
    summary = talk.says(said, "book_appointment")
    assert "Haircut for Maria with Ana, Friday 20 November at 15:00" in summary
    assert "with Ben, Friday 20 November at 15:00" in summary
    assert "£64 in all" in summary
    assert core.visits == []
    assert "Both are booked" in talk.says("yes", "affirm")
    assert [(visit.staff_id, visit.attendee) for visit in core.visits] == [(1, None), (2, companion)]


def test_one_after_the_other_is_said(talk: Talk, core: FakeCore) -> None:
    core.people_in = [1]
    summary = talk.says("two haircuts for me and my son Leo on Friday at 3", "book_appointment")
    assert "one right after the other" in summary
    assert "for your son Leo with Ana, Friday 20 November at 15:30" in summary


def test_times_are_offered_for_both(talk: Talk) -> None:
    talk.says("two haircuts for me and my son", "book_appointment")
    assert talk.labels()[0].endswith("· Ana and Ben")
    assert "Shall I book both?" in talk.says("2", "choose_alternative")


def test_undo_takes_back_both(talk: Talk, core: FakeCore) -> None:
    talk.says("two haircuts for me and my son Leo on Friday at 3", "book_appointment")
    talk.says("yes", "affirm")
    said = talk.taps("Undo")
    assert "for your son Leo" in said
    assert [visit.status for visit in core.visits] == ["cancelled", "cancelled"]


def test_when_one_is_taken_meanwhile_neither_is_booked(talk: Talk, core: FakeCore) -> None:
    talk.says("two haircuts for me and my son Leo on Friday at 3", "book_appointment")
    core.taken.add(FRIDAY_AT_3)
    assert "Booked" not in talk.says("yes", "affirm")
    assert core.visits == []


def test_alone_after_all(talk: Talk) -> None:
    talk.says("two haircuts for me and my son Leo on Friday at 3", "book_appointment")
    assert "Haircut with Ana, for Maria" in talk.says("just for me", "correct")


def test_no_time_for_two_is_said_with_what_is_near(talk: Talk, core: FakeCore) -> None:
    core.people_in = [1]
    core.taken.add(FRIDAY_AT_3 + timedelta(minutes=30))
    said = talk.says("two haircuts for me and my son on Friday at 3", "book_appointment")
    assert "There's no time for all of you together then" in said
    assert talk.labels()[0].endswith("· Ana")


@pytest.mark.parametrize(
    "said", ["a haircut in two weeks", "a haircut at two on Friday", "for two hours? a haircut"], ids=str
)
def test_two_of_something_else_is_one_visit(talk: Talk, core: FakeCore, said: str) -> None:
    talk.says(said, "book_appointment")
    assert core.searches


def test_it_is_the_same_in_spanish(talk: Talk, core: FakeCore) -> None:
    core.customer = core.customer.model_copy(update={"language": "es"})
    said = talk.says("haircut para mí y para mi hijo Leo el viernes a las 15:00", "book_appointment")
    assert "Haircut para su hijo Leo con Ben" in said


def test_two_who_want_to_come_every_week_get_the_first_date_and_are_told(talk: Talk, core: FakeCore) -> None:
    said = talk.says("two haircuts for me and my son every Friday at 3, 4 times", "book_appointment")
    said += talk.plan["text"] if "for both" in said else talk.taps(talk.labels()[0])
    assert "one date at a time" in said
    talk.says("yes", "affirm")
    assert len(core.visits) == 2


@pytest.mark.parametrize(
    ("said", "visits"),
    [
        (
            "a haircut for me and a beard trim for my son on Friday at 3, same time if possible",
            [("Haircut", 1, None), ("Beard trim", 2, "son")],
        ),
        (
            "haircut with Ben for me and full colour with Ana for my wife on Friday at 3",
            [("Haircut", 2, None), ("Full colour", 1, "wife")],
        ),
        (
            "I need a haircut and my son Leo a beard trim, Friday at 3",
            [("Haircut", 1, None), ("Beard trim", 2, "Leo (son)")],
        ),
        (
            "my husband needs a beard trim and I need a haircut, Friday at 3",
            [("Haircut", 1, None), ("Beard trim", 2, "husband")],
        ),
        (
            "can I bring my son along for a beard trim too, haircut for me, friday at 3",
            [("Haircut", 1, None), ("Beard trim", 2, "son")],
        ),
        (
            "a haircut for my daughter and a beard trim for my son Friday at 3",
            [("Haircut", 1, "daughter"), ("Beard trim", 2, "son")],
        ),
    ],
    ids=str,
)
def test_each_has_what_was_said_of_them(
    talk: Talk, core: FakeCore, said: str, visits: list[tuple[str, int, str | None]]
) -> None:
    assert "Shall I book both?" in talk.says(said, "book_appointment")
    assert talk.labels()[:2] == ["Yes, book them", "Change something"]
    talk.says("yes", "affirm")
    assert [(each.service_name, each.staff_id, each.attendee) for each in core.visits] == visits
    assert {each.start for each in core.visits} == {FRIDAY_AT_3}


def test_one_who_names_two_of_the_team_has_one_after_the_other(talk: Talk, core: FakeCore) -> None:
    said = talk.says("Haircut with Ana and beard trim with Ben on Friday at 3", "book_appointment")
    assert "Haircut for Maria with Ana, Friday 20 November at 15:00" in said
    assert "Beard trim for Maria with Ben, Friday 20 November at 15:30" in said
    talk.says("yes", "affirm")
    assert [visit.attendee for visit in core.visits] == [None, None]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("a haircut for me and my two kids Friday at 3", [None, "kid 1", "kid 2"]),
        ("a haircut for me, my wife and my son Leo Friday at 3", [None, "wife", "Leo (son)"]),
        ("my mum, my dad and I would like haircuts Friday at 3", [None, "mum", "dad"]),
        ("can the three of us come for a haircut on Friday at 3?", [None, "guest 1", "guest 2"]),
        ("three haircuts on Friday at 3", [None, "guest 1", "guest 2"]),
        ("haircuts for Leo, Emma and my mum, Friday at 3", ["Leo", "Emma", "mum"]),
        ("haircuts for my kids Tim and Emma and me, Friday at 3", [None, "Tim (kid)", "Emma (kid)"]),
    ],
    ids=str,
)
def test_three_are_seen_in_turns_where_two_are_there_to_see_them(
    talk: Talk, core: FakeCore, said: str, who: list[str | None]
) -> None:
    summary = talk.says(said, "book_appointment")
    assert "There aren't enough of us free to see you all at once" in summary
    assert "£96 in all\nShall I book them all?" in summary
    assert "All 3 are booked, Maria!" in talk.says("yes", "affirm")
    assert [(each.attendee, each.start.minute) for each in core.visits] == list(
        zip(who, (0, 0, 30), strict=True)
    )
    talk.taps("Undo")
    assert {visit.status for visit in core.visits} == {"cancelled"}


def test_what_one_of_them_is_to_have_can_be_changed(talk: Talk) -> None:
    talk.says("a haircut for me and my son Leo on Friday at 3", "book_appointment")
    said = talk.says("Leo wants a beard trim", "inform")
    assert "Haircut for Maria with Ana" in said
    assert "Beard trim for your son Leo with Ben" in said


def test_somebody_joins_what_is_being_arranged(talk: Talk) -> None:
    talk.says("a haircut on Friday at 3", "book_appointment")
    assert "Haircut for your daughter" in talk.says("and one for my daughter too", "inform")


def test_what_the_core_would_not_book_is_not_offered(talk: Talk, core: FakeCore) -> None:
    core.refusals["preview"] = ["resource_busy"] * 12
    said = talk.says("a haircut for me and my son on Friday at 3", "book_appointment")
    assert "Shall I book both?" not in said


def test_people_of_the_team_who_are_never_in_one_place_are_named(talk: Talk, core: FakeCore) -> None:
    core.people_in = [2]
    said = talk.says("haircut with Ana for me and beard trim with Ben for my son Friday 3pm", "inform")
    assert "Ana and Ben aren't free in one place around then" in said
    assert talk.labels()[0].endswith("· Ben")


def test_a_crash_before_the_answer_was_kept_books_nobody_twice(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut for me and my two kids Friday at 3", "book_appointment")
    core.forgets_one_answer = True
    assert "All 3 are booked" in talk.says("yes", "affirm")
    assert len(core.visits) == 3


def test_different_services_in_spanish(talk: Talk, core: FakeCore) -> None:
    core.customer = core.customer.model_copy(update={"language": "es"})
    said = talk.says(
        "un haircut para mí y un beard trim para mi hijo el viernes a las 15:00", "book_appointment"
    )
    assert "Haircut para Maria con Ana" in said
    assert "Beard trim para su hijo con Ben" in said
    assert talk.labels()[0] == "Sí, resérvelas"


@pytest.mark.parametrize("answer", ["2", "two of them", "just two please"], ids=str)
def test_how_many_come_is_asked_where_nobody_said_it(talk: Talk, core: FakeCore, answer: str) -> None:
    asked = talk.says("a haircut for me and my kids Friday at 3", "book_appointment")
    assert asked == "How many of them are coming?"
    summary = talk.says(answer, "inform")
    assert "To confirm, 3 visits" in summary
    assert "Haircut for kid 2" in summary


def test_which_service_somebody_is_to_have_is_asked_of_them_alone(talk: Talk) -> None:
    asked = talk.says("a haircut for me and a colour for my wife Friday at 10", "book_appointment")
    assert asked == "Which one is it for your wife?"
    said = talk.says("full colour", "inform")
    assert "Haircut for Maria" in said
    assert "Full colour for your wife with Ana" in said


def test_times_are_offered_with_what_each_is_to_have(talk: Talk) -> None:
    said = talk.says("a haircut for me and a beard trim for my son Leo", "book_appointment")
    assert said.startswith("Haircut for Maria and Beard trim for your son Leo: these times are free")


def test_the_service_named_tells_whose_visit_is_changed(talk: Talk, core: FakeCore) -> None:
    talk.says("a full colour for me and a haircut for my husband Tom on Friday at 3", "book_appointment")
    core.people_in = [1, 2]
    said = talk.says("the haircut with Ana please", "correct")
    assert "Haircut for your husband Tom with Ana, Friday 20 November at 16:00" in said
