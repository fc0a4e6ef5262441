"""How a message looks to the page: the JSON of one feed item."""

from collections.abc import Callable
from typing import Any

from scheduler_core.outbox import FeedItem, File, Media

_DRAWN = ("image/jpeg", "image/png", "image/webp", "image/gif")


def as_json(item: FeedItem, link_to: Callable[[int], str]) -> dict[str, Any]:
    """A tap names `message_id` and `n`; payloads stay in the house. `said_as` is the page's own id.

    `link_to` makes a link to a file for now.
    """
    files: list[File | Media] = [*item.files, *(each for each in item.media if each.kept_id)]
    return {
        "id": item.id,
        "message_id": item.message_id,
        "said_as": item.said_as.rpartition(":")[2] if item.said_as else None,
        "who": item.who,
        "text": item.text,
        "choices": [{"n": n, "label": choice.label} for n, choice in enumerate(item.choices)],
        "links": [{"label": link.label, "url": link.url} for link in item.links],
        "files": [_file(each, link_to) for each in files],
        "at": item.at.isoformat(),
    }


def _file(file: File | Media, link_to: Callable[[int], str]) -> dict[str, Any]:
    """The page shows what a browser can draw, and links to the rest."""
    key = file.id if isinstance(file, File) else file.kept_id or 0
    return {"name": file.name, "url": link_to(key), "image": file.media_type in _DRAWN}
