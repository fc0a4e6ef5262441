"""The account's REST client, speaking to the configured address."""

import logging
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from scheduler_core.settings import Settings

logging.getLogger("twilio.http_client").setLevel(logging.WARNING)  # it logs what is said, and to whom


def has_account(settings: Settings) -> bool:
    return bool(settings.twilio_account_sid and settings.twilio_auth_token.get_secret_value())


def client_of(settings: Settings, timeout_seconds: float) -> Client:
    """Its calls raise TwilioRestException, and what requests raises."""
    return Client(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        http_client=_ToConfiguredHost(settings.twilio_api_url, timeout_seconds),
        environment={},
    )


class _ToConfiguredHost(TwilioHttpClient):  # type: ignore[misc]
    """Speaks to the configured address, if there is one, in place of Twilio's; follows no proxy it was not told of."""

    def __init__(self, api_url: str, timeout_seconds: float) -> None:
        super().__init__(timeout=timeout_seconds)
        self._host = urlsplit(api_url) if api_url else None
        assert self.session
        self.session.trust_env = False

    def request(self, method: str, url: str, *args: Any, **more: Any) -> Response:
        if self._host:
            asked = urlsplit(url)
            url = urlunsplit((self._host.scheme, self._host.netloc, asked.path, asked.query, ""))
        return super().request(method, url, *args, **more)
