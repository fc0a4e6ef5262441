"""A language is a file: every table is complete, unambiguous and made of kinds the grammar knows."""

from __future__ import annotations

from importlib import resources

import pytest

from actions.when.lexicon import lexicon_for

CODES = sorted(f.name.removesuffix(".yml") for f in (resources.files("actions.when") / "languages").iterdir())


@pytest.mark.parametrize("code", CODES)
def test_a_table_reads_and_has_all_weekdays_and_months(code: str) -> None:
    lexicon = lexicon_for(code)  # a phrase with two meanings raises

    meanings = [meaning for rows in lexicon.phrases.values() for _, meaning in rows]
    assert {value for kind, value in meanings if kind == "weekday"} == set(range(7))
    assert {value for kind, value in meanings if kind == "month"} == set(range(1, 13))
    assert all(isinstance(kind, str) for kind, _ in meanings)


def test_a_language_without_a_table_is_read_as_english() -> None:
    assert lexicon_for("xx-YY").code == "en"
