"""What a provider takes in a second is one limit, however many workers send."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler_core.db import Database
from scheduler_core.outbox import RateLimit, Store, open_store
from scheduler_core.settings import Settings
from tests.builders.core import HandClock

NOW = timedelta(0)
SENDER = RateLimit("sms:+1", per_second=1, burst=3)
READER = RateLimit("sms:+1:+2", per_second=0.5)


@pytest.fixture
def stores(database: Database, clock: HandClock, tmp_path: Path) -> Iterator[list[Store]]:
    url = database.engine.url.render_as_string(hide_password=False)
    opened = [open_store(Settings(home=tmp_path, database_url=url), clock) for _ in range(2)]
    yield opened
    for store in opened:
        store.close()


def test_a_burst_goes_at_once_and_the_next_waits_its_turn(stores: list[Store], clock: HandClock) -> None:
    one, other = stores
    assert [each.spend([SENDER]) for each in (one, other, one)] == [NOW] * 3
    assert other.spend([SENDER]) == timedelta(seconds=1)
    clock.move(seconds=1)
    assert other.spend([SENDER]) == NOW
    assert one.spend([SENDER]) == timedelta(seconds=1)


def test_waiting_for_one_limit_costs_nothing_of_another(stores: list[Store], clock: HandClock) -> None:
    store, _ = stores
    assert store.spend([SENDER, READER]) == NOW
    assert store.spend([SENDER, READER]) == timedelta(seconds=2)
    assert [store.spend([SENDER]), store.spend([SENDER])] == [NOW, NOW]


def test_what_counts_for_several_makes_the_next_wait_for_all_of_them(
    stores: list[Store], clock: HandClock
) -> None:
    store, _ = stores
    assert store.spend([RateLimit("sms:+9", per_second=1, cost=3)]) == NOW
    assert store.spend([RateLimit("sms:+9", per_second=1)]) == timedelta(seconds=3)


def test_a_pause_that_the_provider_asked_for_holds_for_all(stores: list[Store], clock: HandClock) -> None:
    one, other = stores
    one.hold_back([READER], timedelta(seconds=30))
    assert other.spend([READER]) == timedelta(seconds=30)
    one.hold_back([READER], timedelta(seconds=5))
    clock.move(seconds=30)
    assert other.spend([READER]) == NOW


def test_at_once_no_more_go_than_the_burst(stores: list[Store]) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda n: stores[n % 2].spend([SENDER]), range(16)))
    assert waits.count(NOW) == SENDER.burst


def test_a_pause_of_nobody_knows_whom_is_the_reader_s_until_a_second_reader_is_refused(
    stores: list[Store], clock: HandClock
) -> None:
    store, _ = stores
    readers = [RateLimit(f"{SENDER.key}:{n}", per_second=1, burst=3, one_reader=True) for n in range(4)]
    for _ in range(2):
        store.hold_back([SENDER, readers[0]], timedelta(seconds=30), whose_is_known=False)
    assert store.spend([SENDER, readers[0]]) == timedelta(seconds=30)
    assert store.spend([SENDER, readers[1]]) == NOW
    store.hold_back([SENDER, readers[1]], timedelta(seconds=20), whose_is_known=False)
    assert store.spend([SENDER, readers[2]]) == timedelta(seconds=20)
    clock.move(seconds=31)
    store.hold_back([SENDER, readers[3]], timedelta(seconds=10), whose_is_known=False)
    assert store.spend([SENDER, readers[2]]) == NOW
