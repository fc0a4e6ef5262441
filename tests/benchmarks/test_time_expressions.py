"""The benchmark of time reads whatever files there are, names bad ones, and is fair to its yardstick."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from actions.when import TimeConstraint, Wish, parse
from benchmarks import time_expressions
from benchmarks.time_fields import verdict_on_fields
from benchmarks.time_rows import BadRows, Sentence, sentences, understood
from benchmarks.time_yardstick import searched, verdict_on_search

NOW = "2027-06-09T10:20:00+00:00"
FRIDAY_AT_3 = {"start": "2027-06-11T15:00:00+00:00", "end": None, "grain": "minute"}


def row(text: str, **more: Any) -> dict[str, Any]:
    plain = {"text": text, "lang": "en", "reference": NOW, "kind": "instant", "expected": FRIDAY_AT_3}
    return plain | more


def talk(text: str, **expect: str) -> dict[str, Any]:
    return {"id": "set:1", "text": text, "ref": "2027-06-09T10:20", "expect": expect}


def written(folder: Path, name: str, *rows: dict[str, Any]) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(each) + "\n" for each in rows), "utf-8")
    return file


def sentence(tmp_path: Path, given: dict[str, Any]) -> Sentence:
    (only,) = sentences(written(tmp_path, "one.jsonl", given))
    return only


def test_a_folder_its_parts_and_a_single_file_are_all_read(tmp_path: Path) -> None:
    file = written(tmp_path, "dates/whatever-xx.jsonl", row("Friday at 3pm"))
    written(tmp_path, "nlu/datetime.hidden.jsonl", talk("Friday at 3pm", date="2027-06-11"))
    written(tmp_path, "nlu/intents.utt.jsonl", {"text": "hello", "intents": ["greet"]})

    assert [s.source for s in sentences(tmp_path)] == ["whatever-xx", "datetime.hidden"]
    assert len(sentences(tmp_path / "dates")) == len(sentences(tmp_path / "nlu")) == len(sentences(file)) == 1


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("empty.jsonl", "", "no rows"),
        ("prose.jsonl", "hello\n", "prose.jsonl:1"),
        ("intents.jsonl", '{"text": "hello", "intents": []}\n', "intents.jsonl:1"),
        ("durations.jsonl", json.dumps(row("for an hour", kind="duration")) + "\n", "seconds"),
        ("kinds.jsonl", json.dumps(row("Friday", kind="perhaps")) + "\n", "perhaps"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path: Path, name: str, content: str, complaint: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")

    with pytest.raises(BadRows, match=complaint):
        sentences(tmp_path / name)


def test_a_path_that_is_not_there_ends_the_run_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["time_expressions", str(tmp_path / "nowhere")])

    with pytest.raises(SystemExit, match="no such file or folder"):
        time_expressions.main()


def test_the_run_prints_a_verdict_for_each_aim_and_keeps_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, "dates/booking-new.jsonl", row("Friday at 3pm"), row("what a mess", kind="none"))
    written(tmp_path, "dates/sgd-new.jsonl", row("I am free on Friday at 3 in the afternoon"))
    kept = tmp_path / "figures.json"
    monkeypatch.setattr(sys, "argv", ["x", str(tmp_path), "--json", str(kept), "--misses"])

    time_expressions.main()

    said = capsys.readouterr().out
    for line in (
        "met: booking, English, fully right 100.0 %",
        "met: sgd, English, fully right 100.0 %",
        "met: found where nothing is 0.0 %",
        "met: silently wrong on SGD 0.0 %",
        "p95 a message",
        "may be announced: en",
    ):
        assert line in said
    assert json.loads(kept.read_text())["all"]["by_source"]["sgd-new en"]["ours"]["right"] == 100


def test_a_time_for_an_existing_appointment_is_meant_for_its_day(tmp_path: Path) -> None:
    given = row("make it 3pm", context={"appointment": {"start": "2027-06-11T10:00:00+00:00"}})

    (wish,) = understood(sentence(tmp_path, given)).wishes

    assert str(wish.date_from) == "2027-06-11"


FIELDS = {
    "the day and the clock": ("Friday at 3pm", {"date": "2027-06-11", "time": "15:00"}, "right"),
    "another clock": ("Friday at 3pm", {"date": "2027-06-11", "time": "16:00"}, "wrong"),
    "a clock that was not found": ("Friday", {"date": "2027-06-11", "time": "15:00"}, "wrong"),
    "a bound for its clock": ("Friday after 3pm", {"date": "2027-06-11", "time": "15:00"}, "right"),
    "a part of the day": ("Friday morning", {"date": "2027-06-11", "part": "morning"}, "right"),
    "another part of the day": ("Friday morning", {"date": "2027-06-11", "part": "evening"}, "wrong"),
    "both ends of a stay": (
        "from the 15th to the 17th",
        {"date_from": "2027-06-15", "date_to": "2027-06-17"},
        "right",
    ),
    "one end of a stay": (
        "from the 15th to the 18th",
        {"date_from": "2027-06-15", "date_to": "2027-06-17"},
        "wrong",
    ),
    "a day that is ruled out": ("I cannot come on Friday", {"date": "2027-06-11"}, "right"),
    "nothing": ("hello", {"date": "2027-06-11"}, "nothing"),
    "a label that is no date": ("Friday", {"date": "soon"}, "wrong"),
    "what nobody can date": ("some day", {"date": "ambiguous"}, "right"),
    "a day where nobody can date it": ("Friday", {"date": "ambiguous"}, "wrong"),
}


@pytest.mark.parametrize(("text", "expect", "outcome"), FIELDS.values(), ids=FIELDS)
def test_a_line_of_talk_is_judged_by_its_fields(text: str, expect: dict[str, str], outcome: str) -> None:
    found = parse(text, datetime.fromisoformat(NOW), "UTC", "en-US")

    assert verdict_on_fields({"expect": expect}, found).outcome == outcome


def test_day_and_clock_of_two_different_wishes_are_not_one_right_answer() -> None:
    friday, monday = (datetime.fromisoformat(day).date() for day in ("2027-06-11", "2027-06-14"))
    clock = datetime.fromisoformat("2027-06-14T15:00").time()
    found = TimeConstraint(
        wishes=(
            Wish(date_from=friday, date_to=friday.replace(day=12)),
            Wish(date_from=monday, date_to=monday.replace(day=15), time_from=clock, exact=True),
        )
    )

    outcome = verdict_on_fields({"expect": {"date": "2027-06-11", "time": "15:00"}}, found).outcome

    assert outcome == "wrong"


YARDSTICK = {
    "a day and a clock": (row("Friday at 3pm"), "right"),
    "a clock, the date being nobody's": (
        row("at 3pm", expected={**FRIDAY_AT_3, "start": "2027-06-09T15:00:00+00:00", "time_only": True}),
        "right",
    ),
    "another day": (row("Saturday at 3pm"), "wrong"),
    "both ends of a range": (
        row(
            "12 July to 14 July",
            kind="interval",
            expected={"start": "2027-07-12T00:00:00+00:00", "end": "2027-07-15T00:00:00+00:00"},
        ),
        "right",
    ),
    "a month by its name": (
        row(
            "in August",
            kind="interval",
            expected={"start": "2027-08-01T00:00:00+00:00", "end": "2027-09-01T00:00:00+00:00"},
        ),
        "right",
    ),
    "a date where nothing is": (row("see you on 12 July", kind="none"), "found where nothing is"),
    "nothing": (row("hello there"), "nothing"),
}


@pytest.mark.parametrize(("given", "outcome"), YARDSTICK.values(), ids=YARDSTICK)
def test_the_yardstick_is_judged_by_what_it_can_say(
    tmp_path: Path, given: dict[str, Any], outcome: str
) -> None:
    said = sentence(tmp_path, given)

    assert verdict_on_search(said, searched(said)) == outcome
