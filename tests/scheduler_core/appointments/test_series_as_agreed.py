"""A series is booked exactly as it was agreed to, or not at all."""

from tests.builders.core import Core
from tests.scheduler_core.appointments.series import TUESDAY_9, book, booked, preview, starts


def test_what_was_previewed_is_what_is_booked(core: Core) -> None:
    seen = starts(preview(core)["booked"])
    assert starts(booked(core, expected_starts=seen)["booked"]) == seen


def test_when_the_diary_has_changed_since_nothing_is_booked(core: Core) -> None:
    seen = starts(preview(core, clash="move")["booked"])
    core.booked(seen[1], staff_id=core.salon.ana)
    answer = book(core, clash="move", expected_starts=seen)
    assert (answer.status_code, answer.json()["code"]) == (409, "series_clash")
    assert starts(preview(core, clash="move")["booked"])[0] == TUESDAY_9


def test_the_same_key_answers_the_same_though_the_times_are_taken_by_then(core: Core) -> None:
    seen = starts(preview(core)["booked"])
    first = book(core, key="series-again", expected_starts=seen)
    again = book(core, key="series-again", expected_starts=seen)
    assert again.json() == first.json()
