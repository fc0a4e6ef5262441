"""When the bot is too unsure to take a sentence for what it most looks like.

Wrongly starting, moving or cancelling something costs more trust than one question more, so intents that act need more
certainty, and a greater lead over the second, than those that inform.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

UNSURE = "nlu_fallback"


@dataclass(frozen=True)
class Certainty:
    """The least share of the likeliest intent, and its least lead over the second."""

    share: float
    lead: float


@dataclass(frozen=True)
class Doubt:
    usual: Certainty
    acting: Certainty
    acts: Collection[str]

    def decided(self, best: Sequence[tuple[str, float]]) -> str:
        """The intent that a ranking, likeliest first, is taken for; UNSURE when it is better to ask."""
        (name, share), second = best[0], best[1][1] if len(best) > 1 else 0.0
        needed = self.acting if name in self.acts else self.usual
        return UNSURE if share < needed.share or share - second < needed.lead else name


def doubt_in(settings: dict[str, object]) -> Doubt:
    """`settings`: the classifier's part of bot/config.yml."""
    acting = settings["acting"]
    assert isinstance(acting, dict)
    return Doubt(_certainty(settings), _certainty(acting), frozenset(acting["intents"]))


def _certainty(part: dict[str, object]) -> Certainty:
    return Certainty(float(str(part["share"])), float(str(part["lead"])))
