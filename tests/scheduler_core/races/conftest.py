"""Two processes of the real app on one migrated database, of each kind; a fresh business for every race."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scheduler_core.db import Database, open_database
from tests.builders.databases import a_migrated_file, a_postgresql_database
from tests.builders.processes import Servers, running_servers
from tests.builders.race import Race
from tests.scheduler_core.conftest import BOTH


@pytest.fixture(scope="package", params=BOTH)
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Servers, Database]]:
    home = tmp_path_factory.mktemp("races")
    if request.param == "sqlite":
        yield from _running(f"sqlite:///{a_migrated_file(home)}", home)
    else:
        with a_postgresql_database(request.getfixturevalue("postgresql")) as url:
            yield from _running(url, home)


def _running(url: str, home: Path) -> Iterator[tuple[Servers, Database]]:
    database = open_database(url)
    with running_servers(url, home) as servers:
        yield servers, database
    database.close()


@pytest.fixture
def race(running: tuple[Servers, Database], record_property: Callable[[str, object], None]) -> Race:
    servers, database = running

    def report(name: str, value: object) -> None:
        record_property(name, value)
        print(f"{database.engine.dialect.name} {name} {value}")  # noqa: T201

    return Race.between(servers, database, report)
