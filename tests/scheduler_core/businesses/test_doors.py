"""Nobody reaches another business's rows, narrower roles change nothing, and every change is recorded."""

from datetime import datetime
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler_core.permissions.caller import Caller
from scheduler_core.permissions.models import AuditEntry
from tests.builders.business import BODIES, BUSINESS, Office, said
from tests.builders.core import MONDAY, Core
from tests.builders.salon import a_salon
from tests.scheduler_core.permissions.holders import a_key

DAY = "2027-03-02"
SPAN = {"start": f"{DAY}T14:00:00Z", "end": f"{DAY}T15:00:00Z"}
HOURS = {"weekday": 0, "start": "09:00", "end": "12:00"}


def attempts(ids: dict[str, int], foreign: dict[str, int]) -> dict[str, list[tuple[str, Any]]]:
    """For each endpoint with an id: what one business (``ids``) may try to reach another's rows (``foreign``)."""
    place, staff, service = (foreign[name] for name in ("location", "staff", "service"))
    room, block, closure = (foreign[name] for name in ("resource", "block", "closure"))
    own_place, own_staff = f"locations/{ids['location']}", f"staff/{ids['staff']}"
    work = {"hours": [{**HOURS, "location_id": place}]}
    day = {"location_id": ids["location"], "windows": []}
    own_week = {"hours": [{**HOURS, "location_id": ids["location"]}]}
    of_service = {"needs": [[room]], "addon_ids": [foreign["addon"]], "staff_ids": [staff]}
    tried: dict[str, list[tuple[str, Any]]] = {
        "PUT locations/{location_id}/hours": [(f"locations/{place}/hours", {})],
        "POST locations/{location_id}/holidays": [
            (f"locations/{place}/holidays", {"name": "x", "dates": [DAY]})
        ],
        "POST locations/{location_id}/closures": [(f"locations/{place}/closures", SPAN)],
        "PUT locations/{location_id}/overrides/{day}": [
            (f"locations/{place}/overrides/{DAY}", {"windows": []})
        ],
        "DELETE locations/{location_id}/overrides/{day}": [(f"locations/{place}/overrides/{DAY}", None)],
        "DELETE locations/{location_id}/holidays/{day}": [(f"locations/{place}/holidays/{DAY}", None)],
        "DELETE locations/{location_id}/closures/{closure_id}": [
            (f"locations/{place}/closures/{closure}", None),
            (f"{own_place}/closures/{closure}", None),
        ],
        "POST services": [
            ("services", {**BODIES["services"], name: value}) for name, value in of_service.items()
        ],
        "PATCH services/{service_id}": [
            (f"services/{service}", {"name": "Mine"}),
            *((f"services/{ids['service']}", {name: value}) for name, value in of_service.items()),
        ],
        "POST staff": [("staff", {**BODIES["staff"], "service_ids": [service]})],
        "POST staff/{staff_id}/delay": [(f"staff/{staff}/delay", {"minutes": 30})],
        "PATCH staff/{staff_id}": [
            (f"staff/{staff}", {"name": "Mine"}),
            (own_staff, {"service_ids": [service]}),
        ],
        "PUT staff/{staff_id}/hours": [(f"staff/{staff}/hours", own_week), (f"{own_staff}/hours", work)],
        "PUT staff/{staff_id}/overrides/{day}": [
            (f"staff/{staff}/overrides/{DAY}", day),
            (f"{own_staff}/overrides/{DAY}", {**day, "location_id": place}),
        ],
        "DELETE staff/{staff_id}/overrides/{day}": [(f"staff/{staff}/overrides/{DAY}", None)],
        "POST resources": [("resources", {**BODIES["resources"], "location_id": place})],
        "PATCH resources/{resource_id}": [
            (f"resources/{room}", {"name": "Mine"}),
            (f"resources/{ids['resource']}", {"location_id": place}),
        ],
        "POST blocks": [
            ("blocks", {**SPAN, "staff_id": staff}),
            ("blocks", {**SPAN, "resource_id": room}),
        ],
        "DELETE blocks/{block_id}": [(f"blocks/{block}", None)],
        "PATCH locations/{location_id}": [(f"locations/{place}", {"name": "Mine"})],
    }
    for what in ("location", "service", "staff", "resource"):
        many = what if what == "staff" else f"{what}s"
        for method in ("GET", "DELETE"):
            tried[f"{method} {many}/{{{what}_id}}"] = [(f"{many}/{foreign[what]}", None)]
    for what in ("overrides", "holidays", "closures"):
        tried[f"GET locations/{{location_id}}/{what}"] = [(f"locations/{place}/{what}", None)]
    for what in ("hours", "overrides"):
        tried[f"GET staff/{{staff_id}}/{what}"] = [(f"staff/{staff}/{what}", None)]
    return tried


#: They take no id: what they list or make is the business's own.
WITHOUT_ID = {"GET blocks", "POST locations", *(f"GET {many}" for many in BODIES)}


def filled(office: Office) -> dict[str, int]:
    """The business with one of everything; the ids."""
    salon = office.core.salon
    place = f"locations/{salon.location}"
    office.put(f"{place}/overrides/{DAY}", {"windows": []})
    office.put(f"staff/{salon.ana}/overrides/{DAY}", {"location_id": salon.location, "windows": []})
    office.post(f"{place}/holidays", {"name": "x", "dates": [DAY]})
    return {
        "location": salon.location,
        "service": salon.service,
        "staff": salon.ana,
        "addon": office.made("services", is_addon=True)["id"],
        "resource": office.made("resources")["id"],
        "block": office.post("blocks", {**SPAN, "staff_id": salon.ana}).json()["id"],
        "closure": office.post(f"{place}/closures", SPAN).json()["id"],
    }


def all_of(office: Office) -> list[Any]:
    salon = office.core.salon
    lists = [*BODIES, "blocks", f"staff/{salon.ana}/overrides"]
    lists += [f"locations/{salon.location}/{what}" for what in ("overrides", "holidays", "closures")]
    return [office.items(each) for each in lists] + [office.seen(f"staff/{salon.ana}/hours")]


def endpoints(app: FastAPI) -> set[str]:
    """Those of this room below a business."""
    prefix = "/v1/businesses/{business_id}/"
    return {
        f"{method.upper()} {path.removeprefix(prefix)}"
        for path, methods in app.openapi()["paths"].items()
        for method, operation in methods.items()
        if path.startswith(prefix) and operation["tags"][0] in (*BODIES, "blocks")
    }


def test_no_endpoint_reaches_another_business(office: Office, served_app: tuple[FastAPI, str]) -> None:
    core = office.core
    theirs, foreign, before = core.salon, filled(office), all_of(office)
    core.salon = core.write(lambda session: a_salon(session, MONDAY))
    tried = attempts(filled(office), foreign)
    assert set(tried) | WITHOUT_ID == endpoints(served_app[0])
    flat = [(name, path, body) for name, each in tried.items() for path, body in each]
    for number, (name, path, body) in enumerate(flat):
        answer = core.ask(name.partition(" ")[0], path, body, key=f"try-{number}")
        assert said(answer) == (404, "not_found"), (name, path, body)
    core.salon = theirs
    assert all_of(office) == before


def test_lists_show_the_business_s_own(office: Office) -> None:
    filled(office)
    before = all_of(office)
    theirs, office.core.salon = (
        office.core.salon,
        office.core.write(lambda session: a_salon(session, MONDAY)),
    )
    filled(office)
    office.core.salon = theirs
    assert all_of(office) == before


def test_an_unknown_business_has_no_lists(office: Office) -> None:
    for what in (*BODIES, "blocks"):
        assert said(office.core.ask("GET", f"/v1/businesses/{10**6}/{what}")) == (404, "not_found")
    assert said(office.core.ask("PATCH", f"/v1/businesses/{10**6}", {})) == (404, "not_found")


@pytest.mark.parametrize("role", ["receptionist", "staff", "customer", "read_only"])
def test_narrower_roles_read_the_business_and_change_nothing_of_it(core: Core, role: str) -> None:
    holder = a_key(core, role)
    for what in BODIES:
        assert holder.told("GET", what) == (200, "")
        assert holder.told("POST", what, BODIES[what], **{"Idempotency-Key": what}) == (403, "forbidden")
    assert holder.told("PATCH", f"services/{core.salon.service}", {"price_minor": 1}) == (403, "forbidden")
    assert holder.told("DELETE", f"staff/{core.salon.ana}") == (403, "forbidden")
    assert holder.told("PUT", f"locations/{core.salon.location}/hours", {}) == (403, "forbidden")
    assert holder.told("PATCH", f"/v1/businesses/{core.salon.id}", {"name": "Mine"}) == (403, "forbidden")


def test_only_the_installation_makes_a_business(core: Core) -> None:
    owner = a_key(core, "owner")
    assert owner.told("POST", "/v1/businesses", BUSINESS, **{"Idempotency-Key": "x"}) == (403, "forbidden")


@pytest.mark.parametrize("role", ["customer", "read_only"])
def test_blocks_are_the_team_s_business(core: Core, role: str) -> None:
    assert a_key(core, role).told("GET", "blocks") == (403, "forbidden")


def test_every_change_is_recorded_without_a_name(office: Office) -> None:
    ids = filled(office)
    office.changed(f"staff/{ids['staff']}", name="Secret")
    office.post("blocks", {**SPAN, "staff_id": ids["staff"], "reason": "Secret"})
    office.put(f"staff/{ids['staff']}/hours", {"hours": []})
    office.delete(f"resources/{ids['resource']}")
    with office.core.database.read() as session:
        kept = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.action, entry.subject_kind) for entry in kept] == [
        ("day_set", "location"),
        ("day_set", "staff_member"),
        ("holidays_added", "location"),
        ("created", "service"),
        ("created", "resource"),
        ("blocked", "block"),
        ("closed", "location"),
        ("changed", "staff_member"),
        ("blocked", "block"),
        ("hours_set", "staff_member"),
        ("archived", "resource"),
    ]
    assert "Secret" not in str([entry.facts for entry in kept])


def test_every_change_tells_who_looks_after_visits(
    office: Office, served_app: tuple[FastAPI, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    def rules_changed(session: Session, caller: Caller, business_id: int, now: datetime) -> None:
        assert session.in_transaction()
        told.append(business_id)

    monkeypatch.setitem(served_app[0].state._state, "rules_changed", rules_changed)
    ids = filled(office)
    office.changed(f"services/{ids['service']}", price_minor=1)
    office.delete(f"blocks/{ids['block']}")
    assert told == [office.core.salon.id] * 9
    assert said(office.change(f"services/{ids['service']}", price_minor=-1)) == (422, "malformed")
    assert len(told) == 9
