"""Nothing heard is lost or doubled, one thread is answered in order, and a message is sent by one worker."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from scheduler_core.db import Database
from scheduler_core.outbox import (
    Choice,
    ChoiceRef,
    InboundRecord,
    Link,
    Plan,
    Receipt,
    Sending,
    Store,
    Turn,
    open_store,
    words,
)
from scheduler_core.outbox.jobs import LEASE
from scheduler_core.outbox.outgoing import MARGIN
from scheduler_core.settings import Settings
from tests.builders.core import HandClock

OFFER = Plan("When?", (Choice("9:00", "/choose_alternative{}"),), (Link("Map", "https://example.org"),))
NOW = timedelta(0)


@pytest.fixture
def store(database: Database, clock: HandClock, tmp_path: Path) -> Iterator[Store]:
    url = database.engine.url.render_as_string(hide_password=False)
    opened = open_store(Settings(home=tmp_path, database_url=url), clock)
    yield opened
    opened.close()


def says(store: Store, who: str, *texts: str) -> None:
    for text in texts:
        store.hear(InboundRecord("web", f"{who}-{text}", who, "text", text))


def turn_of(store: Store) -> Turn:
    turn = store.claim_turn("worker")
    assert turn is not None
    return turn


def sending_of(store: Store) -> Sending:
    sending = store.claim_sending("worker")
    assert sending is not None
    return sending


def texts(turn: Turn) -> list[str]:
    return [message.text for message in turn.messages]


def replied(store: Store, who: str, plan: Plan) -> Sending:
    """The reply to something that was said, taken for sending."""
    says(store, who, f"about {plan.text}")
    assert store.finish_turn(turn_of(store), [plan])
    return sending_of(store)


def test_a_message_delivered_five_times_is_heard_once(store: Store) -> None:
    heard = [store.hear(InboundRecord("web", "m1", "maria", "text", "hi")) for _ in range(5)]
    assert [each.duplicate for each in heard] == [False, True, True, True, True]
    assert len({each.inbound_id for each in heard}) == 1
    assert texts(turn_of(store)) == ["hi"]
    assert store.claim_turn("other") is None


def test_delivered_at_once_it_is_heard_once(store: Store) -> None:
    record = InboundRecord("web", "m1", "maria", "text", "hi")
    with ThreadPoolExecutor(6) as pool:
        heard = list(pool.map(lambda _: store.hear(record), range(6)))
    assert [each.duplicate for each in heard].count(False) == 1


def test_what_waits_in_a_thread_is_one_turn_in_order(store: Store) -> None:
    says(store, "maria", "a", "b")
    says(store, "tom", "x")
    says(store, "maria", "c")
    assert texts(turn_of(store)) == ["a", "b", "c"]
    assert texts(turn_of(store)) == ["x"]


def test_a_thread_in_work_waits_and_another_does_not(store: Store) -> None:
    says(store, "maria", "a")
    first = turn_of(store)
    says(store, "maria", "b")
    assert store.claim_turn("other") is None
    store.finish_turn(first, [])
    assert texts(turn_of(store)) == ["b"]


def test_a_turn_tried_again_is_the_same_turn(store: Store, clock: HandClock) -> None:
    says(store, "maria", "a", "b")
    first = turn_of(store)
    store.put_off_turn(first, timedelta(seconds=5), "bot away")
    says(store, "maria", "c")
    assert store.claim_turn("other") is None
    clock.move(seconds=5)
    again = turn_of(store)
    assert (again.turn_id, texts(again), again.attempts) == (first.turn_id, ["a", "b"], 2)


def test_a_turn_of_a_dead_worker_goes_to_another_and_the_dead_one_s_answer_is_dropped(
    store: Store, clock: HandClock
) -> None:
    says(store, "maria", "a")
    dead = turn_of(store)
    clock.now += LEASE
    says(store, "maria", "b")
    alive = turn_of(store)
    assert (alive.turn_id, texts(alive)) == (dead.turn_id, ["a"])
    assert store.finish_turn(dead, [Plan("from the dead")]) is False
    assert store.put_off_turn(dead, NOW, "late", Plan("from the dead")) is False
    assert store.finish_turn(alive, [Plan("hello")]) is True
    assert sending_of(store).plan.text == "hello"


def test_a_turn_is_finished_once(store: Store) -> None:
    says(store, "maria", "a")
    turn = turn_of(store)
    assert store.finish_turn(turn, [Plan("one"), Plan("two")])
    assert not store.finish_turn(turn, [Plan("one"), Plan("two")])
    for expected in ("one", "two"):
        sending = sending_of(store)
        assert sending.plan.text == expected
        store.finish_sending(sending, Receipt("sent"))
    assert store.claim_sending("worker") is None


def test_a_customer_is_told_once_a_turn_that_it_takes_longer(store: Store) -> None:
    says(store, "maria", "a")
    for _ in range(3):
        store.put_off_turn(turn_of(store), NOW, "bot away", Plan("a moment"))
    assert store.finish_sending(sending_of(store), Receipt("sent"))
    assert store.claim_sending("worker") is None


def test_messages_of_a_thread_are_sent_one_after_the_other(store: Store, clock: HandClock) -> None:
    says(store, "maria", "a")
    store.finish_turn(turn_of(store), [Plan("one"), Plan("two")])
    first = sending_of(store)
    assert store.claim_sending("other") is None
    store.put_off_sending(first, timedelta(seconds=3), "busy line")
    assert store.claim_sending("other") is None
    clock.move(seconds=3)
    assert (sending_of(store).plan.text, first.plan.text) == ("one", "one")


def test_a_sender_that_slept_past_its_lease_does_not_send(store: Store, clock: HandClock) -> None:
    slow = replied(store, "maria", OFFER)
    assert store.mine(slow)
    clock.now += LEASE - MARGIN
    assert not store.mine(slow)
    clock.now += MARGIN
    fast = sending_of(store)
    assert (fast.message_id, fast.attempts) == (slow.message_id, 2)
    assert store.finish_sending(slow, Receipt("sent")) is False
    assert store.finish_sending(fast, Receipt("sent")) is True


def test_receipts_only_move_a_message_forward(store: Store) -> None:
    sending = replied(store, "maria", OFFER)
    store.finish_sending(sending, Receipt("sent", "provider-1"))
    assert store.receive("web", Receipt("read", "provider-1"))
    assert not store.receive("web", Receipt("delivered", "provider-1"))
    assert not store.receive("web", Receipt("read", "provider-2"))


def test_a_message_sent_perhaps_turns_out_to_be_sent(store: Store) -> None:
    sending = replied(store, "maria", OFFER)
    store.finish_sending(sending, Receipt("unknown", "provider-1", "timeout"))
    assert [item.who for item in store.feed("web:maria")] == ["customer"]
    assert store.receive("web", Receipt("delivered", "provider-1"))
    assert [item.who for item in store.feed("web:maria")] == ["customer", "us"]


def test_a_page_sees_ours_once_sent_and_skips_nothing(store: Store) -> None:
    sending = replied(store, "maria", OFFER)
    seen = store.feed("web:maria")
    says(store, "maria", "meanwhile")
    seen += store.feed("web:maria", seen[-1].id)
    assert [item.text for item in seen] == ["about When?", "meanwhile"]
    store.finish_sending(sending, Receipt("sent"))
    (late,) = store.feed("web:maria", seen[-1].id)
    assert (late.who, late.text, late.choices, late.links) == ("us", "When?", OFFER.choices, OFFER.links)
    assert late.message_id == sending.message_id
    assert store.feed("web:tom") == []


def test_an_offer_stands_until_something_else_is_said(store: Store) -> None:
    sending = replied(store, "maria", OFFER)
    store.finish_sending(sending, Receipt("sent"))
    offer = store.last_offer("web:maria")
    assert offer is not None
    assert offer.choices == OFFER.choices
    replied(store, "maria", Plan("Done."))
    assert store.last_offer("web:maria") is None


@pytest.mark.parametrize(
    ("thread", "ref", "payload"),
    [
        ("web:maria", lambda message_id: ChoiceRef(message_id, 0), "/choose_alternative{}"),
        ("web:maria", lambda message_id: ChoiceRef(message_id, 1), None),
        ("web:maria", lambda message_id: ChoiceRef(message_id, -1), None),
        ("web:maria", lambda message_id: ChoiceRef(message_id + 1, 0), None),
        ("web:tom", lambda message_id: ChoiceRef(message_id, 0), None),
    ],
    ids=["ours", "never offered", "negative", "no such message", "another's thread"],
)
def test_a_tap_means_only_what_that_thread_was_offered(
    store: Store, thread: str, ref: Callable[[int], ChoiceRef], payload: str | None
) -> None:
    sending = replied(store, "maria", OFFER)
    assert store.choice(thread, ref(sending.message_id)) == payload


def test_a_tap_is_kept_with_its_message(store: Store) -> None:
    store.hear(InboundRecord("web", "m1", "maria", "choice", "9:00", ChoiceRef(5, 1), "Maria"))
    turn = turn_of(store)
    assert (turn.messages[0].choice, turn.display_name) == (ChoiceRef(5, 1), "Maria")


def test_workers_are_woken(store: Store) -> None:
    says(store, "maria", "a")
    assert store.wake.inbound.is_set()
    store.finish_turn(turn_of(store), [OFFER])
    assert store.wake.outbound.is_set()


@pytest.mark.parametrize("said_meanwhile", [["b"], []], ids=["more was said", "no more was said"])
def test_after_a_turn_workers_are_woken_only_for_what_its_thread_said_meanwhile(
    store: Store, said_meanwhile: list[str]
) -> None:
    says(store, "maria", "a")
    turn = turn_of(store)
    says(store, "maria", *said_meanwhile)
    says(store, "tom", "x")
    store.wake.inbound.clear()
    store.finish_turn(turn, [])
    assert store.wake.inbound.is_set() is bool(said_meanwhile)
    assert not store.wake.outbound.is_set()


def test_a_claim_reads_no_finished_work(store: Store, database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by what it has counted")
    says(store, "maria", "a")
    plans: list[str] = []

    @event.listens_for(Engine, "before_cursor_execute")
    def explain(_connection: Connection, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        rows = cursor.connection.execute("EXPLAIN QUERY PLAN " + statement, parameters)
        plans.extend(row[3] for row in rows)

    try:
        turn_of(store)
    finally:
        event.remove(Engine, "before_cursor_execute", explain)
    assert any("ix_job_due" in plan for plan in plans)
    assert any("ix_job_live" in plan for plan in plans)
    assert not [plan for plan in plans if "SCAN" in plan]


def test_many_threads_and_workers_answer_each_message_once_and_in_order(store: Store) -> None:
    for n in range(5):
        for who in range(8):
            says(store, f"customer{who}", str(n))

    def work(_: int) -> list[tuple[str, str]]:
        done = []
        while turn := store.claim_turn("worker"):
            done += [(turn.thread, text) for text in texts(turn)]
            store.finish_turn(turn, [])
        return done

    with ThreadPoolExecutor(4) as pool:
        answered = [pair for part in pool.map(work, range(4)) for pair in part]
    assert len(answered) == len(set(answered)) == 40
    for who in range(8):
        assert [t for thread, t in answered if thread == f"web:customer{who}"] == list("01234")


def test_sentences_have_a_language_and_fall_back_to_english() -> None:
    assert words("xx-YY", "empty") == words("en-GB", "empty")
    assert "Ana" in words("en", "staff_handoff", customer="Ana", channel="web", reason="–", details="")
    with pytest.raises(KeyError):
        words("en", "no such sentence")


def test_characters_that_no_database_holds_lose_no_message(store: Store) -> None:
    store.hear(InboundRecord("web", "m1", "maria", "text", "he\x00llo \ud83d"))
    assert texts(turn_of(store)) == ["hello ?"]
