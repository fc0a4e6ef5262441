"""Makes generated requests hit: most ids that could exist become ones that do, most times ones that are free."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zlib import crc32

from tests.builders.databases import Snapshot
from tests.builders.everything import FLAG, OTHER_DAYS, ids_of
from tests.builders.requests import is_id

_INSTANTS = [f"2027-03-{day:02}T{hour}:00:00Z" for day in (2, 3, 5, 8, 9, 15) for hour in (14, 16, 19, 21)]
_LATER = "2027-03-20T14:00:00Z"
_DAYS = [day.isoformat() for day in OTHER_DAYS]
_WORDS: Mapping[str, Sequence[str]] = {
    "zone": ["Europe/Vienna", "America/New_York"],
    "locale": ["en", "de"],
    "channel": ["terminal", "web"],
    "address": ["maria", "noor", "somebody else"],
    "phone": ["+15550198", "+15550199"],
    "wall": ["2027-03-02T10:00", "2027-03-14T02:30", "2027-11-07T01:30"],
    "rrule": ["FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;COUNT=2"],
}
_LARGEST_ID = 2**31 - 1


class RealValues:
    """One id in eight is left as it was made up, so that what does not exist is asked about too."""

    def __init__(self, rows: Snapshot, business_id: int, feed: str, file_link: str) -> None:
        self._rows = rows
        self._file_link = file_link
        self._feed = feed
        self._ids = ids_of(rows, business_id)
        self._business_id = business_id
        self._nth = 0

    def put_into(self, case: Any) -> None:
        """``case``: a request of schemathesis, changed in place; the same one is filled otherwise the next time."""
        self._nth += 1
        for part in (case.path_parameters, case.query):
            if isinstance(part, dict):
                part.update({name: self._value(name, value) for name, value in part.items()})
        if case.path.endswith("/flags/{kind}") and isinstance(case.path_parameters.get("kind"), str):
            case.path_parameters["kind"] = FLAG
        if case.path.startswith("/calendar/staff/") and isinstance(case.path_parameters.get("token"), str):
            case.path_parameters["token"] = self._feed
        if case.path.startswith("/files/") and isinstance(case.path_parameters.get("token"), str):
            case.path_parameters["token"] = self._file_link
        case.body = self._value("", case.body)

    def of_the_business(self, case: Any) -> None:
        if case.path_parameters and _could_be_id(case.path_parameters.get("business_id")):
            case.path_parameters["business_id"] = self._business_id

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return _forward({key: self._value(key, each) for key, each in value.items()})
        if isinstance(value, list):
            return [self._value(name, each) for each in value]
        real = self._real(name, value)
        chosen = crc32(repr((name, value, self._nth)).encode())
        left_alone = _could_be_id(value) and chosen % 8 == 0
        return real[chosen // 8 % len(real)] if real and not left_alone else value

    def _real(self, name: str, value: Any) -> Sequence[Any]:
        if name == "business_id":
            return [self._business_id] if _could_be_id(value) else []
        if name == "score":
            return [1, 3, 5]
        if name == "token":
            return [row["calendar_token"] for row in self._rows.of("appointment")]
        if name == "expected_version":
            return [0, 1, 1, 2, 3] if isinstance(value, int) else []
        if _could_be_id(value):
            return self._ids(name) if is_id(name) else []
        if not isinstance(value, str):
            return []
        if name in _WORDS:
            return _WORDS[name]
        return _INSTANTS if _reads(datetime, value) and "T" in value else _DAYS if _reads(date, value) else []


def _could_be_id(value: Any) -> bool:
    """Numbers in a path may be text already."""
    return not isinstance(value, bool) and str(value).isdecimal() and 1 <= int(value) <= _LARGEST_ID


def _reads(kind: type[date], value: str) -> bool:
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True


def _forward(body: dict[str, Any]) -> dict[str, Any]:
    """A range that was filled backwards is turned round, and an empty one is widened."""
    start, end = body.get("start"), body.get("end")
    if start in _INSTANTS and end in _INSTANTS:
        body["start"], body["end"] = min(start, end), max(start, end) if start != end else _LATER
    return body
