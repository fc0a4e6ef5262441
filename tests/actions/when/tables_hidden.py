"""Dutch and Italian read as any language without a table is: here people know what their words mean.

A module of tests that imports the fixture has it for all its tests.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from actions.when.words.lexicon import has_table


@pytest.fixture(scope="module", autouse=True)
def dutch_and_italian_tables_hidden() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys.modules["actions.when.parse"], "has_table", _has_table_in_sight)
        yield


def _has_table_in_sight(locale: str) -> bool:
    return has_table(locale) and not locale.startswith(("nl", "it"))
