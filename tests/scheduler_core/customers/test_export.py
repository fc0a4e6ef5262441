"""A person may have everything that is kept about them, in one document."""

import json
from typing import Any

from scheduler_core.db.base import Base
from tests.builders.core import Core
from tests.scheduler_core.customers.lives import (
    ANSWERED,
    ATTENDEE,
    DRAFTED,
    KEY,
    NAME,
    NOTE,
    PHONE,
    REASON,
    SAID,
    STOP,
    WAITING,
    WEB,
    WORDS,
    Life,
    a_life,
)


def exported(core: Core, life: Life) -> Any:
    answer = core.ask("GET", f"customers/{life.customer}/export")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_word_of_theirs_is_in_it(core: Core) -> None:
    document = json.dumps(exported(core, a_life(core)), ensure_ascii=False).casefold()
    assert [word for word in WORDS if word.casefold() not in document] == []


def test_every_table_that_names_a_customer_has_its_part(core: Core) -> None:
    parts = {
        "appointment": "visits",
        "attachment": "attachments",
        "audit_entry": "changes",
        "consent": "consents",
        "contact_link": "links",
        "contact_point": "addresses",
        "conversation": "conversations",
        "series": "series",
        "waitlist_entry": "waitlist",
        "waitlist_offer": "waitlist_offers",
        "api_key": "keys",
        "feedback": "feedback",
        "follow_up": "follow_ups",
    }
    assert set(parts) == {
        table.name for table in Base.metadata.sorted_tables if "customer_id" in table.columns
    }
    document = exported(core, a_life(core))
    assert [part for part in parts.values() if not document[part]] == []


def test_it_says_who_they_are_and_how_they_are_reached(core: Core) -> None:
    document = exported(core, a_life(core))
    assert document["customer"]["name"] == NAME
    assert [point["address"] for point in document["addresses"]] == [WEB, PHONE]
    assert [(word["granted"], word["evidence"]) for word in document["consents"]] == [
        (True, "yes do write"),
        (False, STOP),
    ]


def test_visits_come_with_their_items_and_history(core: Core) -> None:
    document = exported(core, a_life(core))
    assert [visit["status"] for visit in document["visits"]] == ["cancelled", "fulfilled", "booked"]
    cancelled, past, _ = document["visits"]
    assert cancelled["cancel_reason"] == REASON
    assert (past["note"], past["attendee"], past["service"], past["staff"]) == (
        NOTE,
        ATTENDEE,
        "Haircut",
        "Ana",
    )
    assert [item["position"] for item in past["items"]] == [0]
    assert [(change["step"], change["before"]["note"]) for change in past["history"]] == [("fulfil", NOTE)]
    assert [flag["kind"] for flag in past["flags"]] == ["late_start"]


def test_messages_both_ways_drafts_wishes_and_notices_are_in_it(core: Core) -> None:
    document = exported(core, a_life(core))
    assert [message["text"] for message in document["messages_in"]] == [SAID, f"{SAID} again"]
    assert [message["text"] for message in document["messages_out"]] == [ANSWERED, f"{ANSWERED}, {NAME}"]
    assert [draft["state"] for draft in document["drafts"]] == [{"wish": DRAFTED}]
    assert [entry["note"] for entry in document["waitlist"]] == [WAITING]
    assert len(document["holds"]) == 1
    assert {notice["kind"] for notice in document["notices_to_staff"]} == {"staff_handoff"}


def test_no_secret_is_handed_out_and_nobody_else_is_in_it(core: Core) -> None:
    document = exported(core, a_life(core))
    assert [(key["label"], "digest" in key) for key in document["keys"]] == [(KEY, False)]
    assert "maria" not in json.dumps(document).casefold()


def test_that_it_was_handed_out_is_on_record(core: Core) -> None:
    life = a_life(core)
    exported(core, life)
    assert exported(core, life)["changes"][-1]["action"] == "exported"


def test_who_has_been_erased_has_numbers_only(core: Core) -> None:
    life = a_life(core)
    core.ask("POST", f"customers/{life.customer}/erase", key="e")
    document = json.dumps(exported(core, life)).casefold()
    assert [word for word in WORDS if word.casefold() in document] == []
    assert len(exported(core, life)["visits"]) == 3
