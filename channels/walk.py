"""What one turn gathers on the straight line, and what every step of it may need."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from channels import preroute
from channels.bot_client import BotAway, BotClient, Question
from channels.core_pages import CorePages
from channels.fetching import Came, Fetch
from channels.interface import Capabilities
from channels.problems import CoreAway
from channels.staff_line import StaffLine
from scheduler_core import outbox
from scheduler_core.outbox import Choice, Plan, StaffChat, Store, Turn

FIRST_LANGUAGE = "en"
"""What the front door speaks to somebody whom the bot has not answered yet."""
_MOST_FAILURES_WHILE_AWAKE = 8
"""Over a minute of tries: a message that the bot cannot answer must not block the ones behind it."""


class Patience:
    """Counts how often a turn failed while the bot was up; that it was down says nothing about the turn.

    Kept in memory, for a new process may well be a cured one.
    """

    def __init__(self) -> None:
        self._failures: Counter[str] = Counter()

    def is_over(self, turn_id: str) -> bool:
        self._failures[turn_id] += 1
        return self._failures[turn_id] >= _MOST_FAILURES_WHILE_AWAKE

    def forget(self, turn_id: str) -> None:
        self._failures.pop(turn_id, None)


@dataclass
class Walk:
    """What one turn gathers on its way."""

    store: Store
    bot: BotClient
    capabilities: Capabilities
    patience: Patience
    core: CorePages
    turn: Turn
    staff_line: StaffLine
    fetch: Fetch
    staff_chat: StaffChat | None = None
    routes: list[preroute.Route] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    files: list[Came] = field(default_factory=list)

    def is_left_to_a_person(self) -> bool:
        """Somebody of the team has taken over, so that the house itself says nothing."""
        return self.core.is_silent(self.turn.channel, self.turn.address)


@contextmanager
def put_off_while_core_is_away(what: str) -> Iterator[None]:
    try:
        yield
    except CoreAway as away:
        raise BotAway("asked_to_retry", what) from away


def words_of(walk: Walk, key: str, **facts: str) -> str:
    """In the language in which the thread is being answered."""
    return outbox.words(language_of(walk), key, **facts)


def language_of(walk: Walk) -> str:
    return walk.store.language(walk.turn.thread) or FIRST_LANGUAGE


def still_open(walk: Walk) -> tuple[Choice, ...]:
    """A picture or an empty message does not take an offer off the table; it is shown again."""
    offer = None if walk.plans else walk.store.last_offer(walk.turn.thread)
    return offer.choices if offer else ()


def question(turn: Turn, text: str, n: int) -> Question:
    return Question(turn.thread, text, turn_id(turn, n), turn.channel, turn.address, turn.display_name)


def turn_id(turn: Turn, n: int) -> str:
    """The n-th step has a turn_id of its own, for the core answers a turn_id it knows with the same plan."""
    return turn.turn_id if n == 0 else f"{turn.turn_id}.{n}"
