"""Dates that differ: hours of their own, holidays, closures for once; each stands until it is taken back."""

from typing import Any

import pytest

from tests.builders.business import Office, said

DAY = "2027-03-02"
OPEN_HOURS = [f"2027-03-02T{hour}:00:00Z" for hour in (14, 15, 16, 17, 19, 20, 21, 22)]


def starts(office: Office) -> list[str]:
    return office.core.starts(
        ("2027-03-02T05:00:00Z", "2027-03-03T05:00:00Z"), staff_id=office.core.salon.ana
    )


def of_place(office: Office, path: str) -> str:
    return f"locations/{office.core.salon.location}/{path}"


def test_a_date_s_own_hours_replace_the_weekday_s_until_they_are_cleared(office: Office) -> None:
    path = of_place(office, f"overrides/{DAY}")
    assert starts(office) == OPEN_HOURS
    set_hours = office.put(path, {"windows": [["12:00", "14:00"], ["09:00", "10:00"]]})
    assert set_hours.json() == {"date": DAY, "windows": [["09:00", "10:00"], ["12:00", "14:00"]]}
    assert starts(office) == ["2027-03-02T14:00:00Z", "2027-03-02T17:00:00Z"]
    assert office.put(path, {"windows": []}).json() == {"date": DAY, "windows": []}
    assert starts(office) == []
    assert office.items(of_place(office, "overrides")) == [{"date": DAY, "windows": []}]
    assert office.delete(path).status_code == 204
    assert starts(office) == OPEN_HOURS
    assert said(office.delete(path)) == (404, "not_found")


def test_a_person_s_date_counts_at_one_place_and_nowhere_else(office: Office) -> None:
    ana, here = office.core.salon.ana, office.core.salon.location
    there = office.made("locations", hours={"1": [["09:00", "17:00"]]})["id"]
    path = f"staff/{ana}/overrides/{DAY}"
    body = {"location_id": there, "windows": [["10:00", "12:00"]]}
    assert office.put(path, body).json() == {"date": DAY, **body}
    assert office.items(f"staff/{ana}/overrides") == [{"date": DAY, **body}]
    assert starts(office) == ["2027-03-02T15:00:00Z", "2027-03-02T16:00:00Z"]
    assert office.put(path, {"location_id": here, "windows": []}).status_code == 200
    assert starts(office) == []
    assert office.items(of_place(office, "overrides")) == []
    assert office.delete(path).status_code == 204
    assert starts(office) == OPEN_HOURS


def test_a_place_s_date_and_a_person_s_do_not_touch_one_another(office: Office) -> None:
    path = f"staff/{office.core.salon.ana}/overrides/{DAY}"
    office.put(of_place(office, f"overrides/{DAY}"), {"windows": [["09:00", "12:00"]]})
    office.put(path, {"location_id": office.core.salon.location, "windows": [["10:00", "13:00"]]})
    assert starts(office) == ["2027-03-02T15:00:00Z", "2027-03-02T16:00:00Z"]
    office.delete(path)
    assert [each["date"] for each in office.items(of_place(office, "overrides"))] == [DAY]


def test_holidays_close_and_one_that_is_known_takes_the_new_name(office: Office) -> None:
    path = of_place(office, "holidays")
    answer = office.post(path, {"name": "Founders", "dates": [DAY, "2027-07-04", DAY]})
    named = [{"date": day, "name": "Founders"} for day in (DAY, "2027-07-04")]
    assert (answer.status_code, answer.json()) == (201, {"items": named})
    assert starts(office) == []
    office.post(path, {"name": "Independence Day", "dates": ["2027-07-04"]})
    assert [each["name"] for each in office.items(path)] == ["Founders", "Independence Day"]
    assert office.delete(f"{path}/{DAY}").status_code == 204
    assert starts(office) == OPEN_HOURS
    assert said(office.delete(f"{path}/{DAY}")) == (404, "not_found")


def test_a_date_s_own_hours_stand_against_a_holiday(office: Office) -> None:
    office.post(of_place(office, "holidays"), {"name": "Founders", "dates": [DAY]})
    office.put(of_place(office, f"overrides/{DAY}"), {"windows": [["12:00", "13:00"]]})
    assert starts(office) == ["2027-03-02T17:00:00Z"]


def test_a_closure_takes_its_time_widened_to_whole_minutes(office: Office) -> None:
    path = of_place(office, "closures")
    body = {"start": "2027-03-02T09:00:59.5-05:00", "end": "2027-03-02T16:00:00.1Z", "reason": "Burst pipe"}
    closed = office.post(path, body).json()
    assert closed["start"] == "2027-03-02T14:00:00Z"
    assert closed["end"] == "2027-03-02T16:01:00Z"
    assert starts(office) == OPEN_HOURS[3:]
    assert office.items(path) == [closed]
    assert office.delete(f"{path}/{closed['id']}").status_code == 204
    assert starts(office) == OPEN_HOURS
    assert said(office.delete(f"{path}/{closed['id']}")) == (404, "not_found")


def test_days_come_in_pages_by_date(office: Office) -> None:
    dates = [f"2027-05-{day:02}" for day in (3, 1, 2)]
    office.post(of_place(office, "holidays"), {"name": "May", "dates": dates})
    for day in dates:
        office.put(
            of_place(office, f"overrides/{day}"), {"windows": [["09:00", "10:00"], ["11:00", "12:00"]]}
        )
    for what in ("holidays", "overrides"):
        first = office.seen(of_place(office, f"{what}?limit=2"))
        rest = office.seen(of_place(office, f"{what}?limit=2&after={first['next']}"))
        assert [each["date"] for each in first["items"] + rest["items"]] == sorted(dates)
        assert rest["next"] is None
        assert office.items(of_place(office, f"{what}?after={2**31 - 1}")) == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("holidays", {"name": "x", "dates": []}),
        ("holidays", {"name": "", "dates": [DAY]}),
        ("holidays", {"name": "x" * 81, "dates": [DAY]}),
        ("holidays", {"name": "x", "dates": ["1066-10-14"]}),
        ("holidays", {"name": "x", "dates": ["2027-02-30"]}),
        ("closures", {"start": "2027-03-02T14:00:00Z", "end": "2027-03-02T14:00:00Z"}),
        ("closures", {"start": "2027-03-02T14:00:00Z", "end": "2027-03-02T13:00:00Z"}),
        ("closures", {"start": "2027-03-02T14:00:00", "end": "2027-03-02T15:00:00"}),
        ("closures", {"start": "2027-03-02T14:00:00Z", "end": "9999-12-31T23:59:59Z"}),
        (
            "closures",
            {"start": "2027-03-02T14:00:00Z", "end": "2027-03-02T15:00:00Z", "reason": "x" * 201},
        ),
    ],
    ids=str,
)
def test_what_is_no_holiday_and_no_closure_is_malformed(
    office: Office, path: str, body: dict[str, Any]
) -> None:
    assert said(office.post(of_place(office, path), body)) == (422, "malformed")
    assert office.items(of_place(office, path)) == []


@pytest.mark.parametrize(
    "windows", [[["10:00", "12:00"], ["11:00", "13:00"]], [["13:00", "12:00"]], None, [[]]]
)
def test_windows_of_a_date_lie_apart_and_run_forward(office: Office, windows: Any) -> None:
    assert said(office.put(of_place(office, f"overrides/{DAY}"), {"windows": windows})) == (422, "malformed")


@pytest.mark.parametrize("day", ["2027-02-29", "tomorrow", "0001-01-01", "2200-01-01"])
def test_a_date_that_is_none_is_malformed(office: Office, day: str) -> None:
    assert said(office.put(of_place(office, f"overrides/{day}"), {"windows": []})) == (422, "malformed")
    assert said(office.delete(of_place(office, f"holidays/{day}"))) == (422, "malformed")
