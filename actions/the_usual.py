"""What is known is not asked: who always has the same, with the same person, is shown times for just that.

It is only put forward. Whatever else they name takes its place, and the summary shows it before anything is booked.
"""

from __future__ import annotations

from actions import services
from actions.catalogue import Named
from actions.core_types import Desk, Service
from actions.draft import Draft, Option
from actions.offers import with_person
from actions.turn_types import Line
from actions.words import words


def put_forward(draft: Draft, desk: Desk) -> tuple[Draft, tuple[Line, ...]] | None:
    """The draft with what this customer usually has, or with the one thing there is to have, and how that is said."""
    if draft.goal != "book" or draft.not_the_usual:
        return None
    if len(desk.services) == 1:
        return _with(desk.services[0], draft, desk), ()
    usual = desk.service(desk.customer.usual_service_id)
    if usual is None or draft.attendee or draft.party or draft.staff_id not in (None, *usual.staff_ids):
        return None
    staff_id = draft.staff_id
    assumed: tuple[str, ...] = ("service_id",)
    if staff_id is None and _is_wanted(desk.customer.usual_staff_id, usual, draft, desk):
        staff_id, assumed = desk.customer.usual_staff_id, ("service_id", "staff_id")
    member = desk.staff_member(staff_id)
    said = usual.name + (with_person(member.name, desk) if member else "")
    supposed = _with(usual, draft, desk).but(staff_id=staff_id, assumed=assumed)
    return supposed, (Line("utter_the_usual", {"usual": said}),)


def instead(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    """The way to something else, as long as it was not they who said what they come for."""
    label = words("utter_button_something_else", desk.language)
    return (Option(kind="change", label=label, value="service"),) if draft.assumed else ()


def giving_way(draft: Draft, named: Named, desk: Desk) -> Draft:
    """The draft without what was only supposed, as far as something else is named."""
    if not draft.assumed:
        return draft
    service = desk.service(draft.service_id)
    unable = named.staff is not None and service is not None and named.staff.id not in service.staff_ids
    refused = any(each.id == draft.service_id for each in named.without)
    if unable or refused or _names_another(draft, named, desk):
        return turned_down(draft)
    if named.people or named.anyone:
        return draft.but(assumed=("service_id",))
    return draft


def turned_down(draft: Draft) -> Draft:
    return draft.without_slot().but(**dict.fromkeys(draft.assumed), assumed=(), not_the_usual=True)


def _names_another(draft: Draft, named: Named, desk: Desk) -> bool:
    """In its place: an add-on comes on top of it, and so does what is to come as well."""
    others = [each for each in named.services if each.id not in draft.service_ids]
    return any(each in desk.services for each in others) and not named.added


def _is_wanted(staff_id: int | None, usual: Service, draft: Draft, desk: Desk) -> bool:
    member = desk.staff_member(staff_id)
    if member is None or draft.anyone or draft.unsure_of or member.id in draft.not_with:
        return False
    return member.id in usual.staff_ids and draft.location_id in (None, *member.location_ids)


def _with(service: Service, draft: Draft, desk: Desk) -> Draft:
    return services.with_ids(draft, (service.id, *draft.also), desk)
