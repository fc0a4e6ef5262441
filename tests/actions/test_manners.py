"""Waiting, repeating, other languages, insults, gibberish and "delete my data": each has a decent path."""

from __future__ import annotations

import pytest

from tests.actions.talk import FRIDAY_AT_3, Talk
from tests.fakes.core import FakeCore


def at_the_summary(core: FakeCore) -> Talk:
    talk = Talk(core)
    talk.says("a haircut with Ana on Friday at 3", "book_appointment")
    return talk


def test_hold_on_keeps_everything_and_repeats_nothing(talk: Talk) -> None:
    talk.says("I need a haircut", "book_appointment")
    offered = talk.labels()
    assert talk.says("hold on, let me check", "wait") == "Take your time. I'm here when you're ready."
    assert talk.labels() == offered
    assert "To confirm" in talk.taps(offered[0])


def test_a_yes_after_hold_on_still_books(core: FakeCore) -> None:
    talk = at_the_summary(core)
    talk.says("one sec", "wait")
    assert "Booked" in talk.says("ok yes", "affirm")


def test_say_that_again_is_the_last_message_word_for_word(core: FakeCore) -> None:
    talk = at_the_summary(core)
    said, labels = talk.plan["text"], talk.labels()
    assert talk.says("what was that?", "repeat") == said
    assert talk.labels() == labels
    assert talk.says("again please", "repeat") == said
    assert "Booked" in talk.taps("Yes")


def test_a_confirmation_said_again_has_its_link_too(core: FakeCore) -> None:
    talk = at_the_summary(core)
    talk.says("yes", "affirm")
    links = talk.plan["links"]
    assert "Booked" in talk.says("say again?", "repeat")
    assert talk.plan["links"] == links


def test_there_may_be_nothing_to_repeat(talk: Talk) -> None:
    assert "What can I do for you" in talk.says("again", "repeat")


@pytest.mark.parametrize("said", ["en español, por favor", "Spanish please", "can we do this in spanish?"])
def test_the_language_can_be_switched_in_the_middle(core: FakeCore, said: str) -> None:
    talk = at_the_summary(core)
    answer = talk.says(said, "change_language")
    assert "a partir de ahora en español" in answer
    assert "¿Lo reservo?" in answer
    assert core.customer.language == "es"


def test_an_offer_made_before_the_switch_has_its_buttons_in_the_new_language(talk: Talk) -> None:
    talk.says("a haircut with Ana on Friday afternoon", "book_appointment")
    offered = talk.labels()
    answer = talk.says("en español, por favor", "change_language")
    assert "¿Cuál de estas horas le viene bien?" in answer
    assert [label.split(" ")[0] for label in offered[:-1]] == ["Fri", "Fri", "Fri"]
    assert [label.split(" ")[0] for label in talk.labels()[:-1]] == ["vie", "vie", "vie"]
    assert (offered[-1], talk.labels()[-1]) == ("More times", "Más horas")
    assert "¿Lo reservo?" in talk.taps("vie")


def test_a_button_may_be_typed_as_it_was_read_before_the_switch(core: FakeCore) -> None:
    talk = at_the_summary(core)
    talk.says("no", "deny")
    assert talk.labels() == ["Another time", "Another person", "Another service", "Leave it"]
    assert "¿Qué quiere cambiar?" in talk.says("en español, por favor", "change_language")
    assert talk.labels() == ["Otra hora", "Otra persona", "Otro servicio", "Dejarlo"]
    assert "¿Con quién desea la cita?" in talk.says("Another person", "nlu_fallback")


def test_a_button_typed_under_a_summary_counts_in_either_language(core: FakeCore) -> None:
    talk = at_the_summary(core)
    assert "¿Qué quiere cambiar?" in talk.says("Cambiar algo", "reschedule_appointment", language="es")
    assert talk.labels()[0] == "Otra hora"


def test_what_is_repeated_after_a_switch_is_the_question(core: FakeCore) -> None:
    talk = at_the_summary(core)
    again = talk.says("¿me lo repite?", "repeat", language="es")
    assert again.startswith("Para confirmar:")
    assert "Shall I" not in again


def test_a_menu_comes_again_in_the_new_language(talk: Talk) -> None:
    talk.says("hello", "greet")
    assert talk.says("español", "change_language") == "Por supuesto, a partir de ahora en español."
    assert talk.labels()[0] == "Reservar una cita"


def test_the_example_of_a_greeting_is_in_one_language(core: FakeCore) -> None:
    core.customer = core.customer.model_copy(update={"language": "es"})
    assert "«una cita con " in Talk(core).says("hola", "greet", language="es")


def test_the_name_of_a_service_is_in_no_language(core: FakeCore) -> None:
    talk = Talk(core)
    talk.says("quisiera una cita", "book_appointment", language="es")
    assert "¿cuál le viene bien?" in talk.says("Beard trim", "inform", language="en")
    assert "which one suits you?" in talk.says("a beard trim on Friday please", "inform", language="en")


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("bonjour, je voudrais un haircut avec Ana vendredi à 15h", "French"),
        ("Guten Tag, ich möchte einen haircut bei Ana am Freitag um 15 Uhr", "German"),
        ("bom dia, gostaria de um haircut com Ana sexta-feira às 15h", "Portuguese"),
    ],
)
def test_who_writes_in_a_language_we_have_no_words_in_is_helped_all_the_same(
    talk: Talk, said: str, language: str
) -> None:
    answer = talk.says(said, "nlu_fallback")
    assert f"can't write in {language} yet, only in English and Spanish" in answer
    assert "Friday 20 November at 15:00" in answer
    assert "Talk to a person" in talk.labels()


def test_a_language_that_is_not_spoken_gets_an_honest_answer(core: FakeCore) -> None:
    talk = at_the_summary(core)
    answer = talk.says("parlez-vous français?", "change_language")
    assert "can't write in French yet, only in English and Spanish" in answer
    assert "Shall I book it?" in answer
    assert core.customer.language is None


def test_asked_which_languages_there_are_both_can_be_tapped(talk: Talk) -> None:
    assert "English and Spanish" in talk.says("do you speak other languages?", "change_language")
    assert talk.labels() == ["English", "Español"]
    assert "en español" in talk.taps("Español")
    assert talk.core.customer.language == "es"


def test_an_insult_is_met_calmly_and_a_person_is_offered(core: FakeCore) -> None:
    talk = at_the_summary(core)
    offered = talk.labels()
    answer = talk.says("you useless piece of junk", "abuse")
    assert len(answer) < 120
    assert talk.labels() == [*offered, "Talk to a person"]
    talk.says("idiot", "abuse")
    assert talk.labels().count("Talk to a person") == 1
    assert core.handoffs == []
    assert "Booked" in talk.taps("Yes")


def test_gibberish_first_gets_guesses_then_a_person_and_a_yes_calls_one(talk: Talk) -> None:
    talk.says("asdf qwer", "nlu_fallback")
    assert "Talk to a person" in talk.labels()
    assert "somebody from the team" in talk.says("zxcv", "nlu_fallback")
    assert talk.labels() == ["Talk to a person"]
    assert "somebody from the team" in talk.says("hjkl", "nlu_fallback")
    assert talk.core.handoffs == []
    assert "I've asked the team" in talk.says("yes", "affirm")
    assert len(talk.core.handoffs) == 1


def test_gibberish_under_a_question_keeps_its_buttons(talk: Talk) -> None:
    talk.says("I need a haircut", "book_appointment")
    offered = talk.labels()
    assert "Which of these times suits you?" in talk.says("asdf", "nlu_fallback")
    talk.says("qwer", "nlu_fallback")
    assert talk.labels() == [*offered, "Talk to a person"]


def test_the_assistant_says_what_it_is_and_whose(talk: Talk) -> None:
    assert "automated assistant of Studio Nord" in talk.says("who are you?", "bot_challenge")


def test_what_would_be_deleted_is_said_and_only_a_yes_deletes(core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    talk = Talk(core)
    asked = talk.says("delete my data", "delete_data")
    assert "also cancels your upcoming visits" in asked
    assert "Friday 20 November at 15:00" in asked
    assert asked.endswith("Shall I delete everything?")
    assert core.farewells == []

    talk.says("yes", "affirm")

    assert talk.plan["silent"] is True
    assert core.farewells[0].startswith("Done: your data at Studio Nord is deleted.")


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("no", "deny"),
        ("yes, on Friday at 3", "affirm"),
        ("hmm", "nlu_fallback"),
        ("1 haircut please", "book_appointment"),
    ],
)
def test_nothing_less_than_a_plain_yes_deletes(core: FakeCore, said: str, intent: str) -> None:
    talk = Talk(core)
    talk.says("delete my data", "delete_data")
    talk.says(said, intent)
    assert core.farewells == []


def test_after_a_no_the_booking_goes_on(core: FakeCore) -> None:
    talk = at_the_summary(core)
    talk.says("delete my data", "delete_data")
    answer = talk.taps("No, keep my data")
    assert "nothing was deleted" in answer
    assert "Shall I book it?" in answer


def test_times_on_offer_are_shown_anew_in_the_new_language(talk: Talk) -> None:
    talk.says("a haircut on Friday", "book_appointment")
    english = talk.labels()
    talk.says("en español, por favor", "change_language")
    assert [label.split()[:3] for label in english[:1]] == [["Fri", "20", "Nov,"]]
    assert talk.labels()[0].startswith("vie 20 nov")
    assert talk.labels()[-1] == "Más horas"
    assert len(talk.labels()) == len(english)


def test_an_ok_after_asking_for_a_person_starts_nothing(talk: Talk, core: FakeCore) -> None:
    talk.says("can I talk to a person", "human_handoff")
    assert talk.says("ok", "affirm") == "All set. Just write when you need us."


def test_who_has_asked_for_a_person_is_not_offered_one_again(talk: Talk) -> None:
    talk.says("you useless thing", "abuse")
    assert talk.labels() == ["Talk to a person"]
    talk.taps("Talk to a person")
    assert talk.labels() == []


def test_beside_what_is_not_ours_the_likely_meaning_is_offered(talk: Talk) -> None:
    talk.ranking = (("out_of_scope", 0.5), ("reschedule_appointment", 0.4), ("undo", 0.05))
    assert "Did you mean" in talk.says("i want to change my thing", "out_of_scope")
    assert talk.labels() == ["Move a visit", "Talk to a person"]


@pytest.mark.parametrize("said", ["hmm not sure", "uhh", "i don't know yet"])
def test_who_hesitates_is_given_time_and_no_lecture(core: FakeCore, said: str) -> None:
    talk = at_the_summary(core)
    assert talk.says(said, "help").startswith("Take your time")
    assert "Booked" in talk.says("ok yes", "affirm")


def test_who_hesitates_with_nothing_open_hears_what_can_be_done_here(talk: Talk) -> None:
    assert "I book, move and cancel visits" in talk.says("uhh", "human_handoff")


@pytest.mark.parametrize(
    "said", ["the first one works. I'm allergic to latex btw", "the 1st, for my son Leo"]
)
def test_what_is_said_beside_a_choice_is_kept(talk: Talk, said: str) -> None:
    talk.says("a haircut", "book_appointment")
    summary = talk.says(said, "choose_alternative")
    assert "allergic to latex" in summary or "Haircut for your son Leo" in summary


def test_a_word_to_somebody_of_the_team_is_a_note(talk: Talk, core: FakeCore) -> None:
    core.visit(FRIDAY_AT_3)
    answer = talk.says("can you tell Dr Morgan I'm on blood thinners", "out_of_scope")
    assert "added that to your Haircut" in answer
    assert core.visits[0].note == "I'm on blood thinners"


@pytest.mark.parametrize("said", ["my name is Lola Smith", "change my name to Lola Smith"])
def test_a_name_alone_is_thanked_for(talk: Talk, core: FakeCore, said: str) -> None:
    assert talk.says(said, "inform") == "Thank you, I've noted your name: Lola Smith."
    assert core.customer.name == "Lola Smith"


def test_what_sounds_least_like_a_question_of_ours_gets_one_answer(talk: Talk) -> None:
    talk.ranking = (("out_of_scope", 0.9), ("ask_location", 0.05))
    answer = talk.says("where is the nearest gas station", "out_of_scope")
    assert answer.startswith("I can't help with that here")
    assert "Mill Lane" not in answer


def test_the_name_of_a_service_is_no_complaint(talk: Talk, core: FakeCore) -> None:
    assert "Full colour" in talk.says("the full colour", "complaint")
    assert core.handoffs == []


def test_who_waits_for_a_person_and_asks_whether_anybody_is_there_hears_that_the_team_knows(
    talk: Talk,
) -> None:
    talk.says("can I talk to a person", "human_handoff")
    assert talk.says("hello?", "greet").startswith("The team knows that you're waiting")
