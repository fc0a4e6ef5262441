"""A process that ends at one step of what it does, with everything after that not done."""

import functools
import os
import signal
from collections.abc import Callable
from typing import Any, Literal, NoReturn

Moment = Literal["before", "after"]


class Killed(BaseException):
    """The process ends here."""


def raises() -> NoReturn:
    raise Killed


def kills() -> NoReturn:
    """Nothing of this process is left to say so."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def dies_at(owner: Any, step: str, moment: Moment, death: Callable[[], NoReturn] = raises) -> None:
    """`step`: a method, by the names that lead to it from `owner`."""
    *path, name = step.split(".")
    whose = functools.reduce(getattr, path, owner)
    real = getattr(whose, name)

    def die(*given: Any, **named: Any) -> Any:
        if moment == "after":
            real(*given, **named)
        death()

    setattr(whose, name, die)
