"""Looks at every channel as a newcomer would connect it, and says what is missing, never a secret."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pydantic import SecretStr

from channels.interface import Channel, Finding
from channels.registry import CHANNELS
from scheduler_core.settings import Settings

_GUIDE = "docs/how-to/connect-{name}.md"
_HIDDEN = "…"


@dataclass(frozen=True)
class Examined:
    """A channel as it was found; no findings at all: there is nothing to connect; None: nobody asks for it."""

    channel: str
    findings: Sequence[Finding] | None

    @property
    def is_well(self) -> bool:
        return not any(finding.advice for finding in self.findings or ())


def examine(settings: Settings) -> Sequence[Examined]:
    """All at once: whoever waits for one provider has the others' answers already."""
    with ThreadPoolExecutor(len(CHANNELS)) as pool:
        return list(pool.map(lambda channel: _examined(channel, settings), CHANNELS))


def _examined(channel: type[Channel], settings: Settings) -> Examined:
    try:
        findings = channel.examine(settings)
        return Examined(channel.name, None if findings is None else list(findings))
    except Exception as fault:  # its words may hold an address with a token
        return Examined(channel.name, [Finding("it could not be looked at", type(fault).__name__)])


def lines(all_examined: Sequence[Examined], settings: Settings) -> Iterator[str]:
    for examined in all_examined:
        for line in _lines(examined):
            yield _without_secrets(line, settings)


def told(finding: Finding) -> Iterator[str]:
    """The step, and what to do about it on a line of its own."""
    yield f"  {'✗' if finding.advice else '✓'} {finding.step}"
    if finding.advice:
        yield f"    → {finding.advice}"


def _lines(examined: Examined) -> Iterator[str]:
    guide = _GUIDE.format(name=examined.channel)
    if examined.findings is None:
        yield f"{examined.channel}: not connected; {guide} says how"
    elif not examined.findings:
        yield f"{examined.channel}: needs nothing"
    else:
        yield f"{examined.channel}:" if examined.is_well else f"{examined.channel}: see {guide}"
        for finding in examined.findings:
            yield from told(finding)


def _without_secrets(line: str, settings: Settings) -> str:
    """Whatever a provider tells us back."""
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr) and value.get_secret_value():
            line = line.replace(value.get_secret_value(), _HIDDEN)
    return line
