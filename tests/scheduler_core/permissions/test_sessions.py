"""Signed sessions: a role for some minutes, which nobody else can sign and which ends with its key or its person."""

import base64
import json
from typing import Any

import jwt
import pytest
from sqlalchemy import select, update

from scheduler_core.businesses.models import StaffMember
from scheduler_core.customers.models import Customer
from scheduler_core.permissions.models import AuditEntry
from scheduler_core.permissions.tokens import signing_secret
from scheduler_core.settings import Settings
from tests.builders.clock import MONDAY
from tests.builders.core import Core
from tests.builders.salon import a_salon
from tests.scheduler_core.permissions.holders import a_key, a_session, bearing, somebody, system

LET_IN, SENT_AWAY = (200, ""), (401, "not_allowed")
ROLES = ["owner", "manager", "receptionist", "staff", "customer", "read_only"]


def said(core: Core, **other: Any) -> dict[str, Any]:
    """What an owner's session says that is good for an hour, or something else."""
    now = int(core.clock().timestamp())
    good = {"iss": "frontdesk", "aud": "frontdesk-core", "iat": now, "exp": now + 3600}
    return good | {"role": "owner", "business": core.salon.id} | other


def signed(core: Core, algorithm: str = "HS256", settings: Settings | None = None, **other: Any) -> str:
    return jwt.encode(said(core, **other), signing_secret(settings or core.settings), algorithm)


@pytest.mark.parametrize("role", ROLES)
def test_a_session_opens_what_its_role_opens(core: Core, role: str) -> None:
    holder = a_session(core, role)
    assert holder.told("GET", "/desk/sign") == LET_IN
    assert holder.told("GET", "keys")[0] == (200 if role in ("owner", "manager") else 403)


def test_a_session_ends_when_it_said(core: Core) -> None:
    holder = a_session(core, "owner", minutes=30)
    assert holder.given["expires_at"] == "2027-03-01T14:30:00Z"
    core.clock.move(minutes=30, seconds=-1)
    assert holder.told("GET", "keys") == LET_IN
    core.clock.move(seconds=1)
    assert holder.told("GET", "keys") == SENT_AWAY


@pytest.mark.parametrize("minutes", [0, -1, 721, 10**30, None, "soon"])
def test_no_session_lasts_longer_than_twelve_hours(core: Core, minutes: Any) -> None:
    assert core.ask("POST", "sessions", {"role": "owner", "minutes": minutes}).status_code == 422


@pytest.mark.parametrize("issuer", ["owner", "manager", "receptionist"])
def test_nobody_issues_a_role_above_their_own(core: Core, issuer: str) -> None:
    holder = a_key(core, issuer)
    issued = [role for role in ROLES if holder.told("POST", "sessions", somebody(core, role)) == (201, "")]
    assert issued == ROLES[ROLES.index(issuer) :]


@pytest.mark.parametrize("issuer", ["staff", "customer", "read_only"])
def test_who_serves_or_is_served_issues_none(core: Core, issuer: str) -> None:
    holder = a_key(core, issuer)
    for role in ROLES:
        assert holder.told("POST", "sessions", somebody(core, role)) == (403, "forbidden")


def test_no_session_is_the_system_s(core: Core) -> None:
    assert core.ask("POST", "sessions", {"role": "system"}).status_code == 422


def test_a_session_issued_within_a_session_ends_with_it(core: Core) -> None:
    first = a_session(core, "owner", minutes=10)
    core.clock.move(minutes=5)
    assert a_session(core, "owner", by=first, minutes=720).given["expires_at"] == first.given["expires_at"]


def test_a_session_ends_with_the_key_it_was_issued_with(core: Core) -> None:
    key = a_key(core, "owner")
    first = a_session(core, "manager", by=key)
    second = a_session(core, "receptionist", by=first)
    assert [holder.told("GET", "/desk/sign") for holder in (first, second)] == [LET_IN, LET_IN]
    core.ask("DELETE", f"keys/{key.given['id']}")
    assert [holder.told("GET", "/desk/sign") for holder in (first, second)] == [SENT_AWAY, SENT_AWAY]


def test_a_session_ends_when_its_person_leaves(core: Core) -> None:
    staff, customer = a_session(core, "staff"), a_session(core, "customer")
    assert [holder.told("GET", "/desk/sign") for holder in (staff, customer)] == [LET_IN, LET_IN]
    core.write(
        lambda session: (
            session.execute(update(StaffMember).values(archived_at=MONDAY)),
            session.execute(update(Customer).values(erased_at=MONDAY)),
        )
    )
    assert [holder.told("GET", "/desk/sign") for holder in (staff, customer)] == [SENT_AWAY, SENT_AWAY]


def test_a_session_reaches_no_other_business(core: Core) -> None:
    holder = a_session(core, "owner")
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    assert holder.told("GET", "keys") == (404, "not_found")


def test_another_installation_s_session_opens_nothing(core: Core) -> None:
    elsewhere = Settings.model_validate({"home": core.settings.home, "api_key": "another installation's key"})
    assert bearing(core, signed(core)).told("GET", "keys") == LET_IN
    assert bearing(core, signed(core, settings=elsewhere)).told("GET", "keys") == SENT_AWAY


@pytest.mark.parametrize(
    "other",
    [
        {"aud": "elsewhere"},
        {"iss": "somebody"},
        {"aud": None},
        {"role": "king"},
        {"exp": None},
        {"exp": 0},
        {"exp": "never"},
        {"business": "all"},
        {"role": "staff", "staff": 987654},
        {"role": "customer", "customer": 987654},
        {"key": 987654},
    ],
    ids=str,
)
def test_a_paper_that_says_something_else_opens_nothing(core: Core, other: dict[str, Any]) -> None:
    assert bearing(core, signed(core, **other)).told("GET", "/desk/sign") == SENT_AWAY


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_only_the_one_algorithm_is_believed(core: Core) -> None:
    assert bearing(core, signed(core, "HS512")).told("GET", "keys") == SENT_AWAY


def part(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def forgeries(core: Core) -> dict[str, str]:
    head, body, signature = signed(core, role="read_only").split(".")
    better = part(said(core))
    return {
        "no algorithm, no signature": f"{part({'alg': 'none', 'typ': 'JWT'})}.{better}.",
        "no algorithm, some signature": f"{part({'alg': 'none'})}.{better}.{signature}",
        "a better role under the old signature": f"{head}.{better}.{signature}",
        "signature cut off": f"{head}.{body}.",
        "signature changed": f"{head}.{body}.{'A' * len(signature)}",
        "two parts": f"{head}.{body}",
        "not JSON": f"{head}.AAAA.{signature}",
        "no words": "....",
        "one word": "token",
        "a foreign word": "clé",
        "very long": "A" * 20_000,
        "very deep": f"{'W1tb' * 2_000}.AAAA.AAAA",
    }


def test_no_forgery_opens_anything(core: Core) -> None:
    for name, token in forgeries(core).items():
        headers = [(b"X-API-Key", b""), (b"Authorization", f"Bearer {token}".encode())]
        answer = core.http.get(f"/v1/businesses/{core.salon.id}/keys", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == SENT_AWAY, name
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Basic b3duZXI6", "Bearer", "bearer x", ""])
def test_only_a_bearer_of_a_session_is_heard(core: Core, header: str) -> None:
    holder = bearing(core, "")
    assert holder.told("GET", "keys", Authorization=header) == SENT_AWAY


def test_a_key_is_heard_before_a_session(core: Core) -> None:
    session = a_session(core, "owner")
    assert session.told("GET", "keys", **a_key(core, "read_only").headers) == (403, "forbidden")
    assert session.told("GET", "keys", **{"X-API-Key": "wrong"}) == SENT_AWAY
    assert session.told("GET", "keys", **{"X-API-Key": ""}) == LET_IN


def test_issuing_a_session_is_on_record(core: Core) -> None:
    key = a_key(core, "owner")
    a_session(core, "customer", by=key, minutes=15)
    entry = core.write(
        lambda session: session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    )
    who = core.salon.customer
    assert (entry.action, entry.subject_kind, entry.subject_id) == ("session_issued", "customer", who)
    assert entry.customer_id == who
    assert entry.facts == {"role": "customer", "expires_at": "2027-03-01T14:15:00+00:00"}
    assert system(core).told("GET", "audit") == LET_IN
