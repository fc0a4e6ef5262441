"""A series that was just booked is taken back as a whole, once, and only what still is as it was booked."""

from typing import Any

import httpx

from tests.builders.core import Core
from tests.scheduler_core.appointments.series import TUESDAY_9, booked, notices, starts


def undo(core: Core, series_id: int, key: str = "undo") -> httpx.Response:
    return core.ask("POST", f"series/{series_id}/undo", key=key)


def statuses(core: Core, series_id: int) -> list[str]:
    shown: Any = core.ask("GET", f"series/{series_id}").json()
    return [visit["status"] for visit in shown["appointments"]]


def test_all_of_it_is_free_again_and_staff_are_told_once(core: Core) -> None:
    made = booked(core)
    answer = undo(core, made["series_id"])
    assert answer.status_code == 200, answer.text
    assert starts(answer.json()["undone"]) == starts(made["booked"])
    assert statuses(core, made["series_id"]) == ["cancelled"] * 3
    assert [kind for kind, _ in notices(core)] == ["staff_series_booked", "staff_series_cancelled"]
    core.booked(TUESDAY_9)


def test_the_same_key_undoes_once_and_another_finds_nothing_left(core: Core) -> None:
    made = booked(core)
    first = undo(core, made["series_id"])
    assert undo(core, made["series_id"]).json() == first.json()
    assert undo(core, made["series_id"], "again").json()["code"] == "wrong_state"
    assert len(notices(core)) == 2


def test_what_was_moved_since_stays_and_is_named(core: Core) -> None:
    made = booked(core)
    moved = core.move(made["booked"][1], "2027-03-16T14:00:00Z").json()
    answer = undo(core, made["series_id"]).json()
    assert starts(answer["kept"]) == [moved["start"]]
    assert statuses(core, made["series_id"]) == ["cancelled", "booked", "cancelled"]


def test_after_five_minutes_it_stands(core: Core) -> None:
    made = booked(core)
    core.clock.move(minutes=5)
    assert undo(core, made["series_id"]).json()["code"] == "undo_too_late"
    assert statuses(core, made["series_id"]) == ["booked"] * 3


def test_a_visit_taken_back_with_its_series_is_not_taken_back_once_more(core: Core) -> None:
    made = booked(core)
    gone = undo(core, made["series_id"]).json()["undone"][0]
    again = core.ask(
        "POST", f"appointments/{gone['id']}/undo", {"expected_version": gone["version"]}, "again"
    )
    assert again.json()["code"] == "wrong_state"
