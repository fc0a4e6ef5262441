"""A checkout says nothing about the machine it was written on or where that machine downloads from."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.house.checkout import ROOT, tracked_files

_MACHINE_PATH = re.compile(r"(?<![\w.~<>-])/(?:work|root|tmp|home/\w+|Users/\w+)/")
_REGISTRY = re.compile(r"(?:pypi|pythonhosted|npmjs|rubygems|proxy\.golang|debian)\.(?:org|com)")
_LOCKS = [ROOT / "requirements" / "house.txt", ROOT / "requirements" / "bot.txt"]


def _text_files() -> list[tuple[Path, str]]:
    found = []
    for path in tracked_files():
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


@pytest.mark.parametrize("unwanted", [_MACHINE_PATH, _REGISTRY], ids=["machine path", "registry host"])
def test_no_file_names_it(unwanted: re.Pattern[str]) -> None:
    named = {
        str(path.relative_to(ROOT)): match[0]
        for path, text in _text_files()
        if (match := unwanted.search(text))
    }
    assert not named


@pytest.mark.parametrize("lock", _LOCKS, ids=lambda path: str(path.name))
def test_a_lock_has_hashes_and_no_addresses(lock: Path) -> None:
    lines = lock.read_text().splitlines()
    assert not [line for line in lines if "://" in line or re.match(r"-|--(index|extra|find|trusted)", line)]
    names = [number for number, line in enumerate(lines) if re.match(r"\w", line)]
    assert names
    assert all("==" in lines[number] and "--hash=sha256:" in lines[number + 1] for number in names)


@pytest.mark.parametrize(
    ("lock", "groups"), [(_LOCKS[0], ["dev"]), (_LOCKS[1], ["bot"])], ids=["house", "bot"]
)
def test_a_lock_holds_what_the_project_asks_for(lock: Path, groups: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [each for group in groups for each in project["dependency-groups"][group]]
    wanted += project["project"]["dependencies"] if groups == ["dev"] else []
    locked = {_plain(line) for line in lock.read_text().splitlines() if re.match(r"\w", line)}
    assert {_plain(each) for each in wanted} <= locked


def _plain(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()
