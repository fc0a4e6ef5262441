"""Changes that arrive at the same moment come one after the other: none is lost, none is made twice, none fails."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.builders.business import Office

DAY = "2027-03-02"
SPAN = {"start": f"{DAY}T14:00:00Z", "end": f"{DAY}T15:00:00Z"}


def at_once(asked: Sequence[Callable[[], httpx.Response]]) -> list[httpx.Response]:
    with ThreadPoolExecutor(len(asked)) as pool:
        return [future.result() for future in [pool.submit(each) for each in asked]]


def test_one_key_makes_one_service(office: Office) -> None:
    answers = at_once([lambda: office.make("services", key="same")] * 8)
    assert [answer.status_code for answer in answers] == [201] * 8
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(office.items("services")) == 2


def test_one_date_is_one_holiday(office: Office) -> None:
    path = f"locations/{office.core.salon.location}/holidays"
    answers = at_once([lambda: office.post(path, {"name": "Founders", "dates": [DAY]})] * 8)
    assert [answer.status_code for answer in answers] == [201] * 8
    assert office.items(path) == [{"date": DAY, "name": "Founders"}]


def test_one_week_stands_as_a_whole(office: Office) -> None:
    path = f"staff/{office.core.salon.ana}/hours"
    weeks = [
        {
            "hours": [
                {"location_id": office.core.salon.location, "weekday": day, "start": start, "end": "18:00"}
                for day in range(7)
            ],
            "breaks": [],
        }
        for start in ("08:00", "09:00", "10:00", "11:00")
    ]
    answers = at_once([lambda week=week: office.put(path, week) for week in weeks])  # type: ignore[misc]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert office.seen(path) in weeks


def test_changes_of_many_kinds_do_not_stand_in_one_another_s_way(office: Office) -> None:
    core, salon = office.core, office.core.salon
    rooms = [office.made("resources")["id"] for _ in range(3)]
    asked: list[Callable[[], httpx.Response]] = [
        lambda: office.post("blocks", {**SPAN, "staff_id": salon.ben}),
        lambda: office.post("blocks", {**SPAN, "resource_id": rooms[0]}),
        lambda: office.delete(f"resources/{rooms[1]}"),
        lambda: office.change(f"resources/{rooms[2]}", capacity=5),
        lambda: office.change(f"services/{salon.service}", price_minor=7),
        lambda: office.change(f"staff/{salon.ana}", aliases=["A"]),
        lambda: office.change(office.home, policy={"grid_minutes": 30}),
        lambda: core.book("2027-03-03T15:00:00Z"),
        lambda: core.book("2027-03-03T16:00:00Z", staff_id=salon.ben),
    ]
    assert all(answer.is_success for answer in at_once(asked))
    assert len(office.items("blocks")) == 2
    assert office.seen(office.home)["policy"]["grid_minutes"] == 30
