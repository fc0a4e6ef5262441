"""The customers whom the team speaks with: whose conversation is meant, and what each is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from actions.core_client import Refused
from actions.likeness import words_of
from actions.staff.diary import Diary

_NEWEST = 200


@dataclass(frozen=True)
class Thread:
    """A conversation with a customer; `is_chosen`: of those taken over in this chat, the last that was meant."""

    id: int
    customer_id: int
    customer: str
    channel: str
    opted_out: bool
    is_chosen: bool = False

    @classmethod
    def of(cls, told: dict[str, Any]) -> Thread:
        name = told["customer_name"] or f"#{told['customer_id']}"
        return cls(
            told["id"], told["customer_id"], name, told["channel"], told["opted_out"], told["is_chosen"]
        )


async def taken_over(diary: Diary) -> list[Thread]:
    """In this chat, as of now; none for who may not speak with customers."""
    try:
        return _noted(diary, await diary.ask("GET", "/conversations/mine"))
    except Refused:
        return []


async def thread(diary: Diary, conversation_id: int) -> Thread:
    """Refused: there is none, or the chat may not speak with customers."""
    told = await diary.ask("GET", f"/conversations/{conversation_id}")
    return _noted(diary, [told["conversation"]])[0]


async def called(diary: Diary, name: str) -> list[Thread]:
    """One for each customer of that name: where they wait for somebody, else where they wrote last."""
    found = await _listed(diary, f"&name={quote(name)}") or await _listed(diary)
    wanted = words_of(name)
    fitting = [each for each in found if wanted and _is_part(wanted, words_of(each.customer))]
    in_full = [each for each in fitting if words_of(each.customer) == wanted and len(wanted) > 1]
    of_each: dict[int, Thread] = {}
    for each in in_full or fitting:
        of_each.setdefault(each.customer_id, each)
    return _remembered(diary, list(of_each.values()))


def named(name: str, among: Sequence[Thread]) -> list[Thread]:
    wanted = words_of(name)
    return [each for each in among if wanted and _is_part(wanted, words_of(each.customer))]


def titles(among: Sequence[Thread]) -> list[str]:
    """What tells them apart: the name, and the channel where two are called alike."""
    names = [each.customer for each in among]
    return [
        each.customer if names.count(each.customer) == 1 else f"{each.customer} ({each.channel} {each.id})"
        for each in among
    ]


async def _listed(diary: Diary, only: str = "") -> list[Thread]:
    told = await diary.ask("GET", f"/conversations?limit={_NEWEST}{only}")
    return [Thread.of(each) for each in told["items"]]


def _is_part(wanted: Sequence[str], name: Sequence[str]) -> bool:
    return all(word in name for word in wanted)


def _noted(diary: Diary, told: Sequence[dict[str, Any]]) -> list[Thread]:
    return _remembered(diary, [Thread.of(each) for each in told])


def _remembered(diary: Diary, found: list[Thread]) -> list[Thread]:
    diary.spoken_of.update(each.customer_id for each in found)
    return found
