"""Sends one message by REST, and looks for one whose sending nobody saw end.

Creating a message is not idempotent, so nothing here tries twice by itself.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from requests.exceptions import ConnectionError as NotReached
from requests.exceptions import ConnectTimeout, RequestException
from twilio.base.exceptions import TwilioRestException
from twilio.rest.api.v2010.account.message import MessageInstance

from channels.interface import OutboundMessage, Receipt
from channels.twilio_api.client import client_of
from channels.twilio_api.codes import receipt_for
from scheduler_core.settings import Settings

_TIMEOUT_SECONDS = 10
"""Below the margin that a sender's lease keeps."""
_CLOCKS_DIFFER_BY = timedelta(seconds=10)
_LOOK_BACK = 50
_FAILED = frozenset({"failed", "undelivered", "canceled"})


class TwilioMessages:
    """The messages of one sender, `+15551234567` or `whatsapp:+15551234567` or a messaging service's id."""

    def __init__(self, settings: Settings, sender: str) -> None:
        self._sender = sender
        self._status_url = settings.public_url
        self.client = client_of(settings, _TIMEOUT_SECONDS)

    def send(self, status_path: str, to: str, content: Mapping[str, str], parts: int = 1) -> Receipt:
        """`content`: body and media_url, or content_sid and content_variables. Failures are told by their code.

        `parts`: what it is billed for, as far as we know; Twilio tells it unless it has yet to choose a number.
        """
        by = "messaging_service_sid" if self._sender.startswith("MG") else "from_"
        sent: Mapping[str, Any] = {by: self._sender, "status_callback": f"{self._status_url}{status_path}"}
        try:
            created = self.client.messages.create(to=to, **sent, **_listed(content))
        except TwilioRestException as refusal:
            return refused(refusal, to)
        except ConnectTimeout:
            return Receipt("try_again", error="not_reached")
        except NotReached as error:
            return Receipt("try_again" if _never_left(error) else "unknown", error="not_reached")
        except RequestException as error:
            return Receipt("unknown", error=type(error).__name__)
        return Receipt("sent", created.sid, parts=_billed(created) or parts)

    def look_up(self, message: OutboundMessage, to: str, bodies: Collection[str]) -> Receipt | None:
        """The message of an earlier try: it says the same to the same reader, not before that try began.

        Messages of one reader are sent one after the other, so that what else of ours is as young has a name that we
        know. (What is listed does not tell the address of its StatusCallback, which names our message.)
        """
        assert message.tried_at is not None
        since = message.tried_at - _CLOCKS_DIFFER_BY
        for each in self.client.messages.list(to=to, limit=_LOOK_BACK):
            young = each.date_created and each.date_created >= since
            if young and each.body in bodies and each.sid not in message.known:
                found = _what_became_of(each, to)
                return None if found.state == "try_again" else found
        return None


def _listed(content: Mapping[str, str]) -> dict[str, Any]:
    """Twilio's library takes addresses of media as a list."""
    return {name: [value] if name == "media_url" else value for name, value in content.items()}


def _what_became_of(message: MessageInstance, to: str) -> Receipt:
    failed = message.status in _FAILED
    code, reader = str(message.error_code), address_in(to)
    return (
        receipt_for(code, message.sid, reader)
        if failed
        else Receipt("sent", message.sid, parts=_billed(message) or 1)
    )


def _billed(message: MessageInstance) -> int:
    return int(message.num_segments or 0)


def refused(refusal: TwilioRestException, to: str = "") -> Receipt:
    if refusal.status >= 500:
        return Receipt("unknown", error=str(refusal.status))
    return receipt_for(str(refusal.code or refusal.status), reader=address_in(to))


def address_in(to: str) -> str:
    """Of a reader as Twilio names them, `+15550001` or `whatsapp:+15550001`."""
    return to.rpartition(":")[2]


def _never_left(error: NotReached) -> bool:
    """A connection that could not be made carried nothing; one that broke may have."""
    return "NewConnectionError" in repr(error)
