"""What the conversation promises, whatever Rasa heard: each turn is given with the intent a rule would have named."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from actions.core_client import CoreAway
from actions.turn import take_turn
from actions.turn_types import Caller, Heard
from tests.fakes.core import FakeCore

FRIDAY_AT_3 = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


class Talk:
    """A conversation with the twin of the core."""

    def __init__(self, core: FakeCore) -> None:
        self.core, self.turns, self.plan = core, 0, {}  # type: ignore[var-annotated]

    def says(self, text: str, intent: str) -> str:
        return self._turn(text, intent, None)

    def taps(self, label: str, *, plan: dict[str, Any] | None = None) -> str:
        choices = (plan or self.plan)["choices"]
        payload = next(each["payload"] for each in choices if each["label"].startswith(label))
        tap = json.loads(payload.removeprefix("/choose_alternative"))
        return self._turn("", "choose_alternative", (tap["version"], tap["n"]))

    def labels(self) -> list[str]:
        return [each["label"] for each in self.plan["choices"]]

    def again(self) -> str:
        """The same turn once more, as after a crash."""
        self.turns -= 1
        return self._turn(*self.last)

    def _turn(self, text: str, intent: str, tap: tuple[int, int] | None) -> str:
        self.turns, self.last = self.turns + 1, (text, intent, tap)
        heard = Heard(turn_id=f"t{self.turns}", text=text, intent=intent, tap=tap)
        self.plan = asyncio.run(take_turn(heard, Caller("web", "x", None), self.core))  # type: ignore[arg-type]
        return str(self.plan["text"])


@pytest.fixture
def core() -> FakeCore:
    return FakeCore()


@pytest.fixture
def talk(core: FakeCore) -> Talk:
    return Talk(core)


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
        == "What would you like to come in for?"
    )
    assert "Friday 20 November at 15:00" in talk.taps("Haircut")


@pytest.mark.parametrize("said", ["the second one", "option 2", "2"], ids=str)
def test_an_offered_time_is_chosen_in_words(talk: Talk, said: str) -> None:
    talk.says("a haircut please", "book_appointment")
    second = talk.labels()[1].split(",")[1].split("·")[0].strip()
    assert f"at {second}" in talk.says(said, "choose_alternative")


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
    assert len(talk.labels()) == 4


def test_a_time_lost_at_the_last_moment_is_offered_again(talk: Talk, core: FakeCore) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    core.taken.add(FRIDAY_AT_3)
    assert "can't be had any more" in talk.says("yes", "affirm")
    assert core.visits == []


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


def test_a_visit_is_moved_after_a_yes(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    summary = talk.says("move my appointment to Thursday at 4", "reschedule_appointment")
    assert "from Friday 20 November at 15:00 to Thursday 19 November at 16:00" in summary
    talk.taps("Yes, move it")
    assert core.visits[0].start == datetime(2026, 11, 19, 16, 0, tzinfo=UTC)


def test_a_move_relative_to_the_visit_is_understood(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    assert "to Friday 20 November at 16:00" in talk.says("push it back an hour", "reschedule_appointment")


def test_which_visit_is_asked_only_when_several_fit(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    core.visit(datetime(2026, 11, 24, 10, 0, tzinfo=UTC), service_id=2, staff_id=2)
    assert "Which visit" in talk.says("cancel my appointment", "cancel_appointment")
    assert "Cancel your Beard trim" in talk.taps("Tue 24 Nov")
    talk.says("yes", "affirm")
    assert [visit.status for visit in core.visits] == ["booked", "cancelled"]


def test_cancelling_states_the_policy_and_no_keeps_it(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    assert "Cancelling is free" in talk.says("cancel friday's haircut", "cancel_appointment")
    assert "stays as it is" in talk.says("no", "deny")
    assert core.visits[0].status == "booked"


def test_a_late_cancellation_names_the_fee(talk: Talk, core: FakeCore) -> None:
    core.visit(datetime(2026, 11, 17, 15, 0, tzinfo=UTC))
    assert "£16" in talk.says("cancel my appointment", "cancel_appointment")


def test_a_side_question_is_answered_and_the_open_one_repeated(talk: Talk) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    answer = talk.says("where are you?", "ask_location")
    assert "4 Mill Lane" in answer
    assert "Shall I book it?" in answer
    assert talk.says("yes", "affirm").startswith("Booked!")


def test_a_day_in_the_past_is_not_booked(talk: Talk, core: FakeCore) -> None:
    assert "passed" in talk.says("a trim yesterday at 3", "book_appointment")


def test_a_closed_day_is_said_with_the_nearest_times(talk: Talk) -> None:
    assert "closed then (Sunday 22 November" in talk.says("a trim on sunday", "book_appointment")
    assert len(talk.labels()) == 4


def test_an_unknown_service_is_named_and_the_list_offered(talk: Talk) -> None:
    answer = talk.says("I need a tattoo", "book_appointment")
    assert "tattoo" in answer
    assert talk.labels() == ["Haircut", "Beard trim"]


def test_a_person_who_does_not_offer_it_is_said(talk: Talk) -> None:
    assert "Ana doesn't offer Beard trim; Ben can do it" in talk.says(
        "beard trim with Ana", "book_appointment"
    )


def test_not_understood_twice_offers_a_person(talk: Talk, core: FakeCore) -> None:
    talk.says("blorp", "nlu_fallback")
    assert "somebody from the team" in talk.says("blarp", "nlu_fallback")
    talk.taps("Talk to a person")
    assert core.handoffs == ["asks for a person"]


def test_stop_is_honoured_and_confirmed_once(talk: Talk, core: FakeCore) -> None:
    assert talk.says("stop", "stop") == "You will get no more messages from Studio Nord here."
    assert core.consents == [False]
    assert talk.plan["choices"] == []


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


def test_earlier_than_what_was_offered_is_searched_before_it(talk: Talk) -> None:
    talk.says("a haircut on friday after 3", "book_appointment")
    talk.says("anything earlier?", "request_alternatives")
    assert talk.labels()[0].startswith("Fri 20 Nov, 09:00")


def test_a_bare_number_beyond_the_list_is_a_time(talk: Talk) -> None:
    talk.says("a haircut on friday", "book_appointment")
    assert "Friday 20 November at 10:00" in talk.says("10", "inform")


def test_book_that_means_the_service_whose_price_was_asked(talk: Talk) -> None:
    talk.says("how much is a beard trim?", "ask_price")
    assert "Beard trim with Ben" in talk.says("ok book that for friday at 3", "book_appointment")


def test_right_after_a_booking_a_correction_moves_it(talk: Talk, core: FakeCore) -> None:
    core.visit(datetime(2026, 11, 24, 10, 0, tzinfo=UTC), service_id=2, staff_id=2)
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    talk.says("yes", "affirm")
    assert "to Friday 20 November at 16:00" in talk.says("actually, an hour later", "correct")


def test_a_name_told_at_the_summary_is_put_in_it(talk: Talk) -> None:
    talk.says("a trim with Ana on Friday at 3", "book_appointment")
    assert "for Omar" in talk.says("my name is Omar", "inform")


def test_a_weekday_whose_time_has_passed_today_needs_no_question(talk: Talk) -> None:
    assert "Tue 24 Nov" in " ".join(
        [talk.says("a trim on tuesday at 8am", "book_appointment"), *talk.labels()]
    )


def test_what_we_do_not_offer_is_said_by_its_name(talk: Talk) -> None:
    assert "“tattoo”" in talk.says("I want a tattoo", "out_of_scope")


def test_a_bit_later_never_throws_the_draft_away(talk: Talk) -> None:
    talk.says("a haircut with Ana on friday", "book_appointment")
    assert "Haircut with Ana" in talk.says("maybe a bit later", "start_over")


def test_nonsense_goes_on_offering_a_person(talk: Talk) -> None:
    talk.says("blorp", "out_of_scope")
    assert "team" in talk.says("blarp", "inform")
    assert "team" in talk.says("blurp", "out_of_scope")
