"""Who cannot be told of the time that is kept for them does not keep the next from it."""

import pytest

from scheduler_core.outbox.records import Receipt
from tests.scheduler_core.permissions.holders import a_key
from tests.scheduler_core.waitlist.offered import Line
from tests.scheduler_core.waitlist.wishes import CoreMaker

FAILS = Receipt("failed", error="30006")
AWAY = Receipt("failed", error="30003", later=True)


@pytest.fixture
def line(a_core: CoreMaker) -> Line:
    """Nine o'clock is kept for Rosa, and Tom is next."""
    line = Line(a_core(hours={1: ((540, 660),)}, ben_hours={5: ((540, 660),)}))
    visit, _ = line.books(9), line.books(10)
    line.waits("rosa"), line.waits("tom")
    line.cancels(visit)
    assert line.open_offers() == [(line.person("rosa"), 9)]
    return line


@pytest.mark.parametrize("receipt", [FAILS, AWAY], ids=["never", "not now"])
def test_what_did_not_arrive_goes_to_the_next_at_once_and_the_team_hears_why(
    line: Line, receipt: Receipt
) -> None:
    line.all_is_sent("rosa", receipt)
    assert line.history() == [(line.person("rosa"), 9, "unreached"), (line.person("tom"), 9, "open")]
    (told,) = line.told("staff_unsent")
    assert "is free now" in told
    assert "could not be told" in a_key(line.core, "owner").ask("GET", "/desk").text
    line.later(hours=5)
    assert len(line.told("waitlist_offer")) == 2


def test_what_may_have_arrived_is_waited_for(line: Line) -> None:
    line.all_is_sent("rosa", Receipt("unknown"))
    assert line.open_offers() == [(line.person("rosa"), 9)]


def test_who_is_not_reached_goes_on_waiting_and_hears_that_it_is_over_if_they_answer(line: Line) -> None:
    line.all_is_sent("rosa", FAILS)
    assert line.answers(line.person("rosa"), "accept").json()["facts"]["state"] == "unreached"
    assert line.core.ask("GET", f"waitlist?customer_id={line.person('rosa')}").json()["items"][0][
        "state"
    ] == ("waiting")


def test_who_wants_no_more_messages_leaves_the_time_to_the_next(line: Line) -> None:
    stop = {"channel": "terminal", "address": "rosa", "granted": False, "evidence": "STOP"}
    answer = line.core.ask("POST", f"customers/{line.person('rosa')}/consent", stop)
    assert answer.is_success, answer.text
    line.later()
    assert line.history() == [(line.person("rosa"), 9, "unreached"), (line.person("tom"), 9, "open")]
    assert line.offers("unreached")[0]["reason"] == "opted_out"
