"""`./frontdesk doctor` runs where nothing was ever started, and a script can read its answer from its exit code."""

import subprocess
import sys
from pathlib import Path

from tests.house.checkout import ROOT

_TOKEN = "4242:a-token-that-nobody-may-read"


def doctor(home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "frontdesk.py"), "doctor"], cwd=ROOT, capture_output=True, text=True,
        env={"FRONTDESK_HOME": str(home), **settings},
    )  # fmt: skip


def test_a_house_that_never_ran_is_told_of_and_is_no_fault(tmp_path: Path) -> None:
    result = doctor(tmp_path)
    assert result.returncode == 0, result.stderr
    assert "./frontdesk up starts it" in result.stdout
    assert "the first start makes the database" in result.stdout
    assert not (tmp_path / "frontdesk.db").exists()


def test_a_channel_that_is_not_well_ends_it_with_one(tmp_path: Path) -> None:
    nobody = "http://127.0.0.1:1"
    result = doctor(tmp_path, FRONTDESK_TELEGRAM_TOKEN=_TOKEN, FRONTDESK_TELEGRAM_API_URL=nobody)
    assert result.returncode == 1
    assert "Telegram does not answer" in result.stdout
    assert result.stdout.endswith("then look again: ./frontdesk doctor\n")
    assert _TOKEN not in result.stdout + result.stderr
