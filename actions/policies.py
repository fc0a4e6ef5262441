"""What moving and cancelling a visit cost, by the terms it was booked on: said before anybody says yes."""

from __future__ import annotations

from actions import offers
from actions.core_types import Appointment, Desk, Slot
from actions.turn_types import Line


def of_cancelling(visit: Appointment, desk: Desk) -> Line:
    free_until = visit.free_cancel_until
    if free_until is None or visit.late_fee_minor == 0:
        return Line("utter_cancel_free")
    key = "utter_cancel_fee" if desk.now > free_until else "utter_cancel_free_until"
    return Line(key, offers.visit_facts(visit, desk))


def in_force(desk: Desk) -> Line:
    """What a visit booked today would be agreed on."""
    policy = desk.business.policy
    if policy.late_fee_percent == 0:
        return Line("utter_terms_free")
    return Line("utter_terms", {"hours": policy.free_cancel_hours, "percent": policy.late_fee_percent})


def of_moving(visit: Appointment, slot: Slot, desk: Desk) -> tuple[Line, ...]:
    """Moving itself costs nothing; cancelling may, and its deadline moves with the visit."""
    lines = (_cancelling_then(visit, slot, desk),)
    left = visit.reschedules_left
    if left is None:
        return lines
    return (*lines, Line("utter_last_move") if left == 1 else Line("utter_moves_left", {"left": left}))


def _cancelling_then(visit: Appointment, slot: Slot, desk: Desk) -> Line:
    if visit.free_cancel_until is None or visit.late_fee_minor == 0:
        return Line("utter_move_free")
    free_until = slot.start - (visit.start - visit.free_cancel_until)
    moved = visit.model_copy(update={"free_cancel_until": free_until})
    key = "utter_move_free_until" if desk.now <= free_until else "utter_move_no_longer_free"
    return Line(key, offers.visit_facts(moved, desk))
