"""What a business calls its services and its people is a name, whatever else the words could mean."""

from __future__ import annotations

import asyncio
from datetime import date, time

import pytest

from actions.core_types import Desk, Service, StaffMember
from actions.draft import Draft
from actions.turn_types import Caller, Heard
from actions.understand import Facts, facts_in
from tests.fakes.core import FakeCore

_SERVICES = (
    "Christmas makeup",
    "New Year check-up",
    "Noon express facial",
    "Friday special",
    "Monthly maintenance",
    "Ana's special cut",
    "Express 15",
    "Cut plus wash",
    "Late night facial",
    "2nd opinion",
)
_TEAM = ("Ana Moreau", "Friday Okafor", "June Lee")


@pytest.fixture(scope="module")
def desk() -> Desk:
    salon = asyncio.run(FakeCore().open(Caller("web", "x", None)))
    services = [
        Service(id=n, name=name, category="", duration_minutes=30, price_minor=1000, staff_ids=[1, 2, 3])
        for n, name in enumerate(_SERVICES, start=1)
    ]
    staff = [StaffMember(id=n, name=name, location_ids=[1]) for n, name in enumerate(_TEAM, start=1)]
    return salon.model_copy(update={"services": services, "addons": [], "staff": staff})


def heard(said: str, desk: Desk) -> Facts:
    return facts_in(Heard(turn_id="t", text=said, intent="book_appointment"), Draft(), desk)


def says_thursday_at_3(facts: Facts) -> bool:
    assert facts.when is not None
    [wish] = facts.when.wishes
    return (wish.date_from, wish.time_from, facts.when.recurrence) == (date(2026, 11, 19), time(15), None)


@pytest.mark.parametrize("service", _SERVICES, ids=str)
def test_the_name_of_a_service_says_nothing_about_time_people_or_what_is_added(
    service: str, desk: Desk
) -> None:
    said = heard(f"no, {service.lower()} with June on Thursday at 3", desk)
    assert [each.name for each in said.named.services] == [service]
    assert says_thursday_at_3(said)
    assert [each.name for each in said.named.people] == ["June Lee"]
    assert not said.named.added


def test_a_full_name_says_nothing_about_time(desk: Desk) -> None:
    said = heard("with Friday Okafor on Thursday at 3", desk)
    assert [each.name for each in said.named.people] == ["Friday Okafor"]
    assert says_thursday_at_3(said)


_VARIANTS = (
    "Massage 60",
    "Massage 90",
    "Balayage (half head)",
    "Balayage (full head)",
    "Repair – iPhone 12",
    "Repair – iPhone 13",
    "Cut",
    "Cut (long hair)",
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("a massage", {"Massage 60", "Massage 90"}),
        ("a 90 minute massage", {"Massage 90"}),
        ("massage 60", {"Massage 60"}),
        ("a half head balayage", {"Balayage (half head)"}),
        ("a repair for my iPhone 12", {"Repair – iPhone 12"}),
        ("a repair", {"Repair – iPhone 12", "Repair – iPhone 13"}),
        ("a cut", {"Cut"}),
    ],
    ids=lambda each: each if isinstance(each, str) else ", ".join(sorted(each)),
)
def test_services_of_one_kind_are_told_apart_by_what_else_is_said(
    said: str, meant: set[str], desk: Desk
) -> None:
    services = [
        Service(id=n, name=name, category="", duration_minutes=30, price_minor=1000, staff_ids=[1])
        for n, name in enumerate(_VARIANTS, start=1)
    ]
    facts = heard(f"{said} on Thursday at 3", desk.model_copy(update={"services": services}))
    assert {each.name for each in facts.named.services} == meant
    assert says_thursday_at_3(facts)
