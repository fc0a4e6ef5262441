"""How a message looks to the page: the JSON of one feed item."""

from typing import Any

from scheduler_core.outbox import FeedItem


def as_json(item: FeedItem) -> dict[str, Any]:
    """A tap names `message_id` and `n`; payloads stay in the house. `said_as` is the page's own id."""
    return {
        "id": item.id,
        "message_id": item.message_id,
        "said_as": item.said_as.rpartition(":")[2] if item.said_as else None,
        "who": item.who,
        "text": item.text,
        "choices": [{"n": n, "label": choice.label} for n, choice in enumerate(item.choices)],
        "links": [{"label": link.label, "url": link.url} for link in item.links],
        "at": item.at.isoformat(),
    }
