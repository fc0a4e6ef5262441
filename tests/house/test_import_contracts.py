"""Who may look at whom (HOUSE §7): the contracts of pyproject.toml hold, and each catches its violation."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.checkout import ROOT

_ROOMS = ("scheduler_core", "actions", "channels", "bot")

VIOLATIONS = {
    "Channels look into the core only": ("channels/conversation.py", "scheduler_core.appointments"),
    "The core knows no channel": ("scheduler_core/errors.py", "telegram"),
    "The conversation touches no SQL": ("actions/say.py", "sqlalchemy"),
    "Only the core client speaks HTTP": ("actions/turn.py", "httpx"),
    "The bot stands apart": ("bot/launch.py", "scheduler_core.settings"),
    "Channels do not know each other": ("channels/web/channel.py", "channels.terminal.channel"),
    "What decides is pure": ("actions/when/wishes/combine.py", "time"),
    "Understanding time goes one way": ("actions/when/words/scan.py", "actions.when.rules"),
    "The rooms of the core stand in layers": (
        "scheduler_core/availability/slots.py",
        "scheduler_core.appointments",
    ),
}


def check_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ]
    return subprocess.run([*command, "--no-cache"], cwd=folder, capture_output=True, text=True)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    for name in _ROOMS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_import_contract_holds() -> None:
    result = check_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_planted_violation_is_caught(contract: str, copy: Path) -> None:
    name, wrongly_imported = VIOLATIONS[contract]
    module = copy / name
    honest = module.read_text()
    module.write_text(f"{honest}\nimport {wrongly_imported}\n")
    try:
        result = check_imports(copy)
    finally:
        module.write_text(honest)
    broken = [line for line in result.stdout.splitlines() if " BROKEN" in line]
    assert result.returncode != 0
    assert [line for line in broken if line.startswith(contract)], result.stdout + result.stderr


def test_every_contract_has_its_planted_violation() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert not [each["name"] for each in contracts if not each["name"].startswith(tuple(VIOLATIONS))]
