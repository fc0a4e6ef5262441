"""Keys: made by who may, shown once, and of no use from the moment they are revoked or their person leaves."""

from typing import Any

import pytest
from sqlalchemy import select, text, update

from scheduler_core.businesses.models import StaffMember
from scheduler_core.customers.models import Customer
from scheduler_core.permissions.models import ApiKey, AuditEntry
from tests.builders.clock import MONDAY
from tests.builders.core import Core
from tests.builders.salon import a_salon
from tests.scheduler_core.permissions.holders import a_key, a_session, somebody, system

ROLES = ["owner", "manager", "receptionist", "staff", "customer", "read_only"]


def keys_of(core: Core) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = core.ask("GET", "keys").json()["items"]
    return shown


def test_a_secret_is_shown_once_and_kept_nowhere(core: Core) -> None:
    secret = a_key(core, "owner").given["secret"]
    answer = core.ask("GET", "keys")
    assert secret not in answer.text
    assert [(key["label"], key["role"], key["revoked_at"]) for key in answer.json()["items"]] == [
        ("Front desk", "owner", None)
    ]
    kept = core.write(lambda session: session.execute(select(ApiKey.__table__)).one())
    assert secret not in str(kept)
    assert secret not in core.write(lambda session: str(session.execute(select(AuditEntry.facts)).all()))


def test_no_two_keys_are_alike(core: Core) -> None:
    assert a_key(core, "owner").given["secret"] != a_key(core, "owner").given["secret"]


def test_a_revoked_key_opens_nothing_from_that_moment(core: Core) -> None:
    owner = a_key(core, "owner")
    assert owner.told("GET", "keys") == (200, "")
    for _ in range(2):
        assert core.ask("DELETE", f"keys/{owner.given['id']}").status_code == 204
    assert owner.told("GET", "keys") == (401, "not_allowed")
    assert keys_of(core)[0]["revoked_at"] == "2027-03-01T14:00:00Z"
    actions = core.write(
        lambda session: session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    )
    assert actions == ["key_made", "key_revoked"]


@pytest.mark.parametrize("role", ROLES)
def test_only_owners_and_the_system_make_and_revoke_owners_keys(core: Core, role: str) -> None:
    owners = a_key(core, "owner").given["id"]
    holder = a_key(core, role)
    made = holder.told("POST", "keys", {**somebody(core, "owner"), "label": "x"})
    revoked = holder.told("DELETE", f"keys/{owners}")
    assert [made[0], revoked[0]] == ([201, 204] if role == "owner" else [403, 403])


def test_a_manager_makes_keys_up_to_a_manager_s(core: Core) -> None:
    manager = a_key(core, "manager")
    for role in ROLES[1:]:
        assert a_key(core, role, by=manager).told("GET", "/desk/sign") == (200, "")


@pytest.mark.parametrize("role", ["system", "king", ""])
def test_no_key_has_the_system_s_role_or_one_unheard_of(core: Core, role: str) -> None:
    assert core.ask("POST", "keys", {"role": role, "label": "x"}).status_code == 422


@pytest.mark.parametrize(
    "who",
    [
        {"role": "staff"},
        {"role": "customer"},
        {"role": "customer", "staff_id": 1},
        {"role": "customer", "staff_id": 1, "customer_id": 1},
        {"role": "owner", "customer_id": 1},
        {"role": "owner", "label": ""},
        {"role": "owner", "label": "x" * 81},
    ],
)
def test_a_key_names_the_person_its_role_needs(core: Core, who: dict[str, Any]) -> None:
    assert core.ask("POST", "keys", {"label": "x", **who}).status_code == 422


def test_a_key_is_never_tied_to_another_business_s_people(core: Core) -> None:
    other = core.write(lambda session: a_salon(session, MONDAY))
    for who in (
        {"role": "staff", "staff_id": other.ana},
        {"role": "manager", "staff_id": other.ana},
        {"role": "customer", "customer_id": other.customer},
    ):
        for path, more in (("keys", {"label": "x"}), ("sessions", {})):
            answer = core.ask("POST", path, {**who, **more})
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_the_key_of_somebody_who_has_left_opens_nothing(core: Core) -> None:
    staff, manager = a_key(core, "staff"), a_key(core, "manager", staff_id=core.salon.ana)
    assert staff.told("GET", "/desk/sign") == manager.told("GET", "/desk/sign") == (200, "")
    core.write(
        lambda session: session.execute(
            update(StaffMember).where(StaffMember.id == core.salon.ana).values(archived_at=MONDAY)
        )
    )
    assert staff.told("GET", "/desk/sign") == manager.told("GET", "/desk/sign") == (401, "not_allowed")
    assert core.ask("POST", "keys", {**somebody(core, "staff"), "label": "x"}).status_code == 404


def test_the_key_of_somebody_forgotten_opens_nothing(core: Core) -> None:
    customer = a_key(core, "customer")
    assert customer.told("GET", "/desk/sign") == (200, "")
    core.write(
        lambda session: session.execute(
            update(Customer).where(Customer.id == core.salon.customer).values(erased_at=MONDAY)
        )
    )
    assert customer.told("GET", "/desk/sign") == (401, "not_allowed")


def test_a_key_sees_and_revokes_only_its_own_business_s_keys(core: Core) -> None:
    first = a_key(core, "owner")
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    second = a_key(core, "owner")
    assert [key["id"] for key in second.ask("GET", "keys").json()["items"]] == [second.given["id"]]
    assert second.told("DELETE", f"keys/{first.given['id']}") == (404, "not_found")
    assert first.told("GET", "keys") == (404, "not_found")
    assert system(core).told("GET", "/v1/businesses/987654/keys") == (404, "not_found")


def test_a_business_s_key_shows_its_own_desk(core: Core) -> None:
    core.write(lambda session: session.execute(text("UPDATE business SET name = 'First'")))
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    assert a_key(core, "owner").ask("GET", "/desk/sign").json() == {"name": "Salon"}


def test_keys_come_in_pages(core: Core) -> None:
    made = [a_key(core, "read_only").given["id"] for _ in range(3)]
    first = core.ask("GET", "keys?limit=2").json()
    assert ([key["id"] for key in first["items"]], first["next"]) == (made[:2], made[1])
    rest = core.ask("GET", f"keys?limit=2&after={first['next']}").json()
    assert ([key["id"] for key in rest["items"]], rest["next"]) == (made[2:], None)


def test_the_record_names_who_asked_and_why_but_no_person(core: Core) -> None:
    owner = a_key(core, "owner", label="Laptop of the boss")
    for holder in (
        a_key(core, "manager", by=owner, staff_id=core.salon.ana),
        a_session(core, "owner", by=owner),
    ):
        holder.ask("POST", "keys", {"role": "read_only", "label": "x"}, **{"X-Caused-By": "turn 9"})
    rows = core.write(lambda session: session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all())
    key = owner.given["id"]
    assert [row.actor for row in rows] == [
        "system",
        f"owner, key {key} Laptop of the boss",
        f"owner, key {key} Laptop of the boss",
        f"manager, staff member {core.salon.ana}, key {key + 1}",
        f"owner, session of key {key}",
    ]
    assert [row.caused_by for row in rows] == [None, None, None, "turn 9", "turn 9"]
