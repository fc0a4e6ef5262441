"""What a file is, by its content alone, and a name for it that harms nobody. Pure.

Neither its name nor what a provider calls it counts. What a browser could run (HTML, SVG) is of no sort here.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

import filetype

#: So much of the beginning tells what a file is.
HEAD_BYTES = 8192
IMAGE, DOCUMENT, AUDIO = "image", "document", "audio"

_LONGEST_NAME = 80
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_TEXT = "text/plain"


@dataclass(frozen=True)
class Sort:
    """``kind``: image, document or audio."""

    kind: str
    media_type: str
    ending: str


_SORTS = {
    each.media_type: each
    for each in (
        Sort(IMAGE, "image/jpeg", "jpg"),
        Sort(IMAGE, "image/png", "png"),
        Sort(IMAGE, "image/webp", "webp"),
        Sort(IMAGE, "image/gif", "gif"),
        Sort(IMAGE, "image/heic", "heic"),
        Sort(DOCUMENT, "application/pdf", "pdf"),
        Sort(DOCUMENT, f"{_OFFICE}.wordprocessingml.document", "docx"),
        Sort(DOCUMENT, f"{_OFFICE}.spreadsheetml.sheet", "xlsx"),
        Sort(DOCUMENT, f"{_OFFICE}.presentationml.presentation", "pptx"),
        Sort(DOCUMENT, f"{_OPEN}.text", "odt"),
        Sort(DOCUMENT, f"{_OPEN}.spreadsheet", "ods"),
        Sort(DOCUMENT, f"{_OPEN}.presentation", "odp"),
        Sort(DOCUMENT, "application/msword", "doc"),
        Sort(DOCUMENT, "application/vnd.ms-excel", "xls"),
        Sort(DOCUMENT, "application/rtf", "rtf"),
        Sort(DOCUMENT, _TEXT, "txt"),
        Sort(AUDIO, "audio/ogg", "ogg"),
        Sort(AUDIO, "audio/amr", "amr"),
        Sort(AUDIO, "audio/mpeg", "mp3"),
        Sort(AUDIO, "audio/mp4", "m4a"),
        Sort(AUDIO, "audio/aac", "aac"),
        Sort(AUDIO, "audio/x-wav", "wav"),
    )
}
MEDIA_TYPES = tuple(_SORTS)


def sort_of(head: bytes) -> Sort | None:
    """By the first ``HEAD_BYTES`` of a file; ``None``: nothing that is taken."""
    found = filetype.guess_mime(head) if head else None
    if found is None and _is_plain_text(head):
        found = _TEXT
    return _SORTS.get(found or "")


def safe_name(name: str, sort: Sort) -> str:
    """What people called it, without folders and signs of their own meaning, and with the ending of what it is."""
    last = PurePosixPath(unicodedata.normalize("NFKC", name).replace("\\", "/")).name
    stem = last.rpartition(".")[0] or last
    plain = re.sub(r"[^\w .()+-]+", "_", stem).strip(" ._")[:_LONGEST_NAME].rstrip(" ._")
    return f"{plain or sort.kind}.{sort.ending}"


def _is_plain_text(head: bytes) -> bool:
    """Words, and no markup: what begins with "<" may be a page."""
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return False
    is_readable = all(sign.isprintable() or sign in "\r\n\t" for sign in text)
    return bool(text.strip()) and is_readable and not text.lstrip().startswith("<")
