"""What became of the files of a turn: brought before it is answered, told to the team, and to who sent them."""

from dataclasses import replace

from channels import preroute
from channels.core_pages import Placed
from channels.fetching import brought
from channels.walk import Walk, language_of, put_off_while_core_is_away, words_of
from scheduler_core.outbox import Plan

_BETWEEN = "\n\n"


def bring_files(walk: Walk) -> None:
    """What customers sent is fetched before they are answered; what staff send in their chats is not kept."""
    if walk.staff_chat is None:
        walk.files = brought(walk.core, walk.fetch, walk.turn)


def tell_of_files(walk: Walk) -> None:
    """The team hears of them, and their sender, beside an answer to their words, what became of them."""
    if not walk.files:
        return
    _placed(walk)
    if preroute.OnlyFiles() not in walk.routes and walk.plans:
        told = " ".join(_sentences(walk, "files_kept"))
        walk.plans[0] = replace(walk.plans[0], text=f"{told}\n{walk.plans[0].text}")


def thanks(walk: Walk) -> Plan:
    """For files without a word; what was asked last is asked again."""
    placed = _placed(walk)
    key = "files_with_draft" if placed.arranging else "files_for_team"
    lines = _sentences(walk, "files_with_visit" if placed.visit else key, visit=placed.visit or "")
    last = None if walk.plans else walk.store.last_said(walk.turn.thread)
    if last is not None and (placed.arranging or last.choices):
        question = last.text.rpartition(_BETWEEN)[2]
        return Plan(f"{' '.join(lines)}{_BETWEEN}{question}", last.choices)
    if not placed.visit and any(each.outcome == "kept" and not each.is_voice for each in walk.files):
        lines.append(words_of(walk, "what_else"))
    return Plan(" ".join(lines))


def _sentences(walk: Walk, of_kept: str, **facts: str) -> list[str]:
    """One for each thing that became of them."""
    kept = [each for each in walk.files if each.outcome == "kept"]
    outcomes: list[str] = [each.outcome for each in walk.files if each.outcome != "kept"]
    if kept:
        outcomes.insert(0, "voice_kept" if all(each.is_voice for each in kept) else of_kept)
    most = str(walk.core.largest_file_bytes // 2**20)
    return [words_of(walk, each, most=most, **facts) for each in dict.fromkeys(outcomes)]


def _placed(walk: Walk) -> Placed:
    kept = [each.kept_id for each in walk.files if each.outcome == "kept"]
    if not kept:
        return Placed(None, arranging=False)
    with put_off_while_core_is_away("files"):
        return walk.core.place_files(walk.turn, kept, language_of(walk))
