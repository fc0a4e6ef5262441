"""What customers say of a visit is heard in any words; the low is heard out, the high is asked one thing at most."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore

SCORES = tuple((str(score), str(score), None) for score in range(1, 6))


class Asked(Talk):
    """Maria, who has had a haircut, is asked how it was."""

    def __init__(self, core: FakeCore) -> None:
        super().__init__(core)
        self.visit = core.visit(FRIDAY_AT_3, status="fulfilled")
        self.notice = core.tells("feedback", self.visit, SCORES)

    @property
    def given(self) -> list[tuple[int | None, str | None]]:
        return [(each.score, each.words) for each in self.core.rated]


@pytest.fixture
def talk(core: FakeCore) -> Asked:
    return Asked(core)


def test_a_tap_is_a_score(talk: Asked) -> None:
    assert "glad to hear it" in talk.taps("5", plan=talk.notice)
    assert [(each.score, each.visit, each.notice) for each in talk.core.rated] == [(5, talk.visit.id, 1)]


@pytest.mark.parametrize(
    ("said", "intent", "score"),
    [("great", "affirm", 5), ("4", "nlu_fallback", 4), ("yes", "affirm", 4), ("8/10", "inform", 4)],
)
def test_so_is_whatever_means_one(talk: Asked, said: str, intent: str, score: int) -> None:
    talk.says(said, intent)
    assert talk.given == [(score, None)]


def test_a_low_score_is_asked_what_went_wrong_and_heard_out(talk: Asked) -> None:
    assert "What went wrong?" in talk.says("meh", "out_of_scope")
    assert "by Tuesday 17 November at 12:00" in talk.says("the fringe is crooked", "complaint")
    assert talk.says("and I had to wait", "complaint") == "Thank you, I've added that."
    assert "The team has it" in talk.says("that's all thanks", "thank")
    assert talk.given == [(3, None), (None, "the fringe is crooked"), (None, "and I had to wait")]
    assert talk.core.handoffs == []


def test_score_and_reason_in_one_message_are_both_heard(talk: Asked) -> None:
    said = "2, the colour is far too dark for me"
    assert "I've passed on your words" in talk.says(said, "complaint")
    assert talk.given == [(2, said)]


def test_words_without_a_score_are_kept_and_asked_for_one(talk: Asked) -> None:
    said = "the left side is longer than the right"
    assert "from 1 (poor) to 5 (great)?" in talk.says(said, "out_of_scope")
    assert "What went wrong?" in talk.says("2", "nlu_fallback") or talk.given[-1] == (2, None)
    assert talk.given[0] == (None, said)


def test_a_question_in_the_comment_is_answered(talk: Asked) -> None:
    talk.says("2", "nlu_fallback")
    heard = talk.says("it took ages, and how much is a colour?", "complaint")
    assert "£" in heard
    assert "I've passed that on" in heard


def test_a_wish_beside_the_score_is_heard(talk: Asked) -> None:
    heard = talk.says("5! can I book another haircut with Ana on friday at 3?", "book_appointment")
    assert heard.startswith("Thank you, Maria")
    assert talk.given[0][0] == 5
    assert talk.labels()


def test_a_slip_is_set_right_in_words_and_by_tap(talk: Asked) -> None:
    talk.says("2", "nlu_fallback")
    assert "changed it to 5" in talk.says("sorry, I meant 5", "correct")
    assert "changed it to 4" in talk.taps("4", plan=talk.notice)


@pytest.mark.parametrize(("picture", "score"), [("😊", 4), ("😡", 1), ("⭐⭐⭐", 3), ("👍", 4), ("👎", 2)])
def test_a_picture_may_be_a_score(talk: Asked, picture: str, score: int) -> None:
    talk.says(picture, "react")
    assert talk.given == [(score, None)]


@pytest.mark.parametrize(("said", "intent"), [("🦄", "react"), ("6", "nlu_fallback"), ("100", "affirm")])
def test_what_may_be_any_score_is_kindly_asked_for_again(talk: Asked, said: str, intent: str) -> None:
    assert talk.says(said, intent).startswith("I can't quite tell from that.\nHow was your")
    assert (talk.given, len(talk.labels())) == ([], 5)


def test_without_that_question_a_picture_is_a_picture(core: FakeCore) -> None:
    assert Talk(core).says("🎉", "react").startswith("Nice!")


@pytest.mark.parametrize("said", ["no", "skip", "I'd rather not say", "no thanks"])
def test_who_would_rather_not_say_is_left_in_peace(talk: Asked, said: str) -> None:
    assert talk.says(said, "deny") == "No problem. Thank you again for coming!"
    assert talk.given == []


@pytest.mark.parametrize("said", ["later", "not now, sorry", "I'm busy right now"])
def test_who_has_no_time_now_can_answer_later(talk: Asked, said: str) -> None:
    assert talk.says(said, "wait").startswith("Take your time")
    assert len(talk.labels()) == 5
    talk.says("5", "nlu_fallback")
    assert talk.given == [(5, None)]


@pytest.mark.parametrize(
    ("after", "said", "intent", "score"),
    [
        (timedelta(days=12), "4 stars", "out_of_scope", 4),
        (timedelta(days=12), "a solid 5", "nlu_fallback", 5),
        (timedelta(days=12), "😍", "react", 5),
        (timedelta(days=45), "4 stars", "out_of_scope", None),
    ],
)
def test_a_score_is_heard_for_a_month_if_nothing_was_said_since(
    talk: Asked, after: timedelta, said: str, intent: str, score: int | None
) -> None:
    talk.core.later = after
    talk.says(said, intent)
    assert [each for each, _ in talk.given] == ([score] if score else [])


@pytest.mark.parametrize(
    ("after", "said", "intent"),
    [
        (timedelta(0), "5 on friday?", "inform"),
        (timedelta(days=5), "can I come at 5 tomorrow?", "book_appointment"),
        (timedelta(days=5), "haircut with Ana on friday at 5", "book_appointment"),
    ],
)
def test_a_time_is_never_taken_for_a_score(talk: Asked, after: timedelta, said: str, intent: str) -> None:
    talk.core.later = after
    heard = talk.says(said, intent)
    assert talk.given == []
    assert "17:00" in heard


def test_a_question_in_the_first_comment_is_answered_and_the_comment_kept(talk: Asked) -> None:
    said = "it was cold, and what are your opening hours?"
    heard = talk.says(said, "list_appointments")
    assert "09:00" in heard
    assert "from 1 (poor) to 5 (great)?" in heard
    assert talk.given == [(None, said)]


def test_who_scores_and_wants_a_person_is_heard_in_both(talk: Asked) -> None:
    said = "1 and I want the manager to ring me"
    assert "somebody from the team will write to you" in talk.says(said, "human_handoff")
    assert [(each.score, each.staff_told) for each in talk.core.rated] == [(1, True)]
    assert len(talk.core.handoffs) == 1


def test_who_scores_and_wants_no_more_messages_hears_only_that(talk: Asked) -> None:
    assert talk.says("1 star, stop texting me", "stop").startswith("You will get no more messages")
    assert talk.given == [(1, "1 star, stop texting me")]


def test_what_was_asked_after_a_score_is_not_asked_for_ever(talk: Asked) -> None:
    talk.says("2", "nlu_fallback")
    talk.core.later = timedelta(days=2)
    assert "Is there anything else" not in talk.says("hi", "greet")
    assert talk.given == [(2, None)]


@pytest.mark.parametrize("intent", ["ask_price", "ask_services"])
def test_what_it_cost_is_said_of_that_visit_alone(talk: Asked, intent: str) -> None:
    heard = talk.says("how much was it?", intent)
    assert heard.startswith("Your Haircut with Ana on Friday 20 November at 15:00 came to £32.\nHow was your")


def test_another_matter_is_seen_to_first(talk: Asked) -> None:
    assert "£" in talk.says("how much is a haircut?", "ask_price")
    assert talk.given == []


@pytest.mark.parametrize("word", ["stop", "human_handoff"])
def test_who_wants_no_more_or_a_person_is_not_asked_on(talk: Asked, word: str) -> None:
    talk.says("please stop" if word == "stop" else "let me talk to somebody", word)
    assert talk.given == []


def test_the_way_to_the_reviews_is_a_link(talk: Asked) -> None:
    talk.core.asks_next = "review"
    assert "a few words in public" in talk.says("5", "nlu_fallback")
    assert [link["url"] for link in talk.plan["links"]] == ["https://reviews.example"]


def test_consent_to_offers_is_asked_and_kept_with_their_words(talk: Asked) -> None:
    talk.core.asks_next = "offers"
    assert "time for the next one?" in talk.says("5", "nlu_fallback")
    assert "I will." in talk.says("yes please", "affirm")
    assert talk.core.consents == [(True, "yes please", "marketing")]


def test_who_declines_offers_is_never_sent_any(talk: Asked) -> None:
    talk.core.asks_next = "offers"
    talk.says("5", "nlu_fallback")
    talk.taps("No, thank you")
    assert talk.core.consents == [(False, "No, thank you", "marketing")]


def test_how_likely_they_recommend_us_is_a_number_up_to_ten(talk: Asked) -> None:
    talk.core.asks_next = "nps"
    assert "from 0 (not at all) to 10" in talk.says("5", "nlu_fallback")
    assert talk.says("9", "nlu_fallback") == "Thank you, that helps us."
    assert [(each.kind, each.score) for each in talk.core.rated] == [("csat", 5), ("nps", 9)]


def test_a_question_before_that_number_is_answered_and_a_time_is_no_number(talk: Asked) -> None:
    talk.core.asks_next = "nps"
    talk.says("5", "nlu_fallback")
    assert "from 0 (not at all) to 10" in talk.says("what are your opening hours?", "ask_hours")
    talk.says("can I book a haircut with Ana on friday at 10?", "book_appointment")
    assert [each.kind for each in talk.core.rated] == ["csat"]


YES_NO = (("yes", "Yes, it has", None), ("no", "No, not yet", None))


@pytest.mark.parametrize(
    ("said", "intent", "put_right"),
    [
        ("yes", "affirm", True),
        ("no", "deny", False),
        ("all good now, thank you", "thank", True),
        ("nobody ever called me back", "complaint", False),
        ("it's better but still uneven", "inform", False),
        ("not yet, what are your opening hours?", "list_appointments", False),
        ("Ana fixed it, looks great now", "thank", True),
        ("😊", "react", True),
    ],
)
def test_whether_it_was_put_right_in_any_words(
    core: FakeCore, said: str, intent: str, put_right: bool
) -> None:
    talk = Talk(core)
    core.tells("put_right", core.visit(FRIDAY_AT_3), YES_NO)
    talk.says(said, intent)
    assert [each.put_right for each in core.put_right] == [put_right]


class Unasked(Talk):
    def __init__(self, core: FakeCore) -> None:
        super().__init__(core)
        core.last_visit = core.visit(FRIDAY_AT_3, status="fulfilled")


def test_a_complaint_about_a_visit_is_kept_with_it_and_goes_to_a_person(core: FakeCore) -> None:
    talk = Unasked(core)
    assert "somebody from the team" in talk.says("the haircut was terrible", "complaint")
    assert [(each.visit, each.score, each.staff_told) for each in core.rated] == [(1, 1, True)]
    assert len(core.handoffs) == 1


def test_a_complaint_about_the_chat_is_about_no_visit(core: FakeCore) -> None:
    Unasked(core).says("this bot is useless", "complaint")
    assert core.rated == []
    assert len(core.handoffs) == 1


def test_praise_is_kept_with_the_last_visit(core: FakeCore) -> None:
    assert "glad to hear it" in Unasked(core).says("I absolutely love my new haircut!", "thank")
    assert [(each.visit, each.score) for each in core.rated] == [(1, 5)]


def test_praise_that_sounds_like_a_complaint_is_praise(core: FakeCore) -> None:
    assert "glad" in Unasked(core).says("I loved my haircut, tell Ana she is amazing", "complaint")
    assert core.handoffs == []


def test_what_the_last_visit_cost_can_be_asked_later_and_of_it_alone(core: FakeCore) -> None:
    talk = Unasked(core)
    assert talk.says("how much was my haircut?", "ask_price").startswith("Your Haircut with Ana on Friday")
    assert "Beard trim: £15.50" in talk.says("how much was a beard trim?", "ask_price")


def test_who_has_not_been_lately_is_only_thanked(core: FakeCore) -> None:
    assert Talk(core).says("thanks, great", "thank") == "You're welcome!"
    assert core.rated == []


@pytest.fixture
def due_again(core: FakeCore) -> tuple[Talk, Any]:
    """Maria, whose next visit is due, is offered Friday at three."""
    core.last_visit = core.visit(FRIDAY_AT_3, status="fulfilled")
    choices = [
        ("slot", "Fri 20 Nov, 15:00 · Ana", FRIDAY_AT_3),
        ("other", "Other times", None),
        ("later", "Not now", None),
    ]
    return Talk(core), core.tells("rebook", core.visits[0], choices)


def test_the_next_visit_is_booked_in_two_turns(core: FakeCore, due_again: tuple[Talk, Any]) -> None:
    talk, _ = due_again
    assert "Shall I book it?" in talk.says("yes please", "affirm")
    assert "Booked" in talk.says("yes", "affirm")


def test_other_times_than_the_one_offered_can_be_had(due_again: tuple[Talk, Any]) -> None:
    talk, plan = due_again
    talk.taps("Other times", plan=plan)
    assert len(talk.labels()) > 1


@pytest.mark.parametrize(("said", "intent"), [("no thanks", "deny"), ("not now", "nlu_fallback")])
def test_who_does_not_want_it_now_is_left_in_peace(
    core: FakeCore, due_again: tuple[Talk, Any], said: str, intent: str
) -> None:
    talk, _ = due_again
    assert talk.says(said, intent) == "No problem. Just write when you would like to come."
    assert talk.labels() == []


def test_not_now_can_be_tapped(due_again: tuple[Talk, Any]) -> None:
    talk, plan = due_again
    assert talk.taps("Not now", plan=plan) == "No problem. Just write when you would like to come."


@pytest.fixture
def missed(core: FakeCore) -> tuple[Talk, Any]:
    """Maria, who did not come, is offered Friday at three."""
    visit = core.visit(FRIDAY_AT_3 - timedelta(days=7), status="noshow")
    choices = [("slot", "Fri 20 Nov, 15:00 · Ana", FRIDAY_AT_3), ("other", "Other times", None)]
    return Talk(core), core.tells("visit_missed", visit, choices)


def test_one_tap_books_in_place_of_what_was_missed(core: FakeCore, missed: tuple[Talk, Any]) -> None:
    talk, plan = missed
    assert "Booked" in talk.taps("Fri 20 Nov", plan=plan)
    assert [each.start for each in core.visits if each.status == "booked"] == [FRIDAY_AT_3]


def test_who_has_another_visit_is_asked_before_a_second_is_booked(
    core: FakeCore, missed: tuple[Talk, Any]
) -> None:
    talk, plan = missed
    core.visit(FRIDAY_AT_3 + timedelta(hours=2))
    assert "Shall I book it?" in talk.taps("Fri 20 Nov", plan=plan)
