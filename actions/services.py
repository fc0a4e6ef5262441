"""The services of one visit: what a sentence adds, leaves out or puts in their place, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.catalogue import Named
from actions.core_types import Appointment, Desk, Service, Slot, StaffMember
from actions.draft import Draft
from actions.people import called
from actions.turn_types import Line
from actions.words import words


def with_named(draft: Draft, named: Named, desk: Desk) -> tuple[Draft, tuple[Line, ...]]:
    """The draft with the services that were named, and what has to be said about those that do not go with the rest.

    A visit that is moved keeps its own.
    """
    if draft.goal == "move" or not (named.wishes or named.without):
        return draft, ()
    standing = [key for key in draft.service_ids if key not in [each.id for each in named.without]]
    meant = [_meant(wish, draft, desk) for wish in named.wishes]
    clear = [key for key in meant if key is not None]
    comes_to_it = named.added or (bool(clear) and all(_is_addon(key, desk) for key in clear))
    if comes_to_it or (None in meant and standing):
        clear = [*standing, *clear]
    elif not named.wishes or (set(clear) <= set(standing) and not named.replaced):
        clear = standing
    unclear = next((wish for wish, key in zip(named.wishes, meant, strict=True) if key is None), ())
    either = tuple(each.id for each in unclear)
    kept, lines = _going_together(list(dict.fromkeys(clear)), desk)
    if kept == list(draft.service_ids) and either == draft.either:
        return draft, lines
    return with_ids(draft.without_slot(), kept, desk).but(either=either), lines


def with_ids(draft: Draft, ids: Sequence[int], desk: Desk) -> Draft:
    """The draft with these services in this order; an add-on never stands first."""
    first = next((key for key in ids if not _is_addon(key, desk)), None)
    return draft.but(service_id=first, also=tuple(key for key in dict.fromkeys(ids) if key != first))


def _meant(wish: tuple[Service, ...], draft: Draft, desk: Desk) -> int | None:
    """Of services that fit the words equally: the one arranged already, or the customer's usual one; else `None`."""
    ids = [service.id for service in wish]
    known = (*draft.service_ids, desk.customer.usual_service_id)
    return ids[0] if len(ids) == 1 else next((key for key in known if key in ids), None)


def _is_addon(key: int, desk: Desk) -> bool:
    return any(each.id == key for each in desk.addons)


def _going_together(ids: list[int], desk: Desk) -> tuple[list[int], tuple[Line, ...]]:
    """Services first, then the add-ons that go with them; one that goes with none of them is let go."""
    services = [each for each in desk.services if each.id in ids]
    offered = {key for each in services for key in each.addon_ids}
    kept = [key for key in ids if not _is_addon(key, desk)]
    kept += [key for key in ids if _is_addon(key, desk) and (key in offered or not services)]
    lines = tuple(
        Line("utter_not_together", {"service": each.name})
        for each in desk.addons
        if each.id in ids and each.id not in kept
    )
    return kept, lines


def of(draft: Draft, desk: Desk) -> list[Service]:
    found = [desk.service(key) for key in draft.service_ids]
    return [each for each in found if each is not None]


def said(names: list[str], desk: Desk) -> str:
    """ "Haircut, Beard trim and Wash"."""
    *first, last = names
    return f"{', '.join(first)} {words('utter_and', desk.language)} {last}" if first else last


def who(slot: Slot, draft: Draft, desk: Desk) -> str:
    """Who does it: one person, if the one who begins does all of it; else the others too, as far as that is known."""
    lead = desk.staff_member(slot.staff_id)
    assert lead is not None
    names = [called(lead.name, desk.staff)]
    for service in of(draft, desk):
        if not service.staff_ids or lead.id in service.staff_ids:
            continue
        others = [member for member in desk.staff if member.id in service.staff_ids]
        name = called(others[0].name, desk.staff) if len(others) == 1 else ""
        names.append(name or words("utter_a_colleague", desk.language))
    return said(list(dict.fromkeys(names)), desk)


def begun_by(staff_id: int, draft: Draft, desk: Desk) -> Draft:
    """The draft with a service first that this person does, if there is one: who is asked for begins the visit."""
    services = of(draft, desk)
    own = [each.id for each in services if staff_id in each.staff_ids and not _is_addon(each.id, desk)]
    if not own or own[0] == draft.service_id:
        return draft
    return with_ids(draft, [own[0], *draft.service_ids], desk)


def addons_left(draft: Draft, desk: Desk) -> list[Service]:
    """What could still be added to the visit."""
    offered = {key for each in of(draft, desk) for key in each.addon_ids}
    return [each for each in desk.addons if each.id in offered and each.id not in draft.service_ids]


def of_visit(visit: Appointment) -> dict[str, Any]:
    """What a draft says of the services of a visit."""
    return {"service_id": visit.service_id, "also": tuple(each.service_id for each in visit.items[1:])}


def who_each(slot: Slot, desk: Desk) -> list[str]:
    """Who sees the first, and who sees each that comes along."""
    members = [desk.staff_member(each.staff_id) for each in slot.each]
    return [called(member.name, desk.staff) if member else "" for member in members]


def people_wished(draft: Draft, desk: Desk) -> str:
    """Everybody of the team who was asked for."""
    members = [desk.staff_member(each.staff_id) for each in draft.visits]
    names = [called(member.name, desk.staff) for member in members if member]
    return said(list(dict.fromkeys(names)), desk) if names else ""


def cannot_do(member: StaffMember, service: Service, desk: Desk) -> Line:
    able = ", ".join(called(each.name, desk.staff) for each in desk.staff if each.id in service.staff_ids)
    facts = {"person": called(member.name, desk.staff), "service": service.name, "staff": able}
    return Line("utter_person_does_not_offer", facts)
