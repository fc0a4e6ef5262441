"""After a visit: how it was, what went wrong, whether it was put right, the next one, and a missed one."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from channels.terminal.channel import address_of
from tests.journeys.diary import HAIRCUT, free_starts
from tests.journeys.house import Customer, House

REVIEWS = "https://linden-hair.example/reviews"
ASKED = (
    "Hi Sam, thank you for coming to Linden Hair!\n"
    "For afterwards: A little light oil in damp tips keeps the shape.\n"
    "How was your Haircut with Ana, from 1 (poor) to 5 (great)?"
)
SCORES = ("1", "2", "3", "4", "5")


def test_a_five_is_thanked_and_shown_the_way_to_the_reviews_once(sam: "Sam") -> None:
    sam.salon(policy={"feedback_every_days": 1, "nps_every_days": None})
    sam.has_had_a_haircut()
    assert sam.hears_of_it() == (ASKED, SCORES)
    thanks = sam.taps("5")
    assert "glad to hear it" in thanks
    assert thanks.links == {"Write a review": REVIEWS}
    sam.has_had_a_haircut(days=2)
    sam.hears_of_it()
    assert sam.says("loved it").links == {}
    assert [each["score"] for each in sam.feedback()] == [5, 5]


def test_a_two_is_heard_out_reaches_the_team_and_is_put_right(sam: "Sam") -> None:
    sam.has_had_a_haircut()
    sam.hears_of_it()
    assert "What went wrong?" in sam.says("2")
    assert "The team will reply to you here by" in sam.says("the fringe is crooked")
    assert "I've added that" in sam.says("and she was in a hurry")
    assert "The team has it" in sam.says("that's all")
    sam.house.clock.advance(minutes=10)
    sam.house.does_what_is_due()
    assert "2 of 5" in sam.house.desk()
    assert "the fringe is crooked\nand she was in a hurry" in sam.house.desk()
    sam.is_answered("I'm so sorry, please come in tomorrow and I'll fix it")
    sam.house.clock.advance(days=4)
    sam.house.does_what_is_due()
    assert "Has it been put right?" in sam.hears()
    assert "I'm glad" in sam.says("yes, all good now, thank you")
    assert [(each["score"], each["state"]) for each in sam.feedback()] == [(2, "put_right")]


def test_a_question_in_the_comment_is_answered_and_a_slip_is_set_right(sam: "Sam") -> None:
    sam.has_had_a_haircut()
    sam.hears_of_it()
    sam.says("meh")
    heard = sam.says("it took forever, and what are your opening hours on saturday?")
    assert "The team will reply" in heard
    assert "09:00" in heard
    assert "changed it to 5" in sam.says("sorry, I meant 5")
    assert [(each["score"], each["state"]) for each in sam.feedback()] == [(5, "withdrawn")]


def test_a_face_and_stars_are_scores_and_a_score_may_come_late(sam: "Sam") -> None:
    sam.salon(policy={"feedback_every_days": 1, "nps_every_days": None})
    for days, said in ((1, "😊"), (2, "⭐⭐⭐⭐⭐"), (2, "4 stars")):
        sam.has_had_a_haircut(days=days)
        sam.hears_of_it()
        if said == "4 stars":
            sam.house.clock.advance(days=12)
        assert "glad to hear it" in sam.says(said)
    assert [each["score"] for each in sam.feedback()] == [4, 5, 4]


def test_a_comment_with_a_question_in_it_is_kept_and_answered_before_any_score(sam: "Sam") -> None:
    sam.has_had_a_haircut()
    sam.hears_of_it()
    heard = sam.says("it was cold, and when do you open on Sunday?")
    assert "Sun closed" in heard
    assert "from 1 (poor) to 5 (great)?" in heard
    sam.says("3")
    assert [(each["score"], each["words"], each["state"]) for each in sam.feedback()] == [
        (3, "it was cold, and when do you open on Sunday?", "open")
    ]


def test_who_scores_low_and_wants_a_call_reaches_the_team_at_once(sam: "Sam") -> None:
    sam.has_had_a_haircut()
    sam.hears_of_it()
    assert "somebody from the team will write to you here" in sam.says("1 and I want the manager to ring me")
    assert "I want the manager to ring me" in sam.house.desk()
    assert [(each["score"], each["state"]) for each in sam.feedback()] == [(1, "open")]


def test_who_speaks_unasked_is_heard_as_well(sam: "Sam") -> None:
    sam.salon(policy={"feedback_asks": False, "nps_every_days": None})
    sam.haircut(aftercare={})
    sam.has_had_a_haircut()
    assert "somebody from the team" in sam.says("the haircut was terrible")
    (kept,) = sam.feedback()
    assert (kept["score"], kept["words"], kept["state"]) == (1, "the haircut was terrible", "open")


def test_who_did_not_come_books_another_time_by_one_tap(sam: "Sam") -> None:
    sam.has_had_a_haircut(step="noshow")
    text, times = sam.hears_of_it()
    assert text.startswith("Hi Sam, we missed you at Linden Hair")
    assert len(times) == 4
    assert "Booked" in sam.taps(times[0])
    (visit,) = sam.house.visits("sam")
    assert visit["staff_name"] == "Ana"


def test_when_the_next_is_due_it_is_booked_in_two_turns(sam: "Sam") -> None:
    sam.salon(review_url=None)
    sam.has_had_a_haircut()
    sam.hears_of_it()
    assert "Shall I write to you when it is time for the next one?" in sam.says("great!")
    assert "I will." in sam.says("yes please")
    sam.house.clock.advance(days=42)
    sam.house.does_what_is_due()
    assert "it is time for your next Haircut" in sam.hears()
    assert "Shall I book it?" in sam.says("yes")
    assert "Booked" in sam.says("yes")
    (visit,) = sam.house.visits("sam")
    assert visit["staff_name"] == "Ana"


def test_it_is_all_said_in_spanish_too(sam: "Sam") -> None:
    sam.says("hola, ¿qué horario tienen?")
    sam.has_had_a_haircut()
    text, _ = sam.hears_of_it()
    assert "de 1 (mal) a 5 (genial)" in text
    assert "¿Qué pasó?" in sam.says("no me gustó nada")
    assert "lo he transmitido" in sam.says("el corte quedó desigual")
    assert "El equipo lo tiene" in sam.says("nada más, gracias")


# -- the mechanics ------------------------------------------------------------------------------------------------

_KEYS = count(1)


class Sam:
    """Somebody new, of whom only the name is known."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._sam: Customer = house.customer("terminal", "sam")
        opened = {"channel": "terminal", "address": address_of("sam"), "display_name": "Sam"}
        desk = house.ask_core("POST", "/conversations/open", opened)
        self._id, self._thread = desk["customer"]["id"], desk["conversation"]["id"]
        self._service = next(each["id"] for each in desk["services"] if each["name"] == HAIRCUT)
        self._ana = next(each["id"] for each in desk["staff"] if each["name"] == "Ana")
        self.says, self.taps, self.hears = self._sam.says, self._sam.taps, self._sam.hears

    @property
    def last(self) -> Any:
        return self._sam.last

    def salon(self, **fields: Any) -> None:
        self.house.ask_core("PATCH", "", fields)

    def haircut(self, **fields: Any) -> None:
        self.house.ask_core("PATCH", f"/services/{self._service}", fields)

    def has_had_a_haircut(self, days: int = 1, step: str = "finish") -> None:
        """With Ana, at a time that was free; it is two hours and a bit afterwards."""
        day = self.house.clock().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days)
        start = next(each for each in free_starts(self.house, "Ana", day) if each.hour >= 9)
        visit = self._booked(start)
        self.house.clock.set(start + timedelta(minutes=20))
        if step == "noshow":
            self._take(visit, "noshow")
        else:
            self._take(self._take(visit, "start"), step)
        self.house.does_what_is_due()
        self.house.clock.set(start + timedelta(hours=3))
        self.house.does_what_is_due()

    def hears_of_it(self) -> tuple[str, tuple[str, ...]]:
        heard = self.hears()
        while "Are you coming?" in heard or "¿Vendrá?" in heard:
            heard = self.hears()
        return heard.text, heard.choices

    def is_answered(self, text: str) -> None:
        path = f"/conversations/{self._thread}/say"
        self.house.ask_core("POST", path, {"text": text}, f"say {next(_KEYS)}")
        assert self.hears().text == text

    def feedback(self) -> list[dict[str, Any]]:
        """What is kept, the newest first."""
        return list(self.house.ask_core("GET", f"/feedback?customer_id={self._id}")["items"])

    def _booked(self, start: datetime) -> Any:
        wish = {"start": start.isoformat(), "end": (start + timedelta(minutes=1)).isoformat()}
        wanted = {"service_id": self._service, "staff_id": self._ana}
        (slot,) = self.house.ask_core("POST", "/availability/search", {**wanted, "wishes": [wish]})["slots"]
        body = wanted | {"customer_id": self._id} | {name: slot[name] for name in ("start", "location_id")}
        return self.house.ask_core("POST", "/appointments", body, f"book {next(_KEYS)}")

    def _take(self, visit: Any, step: str) -> Any:
        body = {"expected_version": visit["version"]}
        return self.house.ask_core(
            "POST", f"/appointments/{visit['id']}/{step}", body, f"{step} {next(_KEYS)}"
        )


@pytest.fixture
def sam(house: House) -> Sam:
    return Sam(house)
