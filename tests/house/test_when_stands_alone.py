"""Understanding time could be published by itself: it looks at nothing of the house, and at few libraries."""

import ast
import sys
from collections.abc import Iterator

from tests.house.checkout import ROOT

_LIBRARIES = {"dateparser", "rapidfuzz", "yaml"}


def _imported() -> Iterator[str]:
    for path in (ROOT / "actions" / "when").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module or ""


def test_it_imports_itself_and_a_few_libraries() -> None:
    others = {name for name in _imported() if not f"{name}.".startswith("actions.when.")}
    assert {name.partition(".")[0] for name in others} - sys.stdlib_module_names <= _LIBRARIES


def test_it_asks_neither_the_clock_nor_the_network() -> None:
    assert set(_imported()).isdisjoint({"time", "socket", "urllib", "http", "asyncio", "os", "subprocess"})
