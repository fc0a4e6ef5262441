"""The words: every sentence and label is in domain.yml, once a language.

The first variation of a response is English; a variation of another language says so in its metadata.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ENGLISH = "en"
_MAY_BEGIN_A_LINE = ("moment",)
_LABEL = "button"
_ONE_STOP = re.compile(r"(?<=\.m)\.\.(?!\.)")
"""A sentence that ends with "9:00 a.m." has its stop."""
_FACT = re.compile(r"\\{(\w+)\\}")
_DOMAIN = Path(__file__).resolve().parent.parent / "domain.yml"


def words(key: str, language: str = ENGLISH, **facts: Any) -> str:
    """The sentence `key` in `language`, English where it has none. A missing key or fact raises KeyError."""
    said = _responses()[key]
    return _ONE_STOP.sub(".", said.get(language, said[ENGLISH]).format(**facts)).strip()


def for_count(key: str, count: int) -> str:
    """The key of what is said of so many: of one it is `key` with "_one"."""
    return f"{key}_one" if count == 1 else key


def sentence(key: str, language: str = ENGLISH, **facts: Any) -> str:
    """`words` that begin with a capital, as do those after a line break where a moment begins the line.

    Days are written small in many languages.
    """
    begun = {name: _capital(str(facts[name])) for name in _MAY_BEGIN_A_LINE if name in facts}
    lines = _responses()[key].get(language, _responses()[key][ENGLISH]).split("\n")
    said = [line.format(**facts | begun if line.startswith("{") else facts) for line in lines]
    return _capital(_ONE_STOP.sub(".", "\n".join(said)).strip())


def in_language(label: str, language: str) -> str:
    """A button's label of any language in this one; what is no label of ours, such as a name, stays as it is."""
    for key, pattern in _labels():
        if found := pattern.fullmatch(label):
            return words(key, language, **found.groupdict())
    return label


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def spoken(tag: str | None) -> str | None:
    """The language of a tag ("es-MX") if the words are there in it."""
    code = (tag or "").replace("_", "-").split("-")[0].lower()
    return code if code in languages() else None


@cache
def languages() -> frozenset[str]:
    """Those that every sentence is there in."""
    known = [set(variations) for variations in _responses().values()]
    return frozenset(set.intersection(*known))


@cache
def _labels() -> list[tuple[str, re.Pattern[str]]]:
    """Every label in every language, those that hold a fact last: "Book a visit" is not "Book {service}"."""
    labels = [
        (key, text)
        for key, variations in _responses().items()
        if key.split("_")[1] == _LABEL
        for text in variations.values()
    ]
    whole_first = sorted(labels, key=lambda each: "{" in each[1])
    return [(key, re.compile(_FACT.sub(r"(?P<\1>.+)", re.escape(text)))) for key, text in whole_first]


@cache
def _responses() -> dict[str, dict[str, str]]:
    domain = yaml.safe_load(_DOMAIN.read_text(encoding="utf-8"))
    return {
        key: {each.get("metadata", {}).get("language", ENGLISH): each["text"] for each in variations}
        for key, variations in domain["responses"].items()
    }
