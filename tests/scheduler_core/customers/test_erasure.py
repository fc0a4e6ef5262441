"""A person who is erased is nowhere to be found; what they leave is the number of their visits."""

import json
import logging
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from scheduler_core.appointments.models import Appointment, Series
from scheduler_core.appointments.notices import tell_noticed
from scheduler_core.availability.models import Hold, Reservation
from scheduler_core.customers.models import Customer
from scheduler_core.db.base import Base
from scheduler_core.outbox import InboundRecord, Plan, due
from scheduler_core.outbox.models import FeedEntry, InboundMessage, Job, OutboundMessage
from scheduler_core.outbox.store import Store
from scheduler_core.permissions.models import AnsweredRequest, ApiKey, AuditEntry
from scheduler_core.waitlist.models import WaitlistEntry
from tests.builders.core import MONDAY, Core
from tests.scheduler_core.customers.lives import (
    ATTENDEE,
    NOTE,
    PHONE,
    PROVIDER_ID,
    REASON,
    SAID,
    WEB,
    WORDS,
    Life,
    a_life,
    a_visit,
)


def erase(core: Core, customer: int, key: str = "erase-1") -> Any:
    answer = core.ask("POST", f"customers/{customer}/erase", key=key)
    assert answer.status_code == 200, answer.text
    return answer.json()


def found(core: Core, words: Iterable[str] = WORDS) -> set[tuple[str, str]]:
    """(word, table.column) wherever one of the words is kept, in whatever case and however deep."""
    return {(word, place) for place, text in everything(core) for word in words if word.casefold() in text}


def everything(core: Core) -> Iterator[tuple[str, str]]:
    """Every value of every column of every table, as text."""
    with core.database.read() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                for column, value in row.items():
                    yield (
                        f"{table.name}.{column}",
                        json.dumps(value, ensure_ascii=False, default=str).casefold(),
                    )


def rows(core: Core, table: type[Base], *where: Any) -> int:
    with core.database.read() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def test_nothing_of_the_person_is_found_in_any_column_of_any_table(core: Core) -> None:
    life = a_life(core)
    before = found(core)
    assert {word for word, _ in before} == set(WORDS)
    assert {place.partition(".")[0] for _, place in before} == {
        *(
            "customer",
            "contact_point",
            "consent",
            "conversation",
            "draft",
            "appointment",
            "appointment_change",
        ),
        *("waitlist_entry", "inbound_message", "outbound_message", "feed_entry", "job"),
        *("answered_request", "api_key", "feedback", "attachment"),
    }
    erase(core, life.customer)
    assert found(core) == set()


def test_no_log_names_the_person(core: Core, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="scheduler_core"):
        life = a_life(core)
        core.ask("GET", f"customers?name=Quagmire&address={WEB}")
        core.ask("GET", f"customers/{life.customer}/export")
        erase(core, life.customer)
    said = [r.getMessage().casefold() for r in caplog.records if r.name.startswith("scheduler_core")]
    assert any("erased" in line for line in said)
    assert not [line for line in said for word in WORDS if word.casefold() in line]


def test_visits_stay_to_be_counted(core: Core) -> None:
    life = a_life(core)
    erase(core, life.customer)
    shown = core.ask("GET", f"customers/{life.customer}").json()
    assert (shown["name"], shown["contact_points"]) == (None, [])
    assert shown["erased_at"] == core.clock().isoformat().replace("+00:00", "Z")
    assert shown["counts"] == {
        "visits_upcoming": 0,
        "visits_past": 1,
        "visits_cancelled": 2,
        "visits_noshow": 0,
        "waiting": 0,
        "conversations": 0,
    }
    assert rows(core, Series) == 1


def test_visits_to_come_are_cancelled_and_staff_are_told_without_a_name(core: Core) -> None:
    life = a_life(core)
    erase(core, life.customer)
    with core.database.read() as session:
        assert session.get_one(Appointment, life.coming_visit).status == "cancelled"
        told = session.scalars(
            select(OutboundMessage.text).where(OutboundMessage.kind == "staff_cancelled")
        ).one()
    assert told.startswith(f"Cancelled: Customer {life.customer}, Haircut with Ana")
    assert rows(core, Reservation, Reservation.appointment_id == life.coming_visit) == 0


def test_held_time_is_free_and_nobody_waits_any_longer(core: Core) -> None:
    life = a_life(core)
    erase(core, life.customer)
    assert rows(core, Hold) == 0
    with core.database.read() as session:
        entry = session.get_one(WaitlistEntry, life.entry)
        assert (entry.state, entry.ended_at) == ("left", core.clock())


def test_what_was_still_to_be_answered_or_sent_is_not(core: Core) -> None:
    life = a_life(core)
    store = Store(core.database, core.clock, core.salon.id)
    turn = store.claim_turn("worker")
    erase(core, life.customer)
    assert turn is not None
    assert not store.is_mine(turn)
    assert not store.finish_turn(turn, [Plan("too late")])
    core.clock.move(hours=1)
    assert store.claim_turn("worker") is None
    assert store.claim_sending("worker") is None
    for table in (FeedEntry, InboundMessage):
        assert rows(core, table) == 0, table
    assert rows(core, Job, Job.queue != due.QUEUE) == 0
    assert rows(core, OutboundMessage, OutboundMessage.channel != "desk") == 0


def test_notices_about_others_stay_as_they_were(core: Core) -> None:
    life = a_life(core)
    other = core.ask("POST", f"conversations/{core.salon.conversation}/handoff", {"reason": "help"}, key="h")
    assert other.is_success
    erase(core, life.customer)
    with core.database.read() as session:
        told = session.scalars(select(OutboundMessage.text).order_by(OutboundMessage.id)).all()
    assert "Maria (terminal) help" in told
    assert f"Customer {life.customer} (web) " in told


@pytest.mark.parametrize(
    ("listed", "left"),
    [
        ("Wilhelmina Quagmire, Tue 9:00; Maria, Tue 10:00", "{}; Maria, Tue 10:00"),
        ("Wilhelmina Quagmire; jr., Tue 9:00; Maria, Tue 10:00", "{}"),
    ],
    ids=["one after the other", "nobody knows where one ends"],
)
def test_a_notice_on_several_visits_keeps_what_it_says_of_others(core: Core, listed: str, left: str) -> None:
    life = a_life(core)
    other = core.write(lambda session: a_visit(session, core, core.salon.customer, 3).id)
    facts = {"visits": listed, "appointment_ids": [life.coming_visit, other], "count": 2}
    core.write(
        lambda session: tell_noticed(session, core.salon.id, "en", "staff_flagged", "why", facts, MONDAY)
    )
    shown = core.ask("GET", f"customers/{life.customer}/export").json()["notices_to_staff"][-1]
    assert "Maria" not in str(shown)
    erase(core, life.customer)
    assert found(core) == set()
    with core.database.read() as session:
        about = select(OutboundMessage.text).where(OutboundMessage.kind == "staff_flagged")
        told = session.scalars(about).one()
    assert told == f"2 visits no longer fit: {left.format(f'Customer {life.customer}')}."


def test_other_people_lose_nothing(core: Core) -> None:
    core.write(lambda session: a_visit(session, core, core.salon.customer, 3, note=NOTE).id)
    before = {place for place, text in everything(core) if "maria" in text or NOTE in text}
    life = a_life(core)
    erase(core, life.customer)
    assert {place for place, text in everything(core) if "maria" in text or NOTE in text} == before


def test_a_kept_answer_keeps_its_ids_and_loses_the_words(core: Core) -> None:
    life = a_life(core)
    erase(core, life.customer)
    with core.database.read() as session:
        kept = session.scalars(select(AnsweredRequest.answer).where(AnsweredRequest.key == "book-1")).one()
    assert kept == {
        "id": life.past_visit,
        "customer_id": life.customer,
        "note": None,
        "attendee": None,
        "status": "booked",
    }


def test_what_was_booked_moved_and_cancelled_over_http_is_forgotten_as_well(core: Core) -> None:
    life = a_life(core)
    words = {"customer_id": life.customer, "note": NOTE, "attendee": ATTENDEE, "staff_id": core.salon.ben}
    kept = core.booked("2027-03-03T15:00:00Z", key="book-kept", **words)
    moved = core.move(core.booked("2027-03-03T17:00:00Z", **words), "2027-03-03T19:00:00Z").json()
    reason = {"expected_version": moved["version"], "reason": REASON}
    assert core.ask("POST", f"appointments/{moved['id']}/cancel", reason, key="cancel-1").is_success
    erase(core, life.customer)
    assert found(core) == set()
    again = core.book("2027-03-03T15:00:00Z", key="book-kept", **words)
    assert (again.status_code, again.json()) == (201, kept | {"note": None, "attendee": None})
    assert core.ask("GET", f"appointments/{kept['id']}").json()["status"] == "cancelled"
    core.booked("2027-03-03T15:00:00Z", staff_id=core.salon.ben)


def test_the_cancellation_of_who_is_forgotten_cannot_be_undone(core: Core) -> None:
    life = a_life(core)
    erase(core, life.customer)
    version = core.ask("GET", f"appointments/{life.coming_visit}").json()["version"]
    undone = core.ask(
        "POST", f"appointments/{life.coming_visit}/undo", {"expected_version": version}, key="undo-1"
    )
    assert (undone.status_code, undone.json()["code"]) == (410, "customer_erased")


def test_the_person_s_keys_open_nothing_any_more(core: Core) -> None:
    life = a_life(core)
    erase(core, life.customer)
    with core.database.read() as session:
        key = session.scalars(select(ApiKey)).one()
    assert (key.label, key.revoked_at) == ("", core.clock())


def test_it_is_on_record_once_and_says_nothing_about_the_person(core: Core) -> None:
    life = a_life(core)
    erase(core, life.customer)
    erase(core, life.customer, key="erase-2")
    with core.database.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "erased")).one()
    assert (entry.subject_kind, entry.subject_id, entry.facts) == ("customer", life.customer, {})


def test_twice_is_once(core: Core) -> None:
    life = a_life(core)
    first = erase(core, life.customer)
    core.clock.move(days=1)
    assert erase(core, life.customer) == first
    assert erase(core, life.customer, key="erase-2") == first


def test_a_second_sweep_finds_what_came_in_between(core: Core) -> None:
    life = a_life(core)
    erase(core, life.customer)
    core.write(lambda session: a_visit(session, core, life.customer, 9, note=NOTE).id)
    erase(core, life.customer, key="erase-2")
    assert found(core) == set()
    assert core.ask("GET", f"customers/{life.customer}").json()["counts"]["visits_upcoming"] == 0


def test_who_writes_again_is_somebody_new(core: Core) -> None:
    life = a_life(core)
    erase(core, life.customer)
    store = Store(core.database, core.clock, core.salon.id)
    assert not store.hear(InboundRecord("web", PROVIDER_ID, WEB, "text", SAID)).duplicate
    opened = core.ask("POST", "conversations/open", {"channel": "web", "address": WEB}).json()
    assert opened["customer"]["id"] != life.customer
    assert (opened["customer"]["name"], opened["appointments"], opened["draft"]["version"]) == (None, [], 0)
    assert not opened["customer"]["opted_out"]


def test_an_address_that_has_become_another_s_is_left_to_them(core: Core) -> None:
    life = a_life(core)
    points = core.ask("GET", f"customers/{life.customer}").json()["contact_points"]
    phone = next(point["id"] for point in points if point["address"] == PHONE)
    assert core.ask("DELETE", f"customers/{life.customer}/contact-points/{phone}").status_code == 204
    new = {"channel": "sms", "address": PHONE}
    assert core.ask("POST", f"customers/{core.salon.customer}/contact-points", new).status_code == 201
    erase(core, life.customer)
    assert {place for word, place in found(core)} == {"contact_point.address"}
    mine = core.ask("GET", f"customers/{core.salon.customer}").json()["contact_points"]
    assert PHONE in {point["address"] for point in mine}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"name": "Back again"}),
        ("POST", "/contact-points", {"channel": "sms", "address": "+1"}),
        ("POST", "/consent", {"channel": "web", "address": WEB, "granted": True, "evidence": "yes"}),
    ],
    ids=["name", "address", "consent"],
)
def test_nothing_is_added_to_who_has_been_erased(core: Core, method: str, path: str, body: Any) -> None:
    life = a_life(core)
    erase(core, life.customer)
    answer = core.ask(method, f"customers/{life.customer}{path}", body)
    assert (answer.status_code, answer.json()["code"]) == (410, "customer_erased")


def test_a_customer_of_nobody_cannot_be_erased(core: Core) -> None:
    assert core.ask("POST", "customers/9999/erase", key="x").status_code == 404


def test_the_row_itself_is_kept(core: Core) -> None:
    life: Life = a_life(core)
    erase(core, life.customer)
    with core.database.read() as session:
        kept = session.get_one(Customer, life.customer)
    assert (kept.name, kept.erased_at) == (None, core.clock())


def test_the_last_word_is_all_that_is_kept_of_what_was_said(core: Core) -> None:
    life = a_life(core)
    farewell = {"channel": "web", "address": WEB, "text": "Done: all deleted."}
    for _ in range(2):
        answer = core.ask("POST", f"customers/{life.customer}/erase", {"farewell": farewell}, key="bye")
        assert answer.status_code == 200, answer.text
    with core.database.read() as session:
        said = session.scalars(select(OutboundMessage.text).where(OutboundMessage.address == WEB)).all()
    assert said == ["Done: all deleted."]


def test_nobody_else_hears_a_farewell(core: Core) -> None:
    life = a_life(core)
    farewell = {"channel": "terminal", "address": "maria", "text": "Done: all deleted."}
    assert core.ask("POST", f"customers/{life.customer}/erase", {"farewell": farewell}, key="bye").is_success
    with core.database.read() as session:
        wanted = select(OutboundMessage.text).where(OutboundMessage.text == farewell["text"])
        assert session.scalars(wanted).all() == []
