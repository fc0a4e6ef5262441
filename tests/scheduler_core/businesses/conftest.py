"""The office of a business: where it is set up."""

import pytest

from tests.builders.business import Office
from tests.builders.core import Core


@pytest.fixture
def office(core: Core) -> Office:
    return Office(core)
