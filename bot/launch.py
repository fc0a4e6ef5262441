"""How the house trains and starts the bot, and all that the bot process may know.

Run by the house's Python, so it imports neither Rasa nor anything of ours.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AWAKE_PATH = "/webhooks/rest/"
_BOT = (str(ROOT / ".venv-bot" / "bin" / "python"), "-m", "bot")
_MODELS_KEPT = 3
_SHAPE_THE_MODEL = ("domain.yml", "nlu_data", "bot", "requirements/bot.txt")


def trained_model(home: Path, train: Callable[[Path], None]) -> Path:
    """The model of the present sources; `train` makes it, if no earlier run has, as the file it is given."""
    models = home / "models"
    models.mkdir(parents=True, exist_ok=True)
    with (models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        model, made = models / f"{fingerprint()}.tar.gz", models / "in-training.tar.gz"
        if not model.exists():
            train(made)
            made.replace(model)
        model.touch()
        for old in sorted(models.glob("*.tar.gz"), key=lambda each: each.stat().st_mtime)[:-_MODELS_KEPT]:
            old.unlink()
    return model


def is_trained(home: Path) -> bool:
    return (home / "models" / f"{fingerprint()}.tar.gz").exists()


def fingerprint() -> str:
    """Changes exactly when a file that shapes the model does."""
    digest = hashlib.sha256()
    for top in (ROOT / name for name in _SHAPE_THE_MODEL):
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.suffix in {".yml", ".py", ".txt"} and path != Path(__file__):
                digest.update(f"{path.relative_to(ROOT)} {path.stat().st_size} ".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def environment(home: Path, actions_url: str = "") -> dict[str, str]:
    """No key, no database, nothing of the caller's but where programs and scratch space are."""
    scratch = home / "tmp"
    scratch.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(Path.home()),
        "TMPDIR": str(scratch),
        "RASA_CACHE_DIRECTORY": str(home / "rasa-cache"),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "PYTHONUNBUFFERED": "1",
        "FRONTDESK_ACTIONS_URL": actions_url,
    }


def training(model: Path) -> list[str]:
    """The command that trains the present sources into `model`, a path that ends in .tar.gz."""
    sources = ("--config", "bot/config.yml", "--data", "nlu_data", "--domain", "domain.yml")
    into = ("--out", str(model.parent), "--fixed-model-name", model.name.removesuffix(".tar.gz"))
    return [*_BOT, "train", *sources, *into]


def parts_to_train() -> int:
    """The number of components and policies, for a progress bar."""
    return len(re.findall(r"^ *- +name:", (ROOT / "bot" / "config.yml").read_text(), re.MULTILINE))


def serving(model: Path, port: int) -> list[str]:
    """The command that answers with `model` on the loopback `port`."""
    files = (
        "--model",
        str(model),
        "--endpoints",
        "bot/endpoints.yml",
        "--credentials",
        "bot/credentials.yml",
    )
    return [*_BOT, "run", *files, "--interface", "127.0.0.1", "--port", str(port)]
