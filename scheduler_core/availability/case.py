"""A question together with all that decides it; pure."""

from dataclasses import dataclass

from scheduler_core.availability.blueprint import Blueprint, Place
from scheduler_core.availability.board import Board
from scheduler_core.availability.enquiry import Enquiry
from scheduler_core.availability.limits import Forbidden


@dataclass(frozen=True)
class Case:
    """``forbidden``: the limits that are reached, each with its code."""

    question: Enquiry
    board: Board
    forbidden: tuple[Forbidden, ...]

    @property
    def blueprint(self) -> Blueprint:
        return self.board.hours.blueprint

    @property
    def told_at(self) -> Place:
        """The place whose clock times are told by: where the person asked for works, else the first."""
        person = self.blueprint.people.get(self.question.staff_id or 0)
        works_at = {*person.rules, *person.dated} if person else set()
        return next((place for place in self.board.places if place.id in works_at), self.board.places[0])
