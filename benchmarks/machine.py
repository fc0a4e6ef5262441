"""The machine that figures are quoted with."""

import os
import platform
from pathlib import Path
from typing import Any


def machine() -> dict[str, Any]:
    """Asked before the run, so that `load` is what others did."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    facts = {"cores": cores, "cpu": _cpu(), "python": platform.python_version(), "system": platform.system()}
    return facts | {"load": round(os.getloadavg()[0], 2)}


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


def sentence(facts: dict[str, Any]) -> str:
    return (
        f"{facts['cores']} cores, {facts['cpu']}, Python {facts['python']}, {facts['system']}; "
        f"load {facts['load']} before the run"
    )
