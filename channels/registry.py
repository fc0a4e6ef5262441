"""The one list of channels; a new channel is a folder and a line here."""

from channels.interface import Channel
from channels.terminal.channel import TerminalChannel
from channels.web.channel import WebChannel

CHANNELS: dict[str, Channel] = {channel.name: channel for channel in (WebChannel(), TerminalChannel())}
