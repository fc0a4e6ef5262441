"""What the tests about the house look at: the files of this checkout, as git knows them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUR_CODE = ("scheduler_core", "actions", "channels")


def tracked_files() -> list[Path]:
    """Committed or about to be; a folder without git (a source archive) has none to check."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def our_modules(*packages: str) -> list[Path]:
    return [path for name in packages or OUR_CODE for path in sorted((ROOT / name).rglob("*.py"))]
