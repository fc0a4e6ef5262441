"""How far a broadcast has come, in a few words: only what there is of each."""

from collections.abc import Mapping

from scheduler_core.outbox.words import counted

#: What was settled first, then what still waits.
_IN_ORDER = ("moved", "dropped", "restored", "needless", "person", "open", "unreached", "waiting")


def told(language: str, counts: Mapping[str, int]) -> str:
    """ "4 have another time, 1 has cancelled"; ``counts``: visits by their answer."""
    return ", ".join(
        counted(language, f"broadcast_{answer}", counts[answer]) for answer in _IN_ORDER if counts.get(answer)
    )


def customers(language: str, count: int) -> str:
    return counted(language, "broadcast_customers", count)
