"""`./frontdesk` makes an environment once, again when its lock changes, and says in a sentence what it lacks.

It runs in an empty checkout with a twin of uv that only writes down how it was called.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.checkout import ROOT

_ON_ANY_MACHINE = ("sh", "dirname", "cksum", "cat", "grep", "sed", "tail", "mkdir", "chmod", "rm", "printf")
_TWIN_OF_UV = """#!/bin/sh
echo "$*" >>"$UV_CALLS"
[ "$1" = pip ] && [ -n "${UV_FAILS:-}" ] && exit 1
for folder in "$@"; do :; done
if [ "$1" = venv ]; then
    mkdir -p "$folder/bin"
    printf '#!/bin/sh\\necho "handed over: $*"\\n' >"$folder/bin/python"
    chmod +x "$folder/bin/python"
fi
"""


@dataclass
class Machine:
    checkout: Path
    programs: Path
    calls: Path

    def runs(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["./frontdesk", *arguments], cwd=self.checkout, capture_output=True, text=True,
            env={"PATH": str(self.programs), "UV_CALLS": str(self.calls), **environment},
        )  # fmt: skip

    def installed(self) -> list[str]:
        """The locks that uv was told to install since the last look."""
        calls = self.calls.read_text().splitlines() if self.calls.exists() else []
        self.calls.unlink(missing_ok=True)
        return [call.split()[-1] for call in calls if call.startswith("pip sync")]


@pytest.fixture
def bare_machine(tmp_path: Path) -> Machine:
    checkout, programs = tmp_path / "a checkout", tmp_path / "bin"
    (checkout / "requirements").mkdir(parents=True)
    programs.mkdir()
    shutil.copy(ROOT / "frontdesk", checkout)
    for lock in ("house", "bot"):
        (checkout / "requirements" / f"{lock}.txt").write_text("one==1\n")
    for name in _ON_ANY_MACHINE:
        os.symlink(shutil.which(name) or name, programs / name)
    return Machine(checkout, programs, tmp_path / "calls")


@pytest.fixture
def machine(bare_machine: Machine) -> Machine:
    uv = bare_machine.programs / "uv"
    uv.write_text(_TWIN_OF_UV)
    uv.chmod(0o755)
    return bare_machine


def test_up_makes_both_environments_and_hands_over(machine: Machine) -> None:
    result = machine.runs("up")
    assert result.stdout == "handed over: frontdesk.py up\n"
    assert machine.installed() == ["requirements/house.txt", "requirements/bot.txt"]


def test_what_is_made_is_not_made_again(machine: Machine) -> None:
    machine.runs("up")
    machine.installed()
    assert machine.runs("up").stderr == ""
    assert machine.installed() == []


def test_a_changed_lock_is_installed(machine: Machine) -> None:
    machine.runs("test")
    machine.installed()
    (machine.checkout / "requirements" / "bot.txt").write_text("one==2\n")
    machine.runs("test")
    assert machine.installed() == ["requirements/bot.txt"]


def test_a_try_broken_off_is_repeated(machine: Machine) -> None:
    assert machine.runs("up", UV_FAILS="yes").returncode == 1
    machine.installed()
    assert machine.runs("up").returncode == 0
    assert machine.installed() == ["requirements/house.txt", "requirements/bot.txt"]


def test_help_does_not_make_the_bots_environment(machine: Machine) -> None:
    machine.runs("--help")
    assert machine.installed() == ["requirements/house.txt"]


def test_arguments_and_exit_code_pass_through_whole(machine: Machine) -> None:
    assert (
        machine.runs("chat", "--as", "Ana Maria").stdout == "handed over: frontdesk.py chat --as Ana Maria\n"
    )


def test_without_python_it_says_so(bare_machine: Machine) -> None:
    result = bare_machine.runs("up")
    assert result.returncode == 1
    assert result.stderr == (
        "frontdesk: no Python 3.11 or newer was found; please install one and run this again.\n"
    )


def test_uv_is_put_into_the_checkout_even_without_venv(bare_machine: Machine) -> None:
    python, uv = bare_machine.programs / "python3", bare_machine.checkout.parent / "twin of uv"
    uv.write_text(_TWIN_OF_UV)
    uv.chmod(0o755)
    python.write_text(
        '#!/bin/sh\n[ "$1" = -c ] && exit 0\n[ "$2" = pip ] || exit 1\n'
        'while [ "$1" != --target ]; do shift || exit 0; done\n'
        f'mkdir -p "$2/bin" && cp "{uv}" "$2/bin/uv"\n'
    )
    python.chmod(0o755)
    os.symlink(shutil.which("cp") or "cp", bare_machine.programs / "cp")
    assert bare_machine.runs("up").returncode == 0
    assert bare_machine.installed() == ["requirements/house.txt", "requirements/bot.txt"]


def test_without_an_installer_it_says_what_helps(bare_machine: Machine) -> None:
    python = bare_machine.programs / "python3"
    python.write_text('#!/bin/sh\n[ "$1" = -c ]\n')  # new enough, but with neither venv nor pip
    python.chmod(0o755)
    result = bare_machine.runs("up")
    assert result.returncode == 1
    assert "apt install python3-venv" in result.stderr
