"""The one list of channels; a new channel is a folder and a line here."""

from channels.interface import Channel
from channels.terminal.channel import TerminalChannel
from channels.web.channel import WebChannel
from scheduler_core.settings import Settings

CHANNELS: tuple[type[Channel], ...] = (WebChannel, TerminalChannel)


def connected(settings: Settings) -> dict[str, Channel]:
    """By name, the channels for which everything they need is configured."""
    made: list[Channel | None] = [kind.connect(settings) for kind in CHANNELS]
    return {channel.name: channel for channel in made if channel}
