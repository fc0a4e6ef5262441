"""What customers send through Twilio is fetched from Twilio alone, and only Twilio is shown the account's token.

The address of a file comes in a signed webhook, and is held to be the account's own all the same: we call nobody else's
address. Twilio answers with a redirect to where it keeps files, which gets no credentials.
Source: https://www.twilio.com/docs/messaging/api/media-resource
"""

from base64 import b64encode
from collections.abc import Generator
from urllib.parse import urlsplit, urlunsplit

from channels.interface import MediaTrouble
from channels.streams import Redirected, open_line, pieces
from scheduler_core.outbox import Media
from scheduler_core.settings import Settings

_API = ".twilio.com"
_KEPT_AT = (".twilio.com", ".twiliocdn.com", ".amazonaws.com")
_MOST_REDIRECTS = 3


class TwilioMedia:
    """Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._path = f"/2010-04-01/Accounts/{settings.twilio_account_sid}/"
        self._host = urlsplit(settings.twilio_api_url) if settings.twilio_api_url else None
        known = f"{settings.twilio_account_sid}:{settings.twilio_auth_token.get_secret_value()}"
        self._known = {"Authorization": f"Basic {b64encode(known.encode()).decode()}"}
        self._http = open_line()

    def fetch(self, media: Media) -> Generator[bytes, None, None]:
        """Raises MediaTrouble."""
        url = media.ref
        if not _is_at(url, (_API,)) or not urlsplit(url).path.startswith(self._path):
            raise MediaTrouble("gone")
        headers = self._known
        for _ in range(_MOST_REDIRECTS + 1):
            try:
                yield from pieces(self._http, self._address(url), headers)
                return
            except Redirected as elsewhere:
                url, headers = elsewhere.url, {}
                if self._host is None and not _is_at(url, _KEPT_AT):
                    raise MediaTrouble("gone") from None
        raise MediaTrouble("gone")

    def _address(self, url: str) -> str:
        """At the configured host, if there is one, in place of Twilio's."""
        if self._host is None:
            return url
        asked = urlsplit(url)
        return urlunsplit((self._host.scheme, self._host.netloc, asked.path, asked.query, ""))


def _is_at(url: str, hosts: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = parts.username is None and parts.password is None and port in (None, 443)
    return parts.scheme == "https" and plain and host.endswith(hosts)
