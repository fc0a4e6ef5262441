"""The one list of channels; a new channel is a folder and a line here."""

from channels.interface import Channel
from channels.sms.channel import SmsChannel
from channels.telegram.channel import TelegramChannel
from channels.terminal.channel import TerminalChannel
from channels.web.channel import WebChannel
from channels.whatsapp.channel import WhatsAppChannel
from scheduler_core.settings import Settings

CHANNELS: tuple[type[Channel], ...] = (
    WebChannel,
    TerminalChannel,
    SmsChannel,
    WhatsAppChannel,
    TelegramChannel,
)


def connected(settings: Settings) -> dict[str, Channel]:
    """By name, the channels for which everything they need is configured."""
    made: list[Channel | None] = [kind.connect(settings) for kind in CHANNELS]
    return {channel.name: channel for channel in made if channel}
