"""What every door checks before it listens: who may speak, how much, how fast.

The web page is public; the terminal and the staff's page are for this machine only, because nobody
logs in yet. A page elsewhere must not speak for a visitor (Origin) nor reach this machine through
a name that points here (Host).
"""

import ipaddress
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from threading import Lock
from urllib.parse import urlsplit

from fastapi import Request

from channels.problems import FileTooLarge, ForeignOrigin, Malformed, OnlyFromHere, TooFast, TooLarge
from scheduler_core.settings import Settings

_LARGEST_BODY_BYTES = 64 * 1024
_LARGEST_UPDATE_BYTES = 1024 * 1024
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


async def small_body(request: Request) -> bytes:
    """Raises TooLarge before reading more than 64 KiB."""
    return await _body(request, _LARGEST_BODY_BYTES)


async def provider_body(request: Request) -> bytes:
    """For those who have shown who they are: a message quoted in a message, every letter escaped, fits in 1 MiB."""
    return await _body(request, _LARGEST_UPDATE_BYTES)


async def _body(request: Request, largest: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise TooLarge
    return bytes(body)


async def form_with_files(request: Request) -> bytes:
    """A form of the staff's page, with a file of the largest size that is taken."""
    settings: Settings = request.app.state.door.settings
    return await _body(request, settings.largest_file_bytes + _LARGEST_BODY_BYTES)


async def file_body(request: Request) -> SpooledTemporaryFile[bytes]:
    """A file as it comes, read no further than one may be long. Raises FileTooLarge."""
    settings: Settings = request.app.state.door.settings
    file = SpooledTemporaryFile[bytes](max_size=_LARGEST_UPDATE_BYTES)
    async for chunk in request.stream():
        if file.tell() + len(chunk) > settings.largest_file_bytes:
            raise FileTooLarge
        file.write(chunk)
    file.seek(0)
    return file


async def json_body(request: Request) -> object:
    """The body as JSON. Raises TooLarge, and Malformed if it is not JSON."""
    body = await small_body(request)
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed from error


def same_origin(request: Request) -> None:
    """Raises ForeignOrigin if another site's page sent this. Clients that are no browsers send no Origin."""
    origin = request.headers.get("origin")
    if origin is None:
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise ForeignOrigin
    elif origin not in _own_origins(request):
        raise ForeignOrigin


def this_machine_only(request: Request) -> None:
    """Raises OnlyFromHere unless both ends are loopback and no proxy stands between."""
    proxied = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    if (
        proxied
        or host not in _LOOPBACK_NAMES
        or not _is_loopback(request.client.host if request.client else "")
    ):
        raise OnlyFromHere


def _own_origins(request: Request) -> set[str]:
    public = urlsplit(request.app.state.door.settings.public_url)
    host = request.headers.get("host", "")
    return {f"http://{host}", f"https://{host}", f"{public.scheme}://{public.netloc}"}


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


@dataclass
class _Bucket:
    tokens: float
    at: datetime


class Pace:
    """Lets each visitor send `burst` messages at once and then one every `every`."""

    _MOST_VISITORS = 10_000

    def __init__(self, burst: int, every: timedelta, clock: Callable[[], datetime]) -> None:
        self._burst, self._every, self._clock = burst, every, clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def spend(self, visitor: str) -> None:
        """Raises TooFast when the visitor has to wait."""
        now = self._clock()
        with self._lock:
            bucket = self._buckets.setdefault(visitor, _Bucket(self._burst, now))
            bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.at) / self._every)
            bucket.at = now
            self._buckets.move_to_end(visitor)
            if len(self._buckets) > self._MOST_VISITORS:
                self._buckets.popitem(last=False)
            if bucket.tokens < 1:
                raise TooFast
            bucket.tokens -= 1
