"""A message is handed to its provider once, as far as the provider lets us know; what cannot be known is weighed."""

from datetime import timedelta

import pytest

from channels.interface import Capabilities, OutboundMessage, Receipt
from channels.web.channel import WebChannel
from scheduler_core.outbox import Plan, RateLimit, Sending
from tests.builders.clock import HandClock
from tests.channels.builders import Line


class Provider(WebChannel):
    """Takes messages as it is told to, and knows (or does not know) what it has."""

    capabilities = Capabilities(opt_out_words=frozenset())

    def __init__(self, *answers: Receipt | Exception, knows: Receipt | None = None) -> None:
        self.answers, self.knows = list(answers), knows
        self.sent: list[str] = []

    def send(self, message: OutboundMessage) -> Receipt:
        self.sent.append(message.text)
        answer = self.answers.pop(0) if self.answers else Receipt("sent", f"p{len(self.sent)}")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def look_up(self, message: OutboundMessage) -> Receipt | None:
        return self.knows

    def limits(self, message: OutboundMessage) -> tuple[RateLimit, ...]:
        return (RateLimit("provider", per_second=1),)


class Traceable(Provider):
    capabilities = Capabilities(opt_out_words=frozenset(), looks_up=True)


def claimed(line: Line) -> Sending:
    line.hears("hello")
    turn = line.store.claim_turn("one")
    assert turn
    line.store.finish_turn(turn, [Plan("Hi!")])
    sending = line.store.claim_sending("one")
    assert sending
    return sending


def times_sent(line: Line, provider: Provider, clock: HandClock, *, tries: int = 4) -> int:
    """How often the message was handed over, once there has been time enough."""
    for _ in range(tries):
        line.works({"web": provider})
        clock.move(minutes=6)
    return len(provider.sent)


def test_a_sender_that_died_leaves_a_doubt_and_the_provider_resolves_it(line: Line, clock: HandClock) -> None:
    claimed(line)
    clock.move(seconds=61)
    provider = Traceable(knows=Receipt("sent", "p7"))
    assert times_sent(line, provider, clock) == 0
    assert line.said() == ["Hi!"]


def test_what_the_provider_never_got_is_sent(line: Line, clock: HandClock) -> None:
    claimed(line)
    clock.move(seconds=61)
    assert times_sent(line, Traceable(), clock) == 1


def test_an_answer_somebody_waits_for_is_rather_said_twice(line: Line, clock: HandClock) -> None:
    line.hears("hello")
    assert times_sent(line, Provider(Receipt("unknown", error="timeout")), clock) == 2


def test_a_failure_that_is_known_leaves_no_doubt(line: Line, clock: HandClock) -> None:
    line.hears("hello")
    provider = Traceable(Receipt("try_again", error="busy"), knows=Receipt("sent", "never asked"))
    assert times_sent(line, provider, clock) == 2


def test_a_fault_of_ours_is_a_doubt(line: Line, clock: HandClock) -> None:
    line.hears("hello")
    provider = Traceable(OSError("the line went dead"), knows=Receipt("sent", "p1"))
    assert times_sent(line, provider, clock) == 1
    assert line.said() == ["You said: hello"]


def test_what_fails_for_hours_is_given_up(line: Line, clock: HandClock) -> None:
    line.hears("hello")
    provider = Provider(*[Receipt("try_again", error="busy")] * 100)
    tries = times_sent(line, provider, clock, tries=60)
    assert 5 < tries < 40
    assert line.said() == []


def test_a_pause_the_provider_asks_for_is_kept(line: Line, clock: HandClock) -> None:
    line.hears("hello")
    provider = Provider(Receipt("try_again", error="429", after=timedelta(seconds=40), of="sender"))
    line.works({"web": provider})
    line.hears("hello", who="otto")
    clock.move(seconds=39)
    line.works({"web": provider})
    assert provider.sent == ["You said: hello"]
    clock.move(seconds=3)
    line.works({"web": provider})
    clock.move(seconds=3)
    line.works({"web": provider})
    assert len(provider.sent) == 3


@pytest.mark.parametrize("answer", [Receipt("never", error="30006"), Receipt("needs_a_person", error="x")])
def test_what_can_never_be_sent_is_not_tried_again(line: Line, clock: HandClock, answer: Receipt) -> None:
    line.hears("hello")
    assert times_sent(line, Provider(answer), clock) == 1
    assert line.said() == []
