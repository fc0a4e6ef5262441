"""The chats of staff: linked by a code that is said there once, in time, and that cannot be guessed."""

from typing import Any

import pytest
from sqlalchemy import select, update

from scheduler_core.businesses.models import StaffMember
from scheduler_core.permissions.models import AuditEntry, ChatCode
from tests.builders.clock import MONDAY
from tests.builders.core import Core
from tests.builders.salon import a_salon
from tests.scheduler_core.permissions.holders import a_key, system

ANAS = "+15550100"


def a_code(core: Core, **more: Any) -> str:
    answer = core.ask("POST", f"staff/{core.salon.ana}/chat-codes", more)
    assert answer.status_code == 201, answer.text
    code: str = answer.json()["code"]
    return code


def claimed(core: Core, code: str, address: str = ANAS) -> Any:
    answer = core.ask("POST", "staff-chats/claim", {"channel": "sms", "address": address, "code": code})
    assert answer.status_code == 200, answer.text
    return answer.json()


def anas_chat(core: Core) -> int:
    claimed(core, a_code(core))
    chat: int = core.ask("GET", f"staff/{core.salon.ana}/chats").json()["items"][0]["id"]
    return chat


def chats_of(core: Core, staff_id: int) -> list[tuple[str, str]]:
    shown = core.ask("GET", f"staff/{staff_id}/chats").json()["items"]
    return [(chat["address"], chat["role"]) for chat in shown]


def test_whoever_says_the_code_is_that_person_from_then_on(core: Core) -> None:
    assert claimed(core, a_code(core).lower())["outcome"] == "linked"
    assert chats_of(core, core.salon.ana) == [(ANAS, "staff")]
    assert chats_of(core, core.salon.ben) == []


def test_a_code_is_shown_once_and_kept_nowhere(core: Core) -> None:
    code = a_code(core)
    assert (code.isdigit(), code.isalpha()) == (False, False)
    kept = core.write(lambda session: session.execute(select(ChatCode.__table__)).one())
    changes = core.write(lambda session: str(session.execute(select(AuditEntry.facts)).all()))
    assert code not in str(kept) + changes


def test_a_code_links_one_chat(core: Core) -> None:
    code = a_code(core)
    claimed(core, code)
    assert claimed(core, code, "+15550199")["outcome"] == "unknown"
    assert chats_of(core, core.salon.ana) == [(ANAS, "staff")]


def test_only_the_newest_code_links_and_only_for_a_quarter_of_an_hour(core: Core) -> None:
    older, newer = a_code(core), a_code(core)
    assert claimed(core, older)["outcome"] == "unknown"
    core.clock.move(minutes=15)
    assert claimed(core, newer)["outcome"] == "unknown"


def test_who_guesses_is_not_heard_until_later_though_the_guess_be_right(core: Core) -> None:
    code = a_code(core)
    guesses = [claimed(core, f"BBBB234{n}")["outcome"] for n in range(2, 8)]
    assert guesses == ["unknown"] * 5 + ["too_many"]
    assert claimed(core, code)["outcome"] == "too_many"
    core.clock.move(minutes=3)
    assert claimed(core, code)["outcome"] == "linked"


def test_a_code_of_one_business_is_unknown_to_another(core: Core) -> None:
    other = core.write(lambda session: a_salon(session, MONDAY))
    said = {"channel": "sms", "address": ANAS, "code": a_code(core)}
    answer = core.ask("POST", f"/v1/businesses/{other.id}/staff-chats/claim", said)
    assert answer.json()["outcome"] == "unknown"


def test_the_code_of_somebody_who_has_left_links_nothing(core: Core) -> None:
    code = a_code(core)
    left = update(StaffMember).where(StaffMember.id == core.salon.ana).values(archived_at=MONDAY)
    core.write(lambda session: session.execute(left))
    assert claimed(core, code)["outcome"] == "unknown"


def test_a_chat_goes_over_to_whoever_says_a_code_of_theirs_there(core: Core) -> None:
    claimed(core, a_code(core))
    of_ben = core.ask("POST", f"staff/{core.salon.ben}/chat-codes").json()["code"]
    claimed(core, of_ben)
    assert (chats_of(core, core.salon.ana), chats_of(core, core.salon.ben)) == ([], [(ANAS, "staff")])


def test_a_chat_that_is_unlinked_is_nobodys(core: Core) -> None:
    chat = anas_chat(core)
    told = [core.ask("DELETE", f"staff/{core.salon.ana}/chats/{chat}").status_code for _ in range(2)]
    assert told == [204, 404]
    assert chats_of(core, core.salon.ana) == []
    actions = core.write(
        lambda session: session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    )
    assert actions == ["chat_code_made", "chat_linked", "chat_unlinked"]


@pytest.mark.parametrize(
    ("by", "role", "status"),
    [
        ("staff", "staff", 201),
        ("staff", "receptionist", 403),
        ("receptionist", "receptionist", 201),
        ("receptionist", "owner", 403),
        ("owner", "owner", 201),
        ("customer", "staff", 403),
        ("read_only", "staff", 403),
    ],
)
def test_nobody_gives_a_chat_more_than_they_may_themselves(
    core: Core, by: str, role: str, status: int
) -> None:
    answer = a_key(core, by).ask("POST", f"staff/{core.salon.ana}/chat-codes", {"role": role})
    assert answer.status_code == status


def test_staff_link_and_see_their_own_chats_only(core: Core) -> None:
    ana, ben = a_key(core, "staff"), core.salon.ben
    assert ana.told("POST", f"staff/{ben}/chat-codes") == (404, "not_found")
    assert ana.told("GET", f"staff/{ben}/chats") == (404, "not_found")
    assert ana.told("DELETE", f"staff/{ben}/chats/1") == (404, "not_found")
    said = {"channel": "sms", "address": ANAS, "code": a_code(core)}
    assert ana.told("POST", "staff-chats/claim", said) == (403, "forbidden")


def test_what_is_said_in_a_chat_is_said_by_its_person_in_its_role(core: Core) -> None:
    speaking = {"X-Staff-Chat": str(anas_chat(core))}
    ana, ben = core.salon.ana, core.salon.ben
    assert system(core).told("GET", f"staff/{ana}/chats", **speaking) == (200, "")
    assert system(core).told("GET", f"staff/{ben}/chats", **speaking) == (404, "not_found")
    assert system(core).told("GET", "keys", **speaking) == (403, "forbidden")
    assert system(core).told("POST", f"staff/{ana}/chat-codes", **speaking) == (201, "")
    actors = core.write(
        lambda session: session.scalars(select(AuditEntry.actor).order_by(AuditEntry.id)).all()
    )
    assert actors[-1] == f"staff, staff member {ana}, chat {speaking['X-Staff-Chat']}"


def test_only_the_installation_speaks_for_a_chat_and_only_while_it_is_linked(core: Core) -> None:
    chat = anas_chat(core)
    speaking = {"X-Staff-Chat": str(chat)}
    assert a_key(core, "owner").told("GET", "keys", **speaking) == (401, "not_allowed")
    core.ask("DELETE", f"staff/{core.salon.ana}/chats/{chat}")
    assert system(core).told("GET", "keys", **speaking) == (401, "not_allowed")


def test_a_code_that_comes_twice_from_one_chat_is_answered_alike(core: Core) -> None:
    code = a_code(core)
    assert [claimed(core, code)["outcome"] for _ in range(2)] == ["linked", "linked"]
