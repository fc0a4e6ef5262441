"""On the desk a day is closed, or a person kept free: seen first, then said yes to, then told to whom it touches."""

import re
from urllib.parse import urlencode

import httpx
import pytest

from tests.builders.core import Core
from tests.scheduler_core.appointments.steps import at, free
from tests.scheduler_core.appointments.test_customer_notices import heard_of
from tests.scheduler_core.permissions.holders import Holder, a_key

TUESDAY = {"first": "2027-03-02"}


def page(holder: Holder, path: str) -> str:
    answer = holder.ask("GET", path)
    assert answer.status_code == 200, answer.text
    return answer.text


def sends(holder: Holder, path: str, **fields: object) -> httpx.Response:
    headers = holder.headers | {"Content-Type": "application/x-www-form-urlencoded"}
    with httpx.Client(base_url=holder.core.http.base_url, trust_env=False) as http:
        return http.post(path, content=urlencode(fields), headers=headers)


def form_of(shown: str) -> dict[str, str]:
    """What the page's form would send again."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))


@pytest.fixture
def owner(core: Core) -> Holder:
    return a_key(core, "owner")


def test_whom_it_touches_is_seen_before_anything_changes(core: Core, owner: Holder) -> None:
    core.booked(at("10:00"))
    key = form_of(page(owner, "/desk/away"))["key"]
    looked = sends(owner, "/desk/away/look", key=key, whose=f"location {core.salon.location}", **TUESDAY)
    assert "<h1>Main, Tue 2 Mar</h1>" in looked.text
    assert "1 visit is booked then" in looked.text
    assert "<strong>Maria</strong>" in looked.text
    assert (len(free(core)) > 0, heard_of(core)) == (True, [])


def test_a_closed_day_is_told_once_for_each_form_and_the_answers_are_seen(core: Core, owner: Holder) -> None:
    visit = core.booked(at("10:00"))
    whose = f"location {core.salon.location}"
    looked = sends(owner, "/desk/away/look", key="a-form-of-ours", whose=whose, **TUESDAY)
    for _ in range(2):
        kept = sends(owner, "/desk/away/keep", **form_of(looked.text), tell="true")
        core.does_what_is_due()
    assert free(core) == []
    assert len(heard_of(core)) == 1
    shown = page(owner, kept.headers["location"])
    assert "1 customer: 1 has not answered." in shown
    assert core.cancel(visit).status_code == 200
    assert "<td>has cancelled</td>" in page(owner, kept.headers["location"])
    assert f'href="{kept.headers["location"]}"' in page(owner, "/desk")


def test_hours_of_a_person_are_kept_free_and_nobody_need_be_told(core: Core, owner: Holder) -> None:
    core.booked(at("10:00"))
    asked = {"whose": f"staff {core.salon.ana}", "since": "09:00", "until": "12:00", **TUESDAY}
    kept = sends(owner, "/desk/away/keep", key="a-form-of-ours", **asked)
    assert kept.headers["location"] == "/desk"
    assert free(core)[0] == "12:00"
    core.does_what_is_due()
    assert heard_of(core) == []


def test_who_may_not_close_is_offered_the_team_s_time_only(core: Core) -> None:
    receptionist = a_key(core, "receptionist")
    assert "We are closed" not in page(receptionist, "/desk/away")
    whose = f"location {core.salon.location}"
    for step in ("look", "keep"):
        refused = sends(receptionist, f"/desk/away/{step}", key="a-form-of-ours", whose=whose, **TUESDAY)
        assert refused.status_code == 404
    assert len(free(core)) > 0


@pytest.mark.parametrize("fields", [{"first": "soon"}, {"first": "2027-03-02", "last": "2027-03-01"}, {}])
def test_what_is_no_form_of_the_page_is_refused(core: Core, owner: Holder, fields: dict[str, str]) -> None:
    whose = f"staff {core.salon.ana}"
    refused = sends(owner, "/desk/away/keep", key="a-form-of-ours", whose=whose, **fields)
    assert refused.status_code == 422


def test_another_business_s_broadcast_is_not_shown(core: Core, owner: Holder) -> None:
    assert owner.ask("GET", "/desk/tellings/99").status_code == 404
