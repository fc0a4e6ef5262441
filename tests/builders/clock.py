"""The only "now" of a test: it stands still until the test moves it."""

from datetime import UTC, datetime, timedelta

#: A Monday morning in New York, 09:00 there.
MONDAY = datetime(2027, 3, 1, 14, 0, tzinfo=UTC)


class HandClock:
    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Forward by so many ``days``, ``hours``, ``minutes`` or ``seconds``."""
        self.now += timedelta(**by)
