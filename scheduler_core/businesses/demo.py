"""Linden Hair, the salon that a new installation shows: a table of what it is, and the rows it becomes."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from scheduler_core.businesses.hours import OpeningHours, StaffHours
from scheduler_core.businesses.models import (
    Business,
    Location,
    Resource,
    Service,
    StaffMember,
    StaffService,
)
from scheduler_core.businesses.policy import Policy

ZONE = "Europe/London"

_MORNING, _AFTERNOON, _SHORT_AFTERNOON, _LATE = (
    (9 * 60, 13 * 60),
    (14 * 60, 18 * 60),
    (14 * 60, 17 * 60),
    (14 * 60, 20 * 60),
)
_DAY, _SATURDAY, _LONG_DAY = (_MORNING, _AFTERNOON), (_MORNING, _SHORT_AFTERNOON), (_MORNING, _LATE)
_Hours = dict[int, tuple[tuple[int, int], ...]]

#: Weekday (0 = Monday) → windows. Nobody works on Sundays; the High Street rests on Mondays too.
_HIGH_STREET: _Hours = {1: _DAY, 2: _DAY, 3: _LONG_DAY, 4: _DAY, 5: _SATURDAY}
_CANAL_SIDE: _Hours = {0: _DAY, 1: _DAY, 2: _DAY, 3: _DAY, 4: _LONG_DAY, 5: _SATURDAY}
_LOCATIONS = (
    ("High Street", "27 Linden High Street, London N1 9XR", _HIGH_STREET),
    ("Canal Side", "4 Lock Keeper's Yard, London E8 4QN", _CANAL_SIDE),
)

#: Name, category, other names, minutes, cleaning minutes after, price in pence.
_SERVICES = (
    (
        "Haircut",
        "Hair",
        [
            "cut",
            "trim",
            "hair cut",
            "haircut and style",
            "wash and cut",
            "corte",
            "corte de pelo",
            "cortarme el pelo",
        ],
        45,
        0,
        4200,
    ),
    (
        "Kids' cut",
        "Hair",
        ["child's haircut", "children's cut", "kids haircut", "corte de niño", "corte infantil"],
        30,
        0,
        2200,
    ),
    ("Fringe trim", "Hair", ["fringe", "bangs", "flequillo"], 15, 0, 1000),
    ("Blow-dry", "Hair", ["blow dry", "blowdry", "blow out", "styling", "secado", "peinado"], 30, 0, 2800),
    (
        "Beard trim",
        "Beard",
        ["beard", "beard shaping", "beard tidy", "barba", "arreglo de barba"],
        30,
        0,
        1800,
    ),
    ("Hot towel shave", "Beard", ["shave", "wet shave", "afeitado"], 45, 0, 3000),
    (
        "Full colour",
        "Colour",
        ["colour", "color", "dye", "tint", "hair colour", "tinte", "color completo"],
        120,
        15,
        9500,
    ),
    ("Root touch-up", "Colour", ["roots", "root colour", "regrowth", "raíz", "raíces"], 90, 0, 6500),
    (
        "Highlights",
        "Colour",
        ["highlight", "foils", "streaks", "balayage", "mechas", "reflejos"],
        150,
        15,
        12500,
    ),
    (
        "Deep conditioning",
        "Care",
        ["treatment", "hair treatment", "hair mask", "conditioning", "tratamiento"],
        30,
        0,
        2600,
    ),
)

#: Name → days until the next visit is due, what to mind afterwards; those that are not here are had once in a while.
_AFTERWARDS: dict[str, tuple[int, dict[str, str]]] = {
    "Haircut": (
        42,
        {
            "en": "A little light oil in damp tips keeps the shape.",
            "es": "Un poco de aceite ligero en las puntas húmedas mantiene la forma.",
        },
    ),
    "Kids' cut": (56, {}),
    "Fringe trim": (28, {}),
    "Beard trim": (
        21,
        {
            "en": "A drop of beard oil after washing keeps it soft.",
            "es": "Unas gotas de aceite después de lavarla mantienen la barba suave.",
        },
    ),
    "Hot towel shave": (
        14,
        {
            "en": "Keep your face out of the sun today, and use no perfumed aftershave until tomorrow.",
            "es": "Evite hoy el sol en la cara y no use loción perfumada hasta mañana.",
        },
    ),
    "Full colour": (
        56,
        {
            "en": "Wait 48 hours before you wash it, then use a mild shampoo for coloured hair.",
            "es": "Espere 48 horas antes de lavarlo y use después un champú suave para cabello teñido.",
        },
    ),
    "Root touch-up": (
        35,
        {
            "en": "Wait 48 hours before you wash it, and rinse with lukewarm water.",
            "es": "Espere 48 horas antes de lavarlo y aclárelo con agua tibia.",
        },
    ),
    "Highlights": (
        84,
        {
            "en": "Wait 48 hours before you wash it; a violet shampoo once a week keeps the tone cool.",
            "es": "Espere 48 horas antes de lavarlo; un champú violeta una vez por semana mantiene el tono frío.",
        },
    ),
}

_CUTS = {"Haircut", "Kids' cut", "Fringe trim", "Blow-dry", "Deep conditioning"}
_COLOURS = {"Full colour", "Root touch-up", "Highlights"}
_BEARDS = {"Beard trim", "Hot towel shave"}


@dataclass(frozen=True, slots=True)
class _Someone:
    """``at``: weekday → index of the location where they work that day, for as long as it is open."""

    name: str
    skills: set[str]
    at: dict[int, int]
    gets_notices: bool = False


_STAFF = (
    _Someone("Ana", _CUTS | _COLOURS, {1: 0, 2: 0, 3: 0, 4: 0, 5: 0}, gets_notices=True),
    _Someone("Ben", {"Haircut", "Kids' cut"} | _BEARDS, {0: 1, 1: 1, 2: 1, 3: 1, 5: 1}),
    _Someone("Chloe", _CUTS | _COLOURS, {0: 1, 1: 1, 2: 0, 3: 0, 4: 1}),
    _Someone("Dev", _CUTS | _BEARDS, {1: 0, 2: 0, 3: 0, 4: 1, 5: 0}),
)


def add_salon(session: Session, demo_until: date) -> int:
    """Write the salon's rows; its id. ``demo_until`` is the last day that its invented bookings reach."""
    salon = Business(
        name="Linden Hair",
        zone=ZONE,
        locale="en-GB",
        currency="GBP",
        phone="020 7946 0123",
        review_url="https://linden-hair.example/reviews",
        policy=Policy(late_fee_percent=50).model_dump(),
        demo_until=demo_until,
    )
    session.add(salon)
    session.flush()
    places = [_add_location(session, salon.id, *row) for row in _LOCATIONS]
    services = {row[0]: _add_service(session, salon.id, row) for row in _SERVICES}
    for someone in _STAFF:
        _add_staff(session, salon.id, someone, places, services)
    return salon.id


def _add_location(session: Session, salon_id: int, name: str, address: str, hours: _Hours) -> int:
    place = Location(business_id=salon_id, name=name, address=address, zone=ZONE)
    session.add(place)
    session.flush()
    rows = [
        {
            "business_id": salon_id,
            "location_id": place.id,
            "weekday": weekday,
            "opens_minute": opens,
            "closes_minute": closes,
        }
        for weekday, windows in hours.items()
        for opens, closes in windows
    ]
    session.execute(insert(OpeningHours), rows)
    return place.id


def _add_service(session: Session, salon_id: int, row: tuple[str, str, list[str], int, int, int]) -> int:
    name, category, aliases, minutes, after, price = row
    rebook_after_days, aftercare = _AFTERWARDS.get(name, (None, {}))
    service = Service(
        business_id=salon_id,
        name=name,
        category=category,
        aliases=aliases,
        duration_minutes=minutes,
        buffer_after_minutes=after,
        price_minor=price,
        aftercare=aftercare,
        rebook_after_days=rebook_after_days,
    )
    session.add(service)
    session.flush()
    return service.id


def _add_staff(
    session: Session, salon_id: int, someone: _Someone, places: list[int], services: dict[str, int]
) -> None:
    resource = Resource(business_id=salon_id, kind="staff", capacity=1)
    session.add(resource)
    session.flush()
    member = StaffMember(
        business_id=salon_id,
        resource_id=resource.id,
        name=someone.name,
        aliases=[],
        gets_notices=someone.gets_notices,
    )
    session.add(member)
    session.flush()
    skills = [
        {"business_id": salon_id, "staff_id": member.id, "service_id": services[name]}
        for name in sorted(someone.skills)
    ]
    session.execute(insert(StaffService), skills)
    hours = [
        {
            "business_id": salon_id,
            "staff_id": member.id,
            "location_id": places[place],
            "weekday": weekday,
            "starts_minute": starts,
            "ends_minute": ends,
        }
        for weekday, place in someone.at.items()
        for starts, ends in _LOCATIONS[place][2][weekday]
    ]
    session.execute(insert(StaffHours), hours)
