"""Sentences said outside the bot, in the reader's language: one file a language, else English."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_FALLBACK = "en"
#: A sentence that ends with "9:00 a.m." has its stop.
_ONE_STOP = re.compile(r"(?<=\.m)\.\.(?!\.)")


def words(language: str, key: str, **facts: Any) -> str:
    """The sentence ``key`` in ``language`` ("en", "de-AT"), facts filled in; ``KeyError`` when missing."""
    for name in (language.partition("-")[0].partition("_")[0].lower(), _FALLBACK):
        sentence = _sentences(name).get(key)
        if sentence is not None:
            return _ONE_STOP.sub(".", sentence.format(**facts))
    raise KeyError(key)


def counted(language: str, key: str, count: int, **facts: Any) -> str:
    """The sentence for so many: of one it is ``key`` with "_one"."""
    return words(language, f"{key}_one" if count == 1 else key, count=count, **facts)


def reason(language: str, code: str | None) -> str:
    """Why a message did not arrive, for people."""
    try:
        return words(language, f"unsent_{code}")
    except KeyError:
        return words(language, "unsent_other", code=code or "?")


def work(language: str, kind: str) -> str:
    """What a kind of due work is, for people."""
    try:
        return words(language, f"work_{kind}")
    except KeyError:
        return words(language, "work_other", kind=kind)


@cache
def languages() -> tuple[str, ...]:
    """Those that have sentences."""
    files_of = (files(__package__) / "wording").iterdir()
    return tuple(sorted(each.name.removesuffix(".yml") for each in files_of if each.name.endswith(".yml")))


@cache
def _sentences(language: str) -> dict[str, str]:
    file = files(__package__) / "wording" / f"{language}.yml"
    if not language.isalpha() or not file.is_file():
        return {}
    found: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found
