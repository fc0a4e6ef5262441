"""One place each for the time and for the environment, so that tests hand in both and wait for neither."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.checkout import ROOT, our_modules

_READS_CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
_WAITS = {"time.sleep", "asyncio.sleep"}
_MAY_WAIT_FOR_A_PROCESS = {
    "tests/journeys/house.py",
    "tests/builders/sender.py",
    "tests/scheduler_core/outbox/test_many_workers.py",
}
_READS_ENVIRONMENT = {"os.environ", "os.getenv", "os.environb"}


def _dotted_names(path: Path) -> Iterator[str]:
    """`a.b` for each attribute of a name; `datetime.datetime.now` is found as `datetime.now` too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute):
            yield f"{ast.unparse(node.value).rpartition('.')[2]}.{node.attr}"


def _modules_that_use(names: set[str], *packages: str) -> list[str]:
    return [
        str(path.relative_to(ROOT)) for path in our_modules(*packages) if names & set(_dotted_names(path))
    ]


def test_only_the_clock_tells_the_time() -> None:
    assert _modules_that_use(_READS_CLOCK) == ["scheduler_core/clock.py"]


def test_only_the_settings_read_the_environment() -> None:
    assert set(_modules_that_use(_READS_ENVIRONMENT)) <= {"scheduler_core/settings.py"}


def test_no_test_waits_for_time_to_pass() -> None:
    assert set(_modules_that_use(_WAITS, "tests")) <= _MAY_WAIT_FOR_A_PROCESS
