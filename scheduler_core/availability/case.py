"""A question together with all that decides it; pure."""

from dataclasses import dataclass

from scheduler_core.availability.blueprint import Blueprint
from scheduler_core.availability.board import Board
from scheduler_core.availability.limits import Forbidden
from scheduler_core.availability.question import Question


@dataclass(frozen=True)
class Case:
    """``forbidden``: the limits that are reached, each with its code."""

    question: Question
    board: Board
    forbidden: tuple[Forbidden, ...]

    @property
    def blueprint(self) -> Blueprint:
        return self.board.hours.blueprint
