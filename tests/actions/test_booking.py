"""What a conversation promises to somebody who books, whatever else they say on the way."""

from __future__ import annotations

import pytest

from actions.core_client import CoreAway
from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore


def test_a_full_request_is_booked_in_two_turns(talk: Talk, core: FakeCore) -> None:
    summary = talk.says("a trim with Ana on Friday at 3", "book_appointment")
    for part in ("Haircut", "Ana", "Friday 20 November", "15:00", "Mill Lane", "£32"):
        assert part in summary
    assert core.visits == []
    assert talk.says("yes please", "affirm").startswith("Booked!")
    assert [visit.start for visit in core.visits] == [FRIDAY_AT_3]
    assert talk.plan["links"][0]["url"].endswith(".ics")


def test_a_vague_wish_gets_three_times_at_once(talk: Talk) -> None:
    talk.says("I need a haircut", "book_appointment")
    assert len([label for label in talk.labels() if "Nov" in label]) == 3


def test_no_service_named_asks_for_one_and_keeps_the_time(talk: Talk) -> None:
    assert (
        talk.says("can I come in on Friday at 3?", "book_appointment")
        == "Friday 20 November at 15:00 – what would you like to come in for?"
    )
    assert "Friday 20 November at 15:00" in talk.taps("Haircut")


@pytest.mark.parametrize("said", ["the second one", "option 2", "2"], ids=str)
def test_an_offered_time_is_chosen_in_words(talk: Talk, said: str) -> None:
    talk.says("a haircut please", "book_appointment")
    second = talk.labels()[1].split(",")[1].split("·")[0].strip()
    assert f"at {second}" in talk.says(said, "choose_alternative")


def test_a_date_is_no_place_in_the_list(talk: Talk) -> None:
    talk.says("a haircut please", "book_appointment")
    assert "Wednesday 2 December at 15:00" in talk.says("then Wednesday the 2nd at 3pm", "choose_alternative")


def test_a_correction_wins_and_keeps_the_rest(talk: Talk) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert "Thursday 19 November at 15:00" in talk.says("no, Thursday", "deny")
    assert "Thursday 19 November at 16:00" in talk.says("make it 4 instead", "correct")


def test_yes_with_another_time_does_not_book_the_old_one(talk: Talk, core: FakeCore) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert "16:00" in talk.says("yes but at 4", "affirm")
    assert core.visits == []


def test_no_at_the_summary_asks_what_to_change(talk: Talk) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert talk.says("no", "deny") == "What shall I change?"
    assert "Another time" in talk.labels()


def test_a_tap_on_an_old_message_books_nothing(talk: Talk, core: FakeCore) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    old = talk.plan
    talk.says("no, Thursday", "deny")
    assert "That offer has gone" in talk.taps("Yes", plan=old)
    assert core.visits == []


def test_a_taken_time_gets_the_reason_and_three_others(talk: Talk, core: FakeCore) -> None:
    core.taken.add(FRIDAY_AT_3)
    assert "is taken" in talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert talk.labels()[3:] == ["More times", "Put me on the waitlist"]


def test_a_newcomer_is_asked_for_a_name_once() -> None:
    talk = Talk(FakeCore(customer=None))
    assert "What name" in talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert "for Peter Smith" in talk.says("peter smith", "out_of_scope")


def test_a_turn_tried_again_says_the_same_and_books_once(talk: Talk, core: FakeCore) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    booked = talk.says("yes", "affirm")
    assert talk.again() == booked
    assert len(core.visits) == 1


def test_a_crash_before_the_draft_was_saved_books_once(talk: Talk, core: FakeCore) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    before = core.version, core.state, core.turn_id, core.plan
    talk.says("yes", "affirm")
    core.version, core.state, core.turn_id, core.plan = before
    assert talk.again().startswith("Booked!")
    assert len(core.visits) == 1


def test_a_day_in_the_past_is_not_booked(talk: Talk, core: FakeCore) -> None:
    assert "passed" in talk.says("a trim yesterday at 3", "book_appointment")


def test_a_closed_day_is_said_with_the_nearest_times(talk: Talk) -> None:
    assert "closed then (Sunday 22 November" in talk.says("a trim on sunday", "book_appointment")
    assert len(talk.labels()) == 4


def test_more_times_go_on_from_the_last_one_shown(talk: Talk) -> None:
    talk.says("a haircut on friday", "book_appointment")
    first = set(talk.labels())
    talk.taps("More times")
    assert not (set(talk.labels()) - {"More times"}) & first


def test_a_core_that_is_away_is_said_and_nothing_is_lost(talk: Talk, core: FakeCore) -> None:
    core.away = True
    with pytest.raises(CoreAway):
        talk.says("a trim with Ana on Friday at 3", "book_appointment")
    core.away = False
    assert "To confirm" in talk.again()


@pytest.mark.parametrize("heard_as", ["affirm", "ask_location", "bot_challenge"])
def test_a_yes_with_a_question_books_and_answers(talk: Talk, core: FakeCore, heard_as: str) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    answer = talk.says("yes, and where are you?", heard_as)
    assert answer.startswith("Booked!")
    assert "Mill Lane: 4 Mill Lane" in answer
    assert len(core.visits) == 1


def test_a_bare_number_beyond_the_list_is_a_time(talk: Talk) -> None:
    talk.says("a haircut on friday", "book_appointment")
    assert "Friday 20 November at 10:00" in talk.says("10", "inform")


def test_book_that_means_the_service_whose_price_was_asked(talk: Talk) -> None:
    talk.says("how much is a beard trim?", "ask_price")
    assert "Beard trim with Ben" in talk.says("ok book that for friday at 3", "book_appointment")


def test_a_name_told_at_the_summary_is_put_in_it(talk: Talk) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert "for Omar" in talk.says("my name is Omar", "inform")


def test_a_weekday_whose_time_has_passed_today_needs_no_question(talk: Talk) -> None:
    assert "Tue 24 Nov" in " ".join(
        [talk.says("a trim on tuesday at 8am", "book_appointment"), *talk.labels()]
    )


def test_other_times_under_a_summary_are_those_of_its_day(talk: Talk) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    talk.says("do you have any other times?", "request_alternatives")
    assert all(label.startswith("Fri 20 Nov") for label in talk.labels()[:3])


def test_when_no_more_times_fit_that_is_said(talk: Talk) -> None:
    talk.says("a trim with Ana on Friday after 5", "book_appointment")
    assert "all the times that fit" in talk.taps("More times")


def test_a_newcomer_may_be_called_like_somebody_on_the_team() -> None:
    talk = Talk(FakeCore(customer=None))
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert "with Ana, for Ben" in talk.says("Ben", "inform")


def test_a_dropped_wish_frees_the_time_it_held(talk: Talk, core: FakeCore) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    talk.says("no", "deny")
    talk.taps("Leave it")
    assert core.released == [9]


def test_the_same_again_is_what_was_just_booked(talk: Talk) -> None:
    talk.says("a beard trim on Friday at 3", "book_appointment")
    talk.says("yes", "affirm")
    assert "Beard trim with Ben" in talk.says("same again on saturday at 10", "inform")


def test_any_of_the_offered_times_is_the_first(talk: Talk) -> None:
    talk.says("a haircut with Ana on friday", "book_appointment")
    assert "Haircut with Ana" in talk.says("any of them", "dont_care")
    assert "at 09:00" in talk.plan["text"]


def test_the_first_free_time_with_anyone_starts_a_booking(talk: Talk) -> None:
    talk.says("first available haircut with anyone", "dont_care")
    assert len(talk.labels()) == 4


def test_a_wish_that_rules_out_an_earlier_one_says_so_and_wins(talk: Talk) -> None:
    talk.says("a haircut with Ana, mornings only", "book_appointment")
    answer = talk.says("on Friday after 2", "inform")
    assert answer.startswith("That leaves nothing of your earlier wish (between 08:00 and 12:00)")
    assert [label.split(",")[0] for label in talk.labels()[:-1]] == ["Fri 20 Nov"] * 3
    assert "earlier wish" not in talk.says("or Saturday", "inform")


def test_the_hour_said_with_a_day_that_is_over_is_still_meant(talk: Talk) -> None:
    assert talk.says("a haircut yesterday at 3", "book_appointment").startswith(
        "Monday 16 November at 15:00 has already passed."
    )
    assert "Wednesday 18 November at 15:00" in talk.says("sorry, tomorrow", "inform")


def test_either_of_two_days_asked_about_is_searched(talk: Talk, core: FakeCore) -> None:
    assert talk.says("a haircut next Friday at 3", "book_appointment") == "Which one do you mean?"
    talk.says("either", "inform")
    assert len(core.searches[-1].wishes) == 2


def test_the_preferred_day_is_looked_for_first_and_the_other_stays(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut with Ana on Thursday or Friday", "book_appointment")
    talk.says("Friday is better", "inform")
    assert [begins.date().isoformat() for begins, _ in core.searches[-1].wishes] == [
        "2026-11-20",
        "2026-11-19",
    ]


def test_a_day_added_in_sight_of_the_times_of_another_is_looked_for_first(talk: Talk, core: FakeCore) -> None:
    talk.says("a haircut with Ana on Friday", "book_appointment")
    talk.says("or Saturday", "inform")
    assert [begins.date().isoformat() for begins, _ in core.searches[-1].wishes] == [
        "2026-11-21",
        "2026-11-20",
    ]


def test_another_day_asked_for_at_the_summary_is_looked_for(talk: Talk) -> None:
    talk.says("a haircut with Ana on Friday at 3", "book_appointment")
    assert "Saturday 21 November at 15:00" in talk.says("or Saturday?", "inform")


def test_a_corrected_wish_is_changed_without_remark(talk: Talk) -> None:
    talk.says("a haircut with Ana on Friday morning", "book_appointment")
    assert "earlier wish" not in talk.says("no, after 2", "deny")


def test_wishes_are_tried_in_order_and_the_answer_says_which_was_used() -> None:
    talk = Talk(FakeCore())
    talk.core.taken = {FRIDAY_AT_3}

    said = talk.says("a haircut with Ana on Friday at 3, or else Saturday at 10", "book_appointment")

    assert "nothing for Friday 20 November at 15:00" in said
    assert "Saturday 21 November at 10:00" in said
    assert "Shall I book it?" in said


def test_a_time_on_the_customers_own_clock_is_not_taken_for_ours(talk: Talk) -> None:
    said = talk.says("a haircut with Ana on Friday at 4 pm my time", "book_appointment")

    assert "the clock in London" in said
    assert talk.labels()[0].startswith("Fri 20 Nov")
    assert "Shall I book it?" not in said


def test_a_courtesy_behind_a_name_is_no_part_of_it(talk: Talk, core: FakeCore) -> None:
    core.customer = core.customer.model_copy(update={"name": None})
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert "for Ines Novak\n" in talk.says("Ines Novak, please", "inform")


def test_an_ok_after_the_booking_asks_for_nothing(talk: Talk) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    talk.says("yes", "affirm")
    assert "?" not in talk.says("ok", "affirm")


def test_more_times_are_not_introduced_like_the_first(talk: Talk) -> None:
    first = talk.says("a trim with Ana on Friday", "book_appointment")
    assert talk.taps("More times") not in ("", first)


def test_a_service_without_a_visit_gets_times(talk: Talk) -> None:
    assert "no upcoming visits" in talk.says("when is my trim with Ana?", "list_appointments")
    assert len(talk.labels()) == 4


def test_when_one_could_come_is_answered_with_times_alone(talk: Talk) -> None:
    assert talk.says("when could I have a trim with Ana?", "list_appointments").startswith("Haircut with Ana")


def test_a_yes_after_all_leads_back_to_the_summary_and_books_nothing_yet(talk: Talk) -> None:
    talk.says("a haircut with Ana on Friday at 3", "book_appointment")
    assert "What shall I change?" in talk.says("no", "deny")
    assert "Shall I book it?" in talk.says("yes, book it after all", "affirm")
    assert talk.core.visits == []


def test_a_price_has_the_sign_of_the_business_in_every_language(core: FakeCore) -> None:
    core.customer = core.customer.model_copy(update={"language": "es"})
    assert "32\xa0£" in Talk(core).says("Haircut con Ana el viernes a las 3", "book_appointment")


def test_a_long_answer_that_names_a_time_counts_under_an_open_question(talk: Talk) -> None:
    talk.says("I'd like to book", "book_appointment")
    said = talk.says("well I am really rather busy at work but Friday at 3 would do", "nlu_fallback")
    assert "didn't catch" not in said
    assert "Friday 20 November at 15:00" in talk.says("a haircut", "inform")
