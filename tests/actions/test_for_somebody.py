"""A visit may be for somebody else, and staff may be told what they should know."""

from __future__ import annotations

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore


@pytest.mark.parametrize(
    ("said", "kept", "shown"),
    [
        (
            "a haircut with Ana for my son Leo on Friday at 3",
            "Leo (son)",
            "for your son Leo with Ana, booked by Maria",
        ),
        (
            "can you book my husband in for a haircut with Ana on Friday at 3",
            "husband",
            "for your husband with Ana",
        ),
        ("my mum needs a haircut with Ana on Friday at 3", "mum", "for your mum"),
        ("a haircut with Ana on Friday at 3, it's for Leo", "Leo", "for Leo with Ana"),
        ("a haircut with Ana for my son Friday at 3", "son", "for your son with Ana"),
        ("a haircut with Ana for Leo on Friday at 3", "Leo", "for Leo with Ana"),
        ("a haircut with Ana for Mum on Friday at 3", "mum", "for your mum with Ana"),
    ],
    ids=str,
)
def test_who_comes_is_said_and_kept(talk: Talk, core: FakeCore, said: str, kept: str, shown: str) -> None:
    assert shown in talk.says(said, "book_appointment")
    assert "for your" in talk.says("yes", "affirm") or kept == "Leo"
    assert [visit.attendee for visit in core.visits] == [kept]
    assert core.holds[-1].for_another
    assert core.customer.name == "Maria"
    assert f"Haircut {shown.partition(' with')[0]}" in talk.says("what have I booked?", "list_appointments")


@pytest.mark.parametrize(
    "said",
    [
        "a haircut with Ana for Friday at 3",
        "I'd like my hair cut with Ana, Friday at 3",
        "a haircut with Ana on Friday at 3 for me",
        "A Haircut With Ana For Friday At 3",
        "HAIRCUT FOR ME WITH ANA FRIDAY AT 3",
    ],
    ids=str,
)
def test_most_visits_are_for_the_customer(talk: Talk, core: FakeCore, said: str) -> None:
    assert "for Maria" in talk.says(said, "book_appointment")
    assert not core.holds[-1].for_another


@pytest.mark.parametrize(
    ("said", "attendee", "person"),
    [
        ("can I also book a haircut for my son Ben with Ana on Friday at 3?", "Ben (son)", "Ana"),
        ("could my child Ben have a haircut on Friday at 3 too?", "Ben (child)", "Ana"),
        ("a haircut for my son ben friday at 3", "Ben (son)", "Ana"),
        ("my daughter Anna needs a haircut with Ben on Friday at 3", "Anna (daughter)", "Ben"),
        ("a haircut on Friday at 3, it's for Ben", "Ben", "Ana"),
        ("a haircut for Ben, my son, on Friday at 3", "Ben", "Ana"),
        ("a haircut for my kdi Ben on Friday at 3", "Ben", "Ana"),
        ("a haircut for my son on Friday at 3, his name is Ben", "Ben (son)", "Ana"),
        ("a haircut for my son with Ben on Friday at 3", "son", "Ben"),
    ],
    ids=str,
)
def test_who_comes_is_never_taken_for_a_namesake_on_the_team(
    talk: Talk, core: FakeCore, said: str, attendee: str, person: str
) -> None:
    assert f" with {person}, booked by Maria" in talk.says(said, "book_appointment")
    talk.says("yes", "affirm")
    assert [visit.attendee for visit in core.visits] == [attendee]


def test_a_customer_named_like_somebody_of_the_team_does_not_ask_for_them() -> None:
    talk = Talk(FakeCore(customer=None))
    assert "Haircut with Ana, for Ben" in talk.says("my name is Ben, a haircut on Friday at 3", "inform")


def test_a_name_told_later_joins_the_relation(talk: Talk) -> None:
    talk.says("a haircut for my son with Ana on Friday at 3", "book_appointment")
    assert "for your son Ben with Ana" in talk.says("his name is Ben", "inform")


def test_for_me_after_all() -> None:
    talk = Talk(FakeCore())
    talk.says("a haircut with Ana for my son Leo on Friday at 3", "book_appointment")
    assert "with Ana, for Maria" in talk.says("no, it's for me", "correct")


def test_whom_it_is_for_may_be_said_at_the_summary_and_is_shown_before_anything_is_booked() -> None:
    talk = Talk(FakeCore())
    talk.says("a haircut with Ana on Friday at 3", "book_appointment")
    assert "for your daughter" in talk.says("yes, it's for my daughter", "affirm")
    assert talk.core.visits == []
    assert "Booked! Haircut for your daughter" in talk.says("yes", "affirm")


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("a haircut with Ana on Friday at 3, I'm allergic to ammonia", "I'm allergic to ammonia"),
        ("I've got a bad back. A haircut with Ana on Friday at 3 please", "I've got a bad back"),
        ("haircut with Ana Friday at 3. It's for a wedding on Saturday", "It's for a wedding on Saturday"),
        (
            "I'm allergic to beard oil, can I have a haircut with Ana on Friday at 3?",
            "I'm allergic to beard oil",
        ),
        ("a haircut with Ana on Friday at 3 - please ring the bell", "please ring the bell"),
    ],
    ids=str,
)
def test_a_note_is_kept_word_for_word_and_is_no_wish(
    talk: Talk, core: FakeCore, said: str, note: str
) -> None:
    summary = talk.says(said, "book_appointment")
    assert "Haircut with Ana" in summary
    assert "Friday 20 November at 15:00" in summary
    assert f"\nNote: {note}\n" in summary
    assert f"Note: {note}" in talk.says("yes", "affirm")
    assert [visit.note for visit in core.visits] == [note]


@pytest.mark.parametrize("heard_as", ["out_of_scope", "nlu_fallback", "affirm", "complaint", "inform"])
def test_a_note_at_the_summary_is_not_a_yes(talk: Talk, core: FakeCore, heard_as: str) -> None:
    talk.says("a haircut with Ana on Friday at 3", "book_appointment")
    assert "Note: I'm allergic to latex" in talk.says("I'm allergic to latex", heard_as)
    assert core.visits == []
    talk.says("yes", "affirm")
    assert [visit.note for visit in core.visits] == ["I'm allergic to latex"]


def test_a_yes_with_a_note_books_with_it(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut with Ana on Friday at 3", "book_appointment")
    assert "Note: I'm allergic to latex" in talk.says("yes, and I'm allergic to latex", "nlu_fallback")
    assert [visit.note for visit in core.visits] == ["I'm allergic to latex"]


def test_a_note_beside_offered_times_keeps_them(talk: Talk) -> None:
    talk.says("a haircut please", "book_appointment")
    offered = talk.labels()
    said = talk.says("I use a wheelchair", "out_of_scope")
    assert said == "Noted for the team: I use a wheelchair\nWhich of these times suits you?"
    assert talk.labels() == offered


def test_one_more_thing_is_added_to_the_visit_just_booked(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3.replace(day=18))
    talk.says("a haircut with Ana on Friday at 3, it's for a wedding", "book_appointment")
    talk.says("yes", "affirm")
    said = talk.says("one more thing, I'm allergic to ammonia", "complaint")
    assert "Friday 20 November at 15:00" in said
    assert [visit.note for visit in core.visits] == [None, "it's for a wedding. I'm allergic to ammonia"]


def test_a_note_with_nothing_to_keep_it_with_waits_for_the_booking(talk: Talk, core: FakeCore) -> None:
    assert "Noted for the team" in talk.says("I'm pregnant", "out_of_scope")
    assert "Note: I'm pregnant" in talk.says("a haircut with Ana on Friday at 3", "book_appointment")


def test_it_is_the_same_in_spanish(talk: Talk, core: FakeCore) -> None:
    core.customer = core.customer.model_copy(update={"language": "es"})
    said = talk.says(
        "haircut para mi hija Ema con Ana el viernes a las 15:00, es alérgica al látex", "book_appointment"
    )
    assert "Haircut para su hija Ema con Ana" in said
    assert "Nota: es alérgica al látex" in said


def test_a_namesake_in_spanish(talk: Talk, core: FakeCore) -> None:
    core.customer = core.customer.model_copy(update={"language": "es"})
    said = talk.says("haircut para mi hijo Ben el viernes a las 15:00", "book_appointment")
    assert "Haircut para su hijo Ben con Ana" in said


def test_a_note_said_while_moving_goes_with_the_visit(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3, note="rings the bell")
    talk.says("move it to Friday at 4", "reschedule_appointment")
    assert "Note: I'm on crutches" in talk.says("I'm on crutches", "out_of_scope")
    talk.says("yes", "affirm")
    assert [visit.note for visit in core.visits] == ["rings the bell. I'm on crutches"]


def test_the_farewell_is_for_whom_the_visit_is(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut for my son Leo with Ana on Friday at 3", "book_appointment")
    said = talk.says("yes", "affirm")
    assert said.endswith("We look forward to seeing your son Leo!")


@pytest.mark.parametrize(
    ("said", "intent", "cancelled"),
    [
        ("cancel Tim's appointment", "cancel_appointment", "Tim (son)"),
        ("cancel my son's visit", "cancel_appointment", "Tim (son)"),
        ("please cancel the one for my mum", "cancel_appointment", "mum"),
        ("cancel mine", "cancel_appointment", None),
    ],
    ids=str,
)
def test_whose_visit_is_meant_is_heard(
    talk: Talk, core: FakeCore, said: str, intent: str, cancelled: str | None
) -> None:
    core.visit(FRIDAY_AT_3)
    core.visit(FRIDAY_AT_3, staff_id=2, attendee="Tim (son)")
    core.visit(FRIDAY_AT_3.replace(hour=16), attendee="mum")
    assert "Cancel your Haircut" in talk.says(said, intent)
    talk.says("yes", "affirm")
    assert [visit.attendee for visit in core.visits if visit.status == "cancelled"] == [cancelled]


def test_which_one_is_asked_with_who_each_is_for(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    core.visit(FRIDAY_AT_3, staff_id=2, attendee="Tim (son)")
    talk.says("cancel my appointment", "cancel_appointment")
    assert talk.labels() == [
        "Fri 20 Nov, 15:00 · Haircut",
        "Fri 20 Nov, 15:00 · Haircut · Tim",
        "All of them",
    ]


def test_moving_his_visit_keeps_speaking_of_him(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    core.visit(FRIDAY_AT_3, staff_id=2, attendee="Tim (son)")
    said = talk.says("move Tim's to Friday at 4", "reschedule_appointment")
    assert "move your Haircut for your son Tim" in said
    talk.says("yes", "affirm")
    assert [visit.start.hour for visit in core.visits] == [15, 16]
