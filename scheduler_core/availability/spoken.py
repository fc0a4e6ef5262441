"""The question that reads what is spoken for, in one statement whatever the number of people.

Its text is put together once for each database and kind of asking, because building it takes longer than running it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, TextClause, bindparam, text
from sqlalchemy.orm import Session

from scheduler_core.availability.diary import Late, Spoken, SpokenFor, Spot, Window
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.slots import Interval, instant_of
from scheduler_core.db.guards import LONGEST_RESERVATION
from scheduler_core.db.types import MICROSECONDS_PER_MINUTE, UtcDateTime

_NOBODY = -1

_IS_OWN = (
    "(r.appointment_id = :own_appointment OR r.hold_id = :own_hold"
    " OR r.hold_id IN (SELECT h.id FROM hold h WHERE h.conversation_id = :own_conversation))"
)
_LIVE = "(r.hold_until IS NULL OR r.hold_until > :now)"
_COUNTED = (
    "a.status IN ('requested', 'booked', 'arrived', 'in_progress', 'fulfilled') AND a.id <> :own_appointment"
)

#: Six integers a row: what kind it is, then five that mean what ``_answer`` names them; then words. Reservations, of
#: which there may be many, come as one row a unit: a text of starts and ends is read faster than thousands of rows.
_BRANCHES = {
    "reserved": (
        f"SELECT 0, r.resource_id, r.unit, min(<r.hold_until>), 0, 0, <<<r.start_at>, <r.end_at+>>>"
        f" FROM reservation r WHERE r.resource_id IN :ids AND r.start_at > :since AND r.start_at < :high"
        f" AND r.end_at > :low AND {_LIVE} GROUP BY r.resource_id, r.unit"
    ),
    "blocked": (
        "SELECT 1, k.resource_id, 0, <k.start_at>, <k.end_at+>, 0, NULL FROM block k"
        " WHERE k.resource_id IN :ids AND k.end_at > :low AND k.start_at < :high"
    ),
    "late": (
        "SELECT 7, o.resource_id, o.unit, <o.start_at>, <o.end_at+>, COALESCE(o.appointment_id, 0), NULL"
        " FROM overrun o WHERE o.resource_id IN :ids AND o.end_at > :low AND o.start_at < :high"
    ),
    "own": (
        f"SELECT 2, r.resource_id, r.unit, <r.start_at>, <r.end_at+>, 0, NULL FROM reservation r"
        f" WHERE r.business_id = :business AND {_IS_OWN}"
    ),
    # A class that a booking opened goes with its last seat, so it is not in the way of who has the only one.
    "own class": (
        "SELECT 2, r.resource_id, r.unit, <r.start_at>, <r.end_at+>, 0, NULL FROM reservation r"
        " WHERE r.class_id IN (SELECT s.id FROM class_session s JOIN reservation seat ON seat.resource_id = s.seats_id"
        " WHERE NOT s.scheduled AND (seat.hold_until IS NULL OR seat.hold_until > :now) AND s.seats_id IN"
        " (SELECT own.resource_id FROM reservation own WHERE own.appointment_id = :own_appointment)"
        " GROUP BY s.id HAVING min(COALESCE(seat.appointment_id, 0)) = :own_appointment"
        " AND max(COALESCE(seat.appointment_id, 0)) = :own_appointment)"
    ),
    "sessions": (
        f"SELECT 3, s.id, s.staff_id, s.location_id, <s.start_at>, seats.capacity - (SELECT count(*)"
        f" FROM reservation r WHERE r.resource_id = s.seats_id AND {_LIVE} AND NOT COALESCE({_IS_OWN}, FALSE)),"
        " CAST(<s.end_at+> AS TEXT) FROM class_session s JOIN resource seats ON seats.id = s.seats_id"
        " WHERE s.business_id = :business AND s.service_id = :class_service AND s.start_at >= :low"
        " AND s.start_at < :high AND s.keeps = (SELECT count(*) FROM reservation r WHERE r.class_id = s.id"
        f" AND {_LIVE})"
    ),
    "visits": (
        f"SELECT 4, <a.start_at>, <a.end_at+>, CASE WHEN a.attendee IS NULL THEN 1 ELSE 0 END, 0, 0, NULL"
        " FROM appointment a WHERE a.business_id = :business AND a.customer_id = :customer"
        f" AND a.start_at < :high AND a.end_at > :low AND {_COUNTED}"
    ),
    "upcoming": (
        f"SELECT 6, count(*), 0, 0, 0, 0, NULL FROM appointment a WHERE a.business_id = :business"
        f" AND a.customer_id = :customer AND a.start_at > :now AND {_COUNTED}"
    ),
    "days": (
        f"SELECT 5, <a.start_at>, a.service_id, 0, 0, 0, NULL FROM appointment a WHERE a.business_id = :business"
        f" AND a.start_at >= :low AND a.start_at < :high AND {_COUNTED}"
    ),
}


def read_spoken(
    session: Session,
    question: Enquiry,
    capacities: dict[int, int],
    window: Window,
    now: datetime,
    *,
    class_service: int | None = None,
    visits: bool = False,
    per_day: bool = False,
) -> SpokenFor:
    """What touches ``window``, of the resources in ``capacities`` and as far as the question needs it."""
    asks_own = any((question.own_appointment_id, question.own_hold_id, question.own_conversation_id))
    wanted = {
        "reserved": bool(capacities),
        "blocked": bool(capacities),
        "late": bool(capacities),
        "own": asks_own,
        "own class": question.own_appointment_id is not None and question.own_conversation_id is None,
        "sessions": class_service is not None,
        "visits": visits,
        "upcoming": visits,
        "days": per_day,
    }
    branches = tuple(name for name, needed in wanted.items() if needed)
    if not branches:
        return SpokenFor()
    values = {**_values(question, window, now), "ids": list(capacities), "class_service": class_service}
    statement, names = _statement(session.get_bind().dialect.name, branches)
    rows = session.execute(statement, {name: values[name] for name in names})
    return _answer(rows.all(), capacities, question.own_appointment_id)


def _values(question: Enquiry, window: Window, now: datetime) -> dict[str, Any]:
    low, high = instant_of(window.base), instant_of(window.end)
    return {
        "low": low,
        "high": high,
        "since": low - LONGEST_RESERVATION,
        "now": now,
        "business": question.business_id,
        "customer": question.customer_id,
        "own_appointment": question.own_appointment_id or _NOBODY,
        "own_hold": question.own_hold_id or _NOBODY,
        "own_conversation": question.own_conversation_id or _NOBODY,
    }


@lru_cache(maxsize=256)
def _statement(dialect: str, branches: tuple[str, ...]) -> tuple[TextClause, tuple[str, ...]]:
    written = _in_dialect(" UNION ALL ".join(_BRANCHES[name] for name in branches), dialect)
    instants = ("low", "high", "since", "now")
    names = tuple(
        name
        for name in (
            *(
                "ids",
                "business",
                "customer",
                "class_service",
                "own_appointment",
                "own_hold",
                "own_conversation",
            ),
            *instants,
        )
        if f":{name}" in written
    )
    typed: list[BindParameter[Any]] = [
        bindparam(name, type_=UtcDateTime) for name in names if name in instants
    ]
    if "ids" in names:
        typed.append(bindparam("ids", expanding=True))
    return text(written).bindparams(*typed), names


def _in_dialect(written: str, dialect: str) -> str:
    """``<column>`` is its minute since 1970, ``<column+>`` the first whole minute not before it.

    ``<<one, other>>`` is all pairs of a group as text.
    """
    if dialect == "sqlite":
        down = rf"(\1 / {MICROSECONDS_PER_MINUTE})"
        up = rf"((\1 + {MICROSECONDS_PER_MINUTE - 1}) / {MICROSECONDS_PER_MINUTE})"
        pairs = r"group_concat(\1 || ' ' || \2, ' ')"
    else:
        down = r"CAST(floor(extract(epoch FROM \1) / 60) AS BIGINT)"
        up = r"CAST(ceil(extract(epoch FROM \1) / 60) AS BIGINT)"
        pairs = r"string_agg(\1 || ' ' || \2, ' ')"
    written = re.sub(r"<<(<[^>]*>), (<[^>]*>)>>", pairs, written)
    return re.sub(r"<([a-z_.]+)>", down, re.sub(r"<([a-z_.]+)\+>", up, written))


def _answer(rows: Iterable[Sequence[Any]], capacities: dict[int, int], own_visit: int | None) -> SpokenFor:
    answer = SpokenFor(own_visit=own_visit)
    units: dict[int, dict[int, tuple[Interval, ...]]] = defaultdict(dict)
    blocks: dict[int, list[Interval]] = defaultdict(list)
    late: dict[int, list[Late]] = defaultdict(list)
    for kind, *values in rows:
        match kind, values:
            case (0, [resource, unit, hold_until, _, _, pairs]):
                units[resource][unit] = _pairs(pairs)
                if hold_until is not None:
                    answer.until[resource] = min(hold_until, answer.until.get(resource, hold_until))
            case (1, [resource, _, start, end, *_]):
                blocks[resource].append((start, end))
            case (2, [resource, unit, start, end, *_]):
                answer.own[resource, unit].add((start, end))
            case (3, [class_id, staff_id, location_id, start, seats, end]):
                answer.sessions.append((Spot(start, int(end), staff_id, location_id, class_id), seats))
            case (4, [start, end, is_own, *_]):
                answer.visits.append((start, end, bool(is_own)))
            case (5, [start, service_id, *_]):
                answer.days.append((start, service_id))
            case (6, [count, *_]):
                answer.upcoming = count
            case (7, [resource, unit, start, end, visit, _]):
                late[resource].append(Late(unit, start, end, visit))
    for key, capacity in capacities.items():
        known = range(max([capacity, *(unit + 1 for unit in units[key])]))
        by_unit = tuple(units[key].get(unit, ()) for unit in known)
        answer.resources[key] = Spoken(
            by_unit, capacity, tuple(blocks.get(key, ())), tuple(late.get(key, ()))
        )
    return answer


def _pairs(words: str) -> tuple[Interval, ...]:
    numbers = list(map(int, words.split()))
    return tuple(sorted(zip(numbers[::2], numbers[1::2], strict=True)))
