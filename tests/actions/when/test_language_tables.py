"""A language is a file: every table is complete, unambiguous and made of kinds the grammar knows."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
import yaml

from actions.when.words.lexicon import has_table, lexicon_for

CODES = sorted(
    f.name.removesuffix(".yml") for f in (resources.files("actions.when.words") / "languages").iterdir()
)


@pytest.mark.parametrize("code", CODES)
def test_a_table_reads_and_has_all_weekdays_and_months(code: str) -> None:
    lexicon = lexicon_for(code)  # a phrase with two meanings raises

    meanings = [meaning for rows in lexicon.phrases.values() for _, meaning in rows]
    assert {value for kind, value in meanings if kind == "weekday"} == set(range(7))
    assert {value for kind, value in meanings if kind == "month"} == set(range(1, 13))
    assert all(isinstance(kind, str) for kind, _ in meanings)


@pytest.mark.parametrize("code", CODES)
def test_no_word_of_a_table_is_a_truth_value(code: str) -> None:
    lexicon = lexicon_for(code)  # yes, no and on are words only in quotation marks

    assert lexicon.single("true") is None
    assert lexicon.single("false") is None


@pytest.mark.parametrize("code", CODES)
def test_every_key_of_a_table_is_explained_to_who_writes_the_next_one(code: str) -> None:
    table = yaml.safe_load(
        (resources.files("actions.when.words") / "languages" / f"{code}.yml").read_text("utf-8")
    )
    page = (Path(__file__).parents[3] / "docs" / "how-to" / "add-a-language.md").read_text("utf-8")

    assert {*table, *table["words"]} <= set(re.findall(r"`(\w+)[`:]", page))


@pytest.mark.parametrize(
    ("locale", "known"),
    [
        ("en", True),
        ("en-GB", True),
        ("EN_us", True),
        ("xx-YY", False),
        ("nl-NL", True),
        ("it-IT", True),
        ("", False),
        ("../en", False),
    ],
)
def test_only_the_language_of_a_locale_chooses_the_table(locale: str, known: bool) -> None:
    assert has_table(locale) is known
