"""Sends one message by REST, and looks for one whose sending nobody saw end.

Creating a message is not idempotent, so nothing here tries twice by itself.
"""

import logging
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from requests.exceptions import ConnectionError as NotReached
from requests.exceptions import ConnectTimeout, RequestException
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from channels.interface import OutboundMessage, Receipt
from channels.twilio_api.codes import receipt_for
from scheduler_core.settings import Settings

_TIMEOUT_SECONDS = 10
"""Below the margin that a sender's lease keeps."""
_CLOCKS_DIFFER_BY = timedelta(minutes=2)
_LOOK_BACK = 50
_FAILED = frozenset({"failed", "undelivered", "canceled"})

logging.getLogger("twilio.http_client").setLevel(logging.WARNING)  # it logs what is said, and to whom


class TwilioMessages:
    """The messages of one sender, `+15551234567` or `whatsapp:+15551234567` or a messaging service's id."""

    def __init__(self, settings: Settings, sender: str) -> None:
        self._sender = sender
        self._status_url = settings.public_url
        self.client = Client(
            settings.twilio_account_sid,
            settings.twilio_auth_token.get_secret_value(),
            http_client=_ToConfiguredHost(settings.twilio_api_url),
            environment={},
        )

    def send(self, status_path: str, to: str, **content: str) -> Receipt:
        """`content`: body, or content_sid and content_variables. Known failures are told by their code."""
        by = "messaging_service_sid" if self._sender.startswith("MG") else "from_"
        sent: Mapping[str, Any] = {by: self._sender, "status_callback": f"{self._status_url}{status_path}"}
        try:
            created = self.client.messages.create(to=to, **sent, **content)
        except TwilioRestException as refusal:
            return _refused(refusal)
        except ConnectTimeout:
            return Receipt("try_again", error="not_reached")
        except NotReached as error:
            return Receipt("try_again" if _never_left(error) else "unknown", error="not_reached")
        except RequestException as error:
            return Receipt("unknown", error=type(error).__name__)
        return Receipt("sent", created.sid)

    def look_up(self, message: OutboundMessage, to: str, bodies: Collection[str]) -> Receipt | None:
        """The message of an earlier try: it says the same to the same reader, and not before that try began.

        Messages of one reader are sent one after the other, so that nothing else of ours is as young.
        """
        assert message.tried_at is not None
        since = message.tried_at - _CLOCKS_DIFFER_BY
        for each in self.client.messages.list(to=to, limit=_LOOK_BACK):
            if each.body in bodies and each.date_created and each.date_created >= since:
                failed = each.status in _FAILED
                return receipt_for(str(each.error_code), each.sid) if failed else Receipt("sent", each.sid)
        return None


class _ToConfiguredHost(TwilioHttpClient):  # type: ignore[misc]
    """Speaks to the configured address, if there is one, in place of Twilio's; follows no proxy it was not told of."""

    def __init__(self, api_url: str) -> None:
        super().__init__(timeout=_TIMEOUT_SECONDS)
        self._host = urlsplit(api_url) if api_url else None
        assert self.session
        self.session.trust_env = False

    def request(self, method: str, url: str, *args: Any, **more: Any) -> Response:
        if self._host:
            asked = urlsplit(url)
            url = urlunsplit((self._host.scheme, self._host.netloc, asked.path, asked.query, ""))
        return super().request(method, url, *args, **more)


def _refused(refusal: TwilioRestException) -> Receipt:
    if refusal.status >= 500:
        return Receipt("unknown", error=str(refusal.status))
    return receipt_for(str(refusal.code or refusal.status))


def _never_left(error: NotReached) -> bool:
    """A connection that could not be made carried nothing; one that broke may have."""
    return "NewConnectionError" in repr(error)
