"""Processes: none outlives the house, a dead one comes back, and the bot is told nothing it could tell."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from socket import socket

import pytest

import frontdesk
import processes
from bot import launch
from scheduler_core.settings import Settings
from tests.house.checkout import ROOT

_PATIENCE_SECONDS = 20.0


def comes_true(what: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if what():
            return True
    return False


def lives(pid: int) -> bool:
    """A zombie nobody has reaped yet does not count."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="Linux ends children with their parent")
def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c",
         "import processes, os, time; child = processes.start(['sleep', '600'], dict(os.environ), -3);"
         "print(child.pid, flush=True); time.sleep(600)"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdout
    child = int(parent.stdout.readline())
    assert lives(child)
    parent.kill()
    parent.wait()
    assert comes_true(lambda: not lives(child))


def a_child(tmp_path: Path, script: str) -> processes.Child:
    return processes.Child("one", ["/bin/sh", "-c", script], {}, tmp_path / "one.log")


def test_a_child_that_dies_is_started_again_after_longer_and_longer_pauses(tmp_path: Path) -> None:
    child = a_child(tmp_path, "exit 3")
    pauses = []
    for _ in range(3):
        child.due = 0.0
        child.look_after()
        assert child.process
        child.process.wait()
        before = time.monotonic()
        child.look_after()
        pauses.append(round(child.due - before))
    assert pauses == [1, 2, 4]


def test_stop_ends_those_too_that_do_not_listen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_GRACE_SECONDS", 0.1)
    child = a_child(tmp_path, "trap '' TERM; echo deaf; while :; do read line </dev/zero; done")
    child.look_after()
    assert child.process
    assert comes_true(lambda: "deaf" in child.output.read_text())
    processes.stop([child])
    assert child.process.wait() == -signal.SIGKILL


def test_a_taken_port_is_left_alone() -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert frontdesk.free_port(port) != port
    assert frontdesk.free_port(port) == port


def test_a_second_house_in_one_checkout_says_where_the_first_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(home=tmp_path, front_port=8765)
    with frontdesk._only_house(settings):
        assert frontdesk.running(tmp_path) == {
            "pid": os.getpid(),
            "port": 8765,
            "url": "http://127.0.0.1:8765",
        }
        with pytest.raises(SystemExit), frontdesk._only_house(settings):
            pytest.fail("two houses in one checkout")
    assert "http://127.0.0.1:8765" in capsys.readouterr().out


def test_a_note_left_by_a_house_that_died_means_nothing(tmp_path: Path) -> None:
    with frontdesk._only_house(Settings(home=tmp_path)):
        pass
    assert frontdesk.running(tmp_path) is None


def test_the_bot_is_given_no_credential(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FRONTDESK_API_KEY", "DATABASE_URL", "TWILIO_AUTH_TOKEN"):
        monkeypatch.setenv(name, "the secret")
    assert "the secret" not in launch.environment(tmp_path, "http://127.0.0.1:1").values()


@pytest.mark.parametrize("source", ["domain.yml", "nlu_data/rules/greet.yml", "requirements/bot.txt"])
def test_the_model_is_trained_again_when_a_source_changes(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("domain.yml", "nlu_data/rules/greet.yml", "bot/config.yml", "requirements/bot.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was")
    monkeypatch.setattr(launch, "ROOT", tmp_path)
    before = launch.fingerprint()
    assert launch.fingerprint() == before
    (tmp_path / source).write_text("changed")
    assert launch.fingerprint() != before
