"""Dutch and Italian as if they had no tables: their words are well known, and dateparser's ways with them too."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from actions.when.lexicon import has_table


@pytest.fixture(scope="module", autouse=True)
def dutch_without_its_table() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys.modules["actions.when.parse"], "has_table", _is_read_by_a_table)
        yield


def _is_read_by_a_table(locale: str) -> bool:
    return has_table(locale) and not locale.startswith(("nl", "it"))
