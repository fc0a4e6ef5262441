"""Which word a customer needs about a visit that may start late; pure."""

from typing import Literal

#: "About 15:20" is said, not 15:18.
_STEP = 5

News = Literal["visit_late", "visit_on_time"]


def about(minute: int) -> int:
    """A minute as people say it; never too early."""
    return -(-minute // _STEP) * _STEP


def news(minutes: int, told: int, grace: int) -> News | None:
    """``minutes`` by which it will start late now, ``told`` those that they reckon with; None: that is no news.

    Less than ``grace`` bothers nobody, neither at first nor as a change of what they know.
    """
    if minutes < grace:
        return "visit_on_time" if told else None
    return "visit_late" if abs(minutes - told) >= grace else None
