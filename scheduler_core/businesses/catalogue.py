"""What every turn of a conversation needs to know of a business: read once per revision of its rules, then known.

The business itself is read at every turn, and its revision tells whether what is known still holds. Nothing is kept of
a transaction that writes, because it may yet be undone.
"""

from collections import OrderedDict
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Pool
from sqlalchemy.orm import Session

from scheduler_core.businesses.models import Business
from scheduler_core.businesses.queries import addons, locations, services, staff
from scheduler_core.businesses.schemas import Addon, BookableService, LocationOut, StaffOut
from scheduler_core.db.session import is_writing

_MOST_BUSINESSES = 256


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Shared by all who read it at this ``revision``: to be shown, never changed."""

    revision: int
    locations: list[LocationOut]
    services: list[BookableService]
    addons: list[Addon]
    staff: list[StaffOut]


_KNOWN: WeakKeyDictionary[Pool, OrderedDict[int, Catalogue]] = WeakKeyDictionary()


def catalogue(session: Session, business: Business) -> Catalogue:
    """As it is at the revision that ``business`` was read at in this transaction."""
    known = _KNOWN.setdefault(session.get_bind().pool, OrderedDict())  # type: ignore[union-attr]
    found = known.get(business.id)
    if found is None or found.revision != business.rules_revision:
        of = (session, business.id)
        found = Catalogue(business.rules_revision, locations(*of), services(*of), addons(*of), staff(*of))
        if not is_writing(session):
            known[business.id] = found
            while len(known) > _MOST_BUSINESSES:
                known.popitem(last=False)
    return found
