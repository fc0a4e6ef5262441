"""The tools that read the code have nothing to say about it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.checkout import OUR_CODE, ROOT, our_modules

_TOOLS = {
    "ruff finds no fault": ["ruff", "check", "--quiet", "--output-format", "concise", "."],
    "ruff would format nothing anew": [
        "ruff",
        "format",
        "--quiet",
        "--check",
        "--output-format",
        "concise",
        ".",
    ],
    "mypy believes every type": ["mypy"],
}
_LONGEST_MODULE_LINES = 300
_LONGEST_FUNCTION_LINES = 40


@pytest.mark.parametrize("promise", _TOOLS)
def test_the_tools_agree(promise: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *_TOOLS[promise]], cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, f"\n{result.stdout}{result.stderr}"


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _written_by_hand() -> list[Path]:
    modules = [ROOT / "frontdesk.py", ROOT / "processes.py", *our_modules(*OUR_CODE, "bot")]
    return [path for path in modules if "migrations" not in path.parts]


def test_a_module_is_read_in_one_sitting() -> None:
    lengths = {path: path.read_text().count("\n") for path in _written_by_hand()}
    assert not {str(path): lines for path, lines in lengths.items() if lines >= _LONGEST_MODULE_LINES}


def test_a_function_fits_on_a_screen() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        for path in _written_by_hand()
        for function in _functions(path)
        if (function.end_lineno or 0) - function.lineno >= _LONGEST_FUNCTION_LINES
    ]
    assert not too_long


def test_every_module_says_in_a_sentence_why_it_is_there() -> None:
    silent = [path for path in _written_by_hand() if path.read_text().strip() and not _docstring(path)]
    assert not silent


def _docstring(path: Path) -> str | None:
    return ast.get_docstring(ast.parse(path.read_text()))
