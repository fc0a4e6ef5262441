"""A file is read from a provider piece by piece, as it is on the wire, and no longer than somebody wants it."""

import logging
from collections.abc import Generator, Mapping

import httpx

from channels.interface import MediaTrouble

logging.getLogger("httpx").setLevel(logging.WARNING)  # addresses of files carry secrets

_GONE = frozenset({400, 401, 403, 404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TIMEOUT = httpx.Timeout(8.0, connect=3.0)


def open_line() -> httpx.Client:
    """Follows no redirect and no proxy that it was not told of. Safe to share between threads."""
    return httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False)


def pieces(
    http: httpx.Client, url: str, headers: Mapping[str, str] | None = None
) -> Generator[bytes, None, None]:
    """The body, not unpacked. Raises MediaTrouble, and Redirected for who knows where one may go."""
    asked = {"Accept-Encoding": "identity", **(headers or {})}
    try:
        with http.stream("GET", url, headers=asked) as answer:
            if answer.status_code in _REDIRECTS:
                raise Redirected(str(httpx.URL(url).join(answer.headers.get("location", ""))))
            if answer.status_code != httpx.codes.OK:
                raise MediaTrouble("gone" if answer.status_code in _GONE else "away")
            yield from answer.iter_raw()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise MediaTrouble("away") from error


class Redirected(Exception):
    """`url` is where the file is said to be; it goes into no log."""

    def __init__(self, url: str) -> None:
        super().__init__("redirected")
        self.url = url
