"""Small files of each sort, as their first bytes show it, and how they are brought to the core."""

from itertools import count
from typing import Any

import httpx

from tests.builders.core import Core

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00" + bytes(200) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(100)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
VOICE = b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead" + bytes(100)
PAGE = b"<!doctype html><html><script>alert(1)</script></html>"
_KEYS = count(1)


def offered(core: Core, content: bytes, key: str | None = None, **said: Any) -> httpx.Response:
    """A file for Maria's conversation, unless another is named."""
    asked: dict[str, Any] = {"conversation_id": core.salon.conversation, "name": "photo.jpg"} | said
    headers = {"Idempotency-Key": key or f"file-{next(_KEYS)}"}
    path = f"/v1/businesses/{core.salon.id}/attachments"
    return core.http.post(path, params=asked, content=content, headers=headers)


def brings(core: Core, content: bytes, key: str | None = None, **said: Any) -> Any:
    answer = offered(core, content, key, **said)
    assert answer.is_success, answer.text
    return answer.json()
