"""People who write to the bot of the twin: what they do becomes updates, what they see is what the twin keeps."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.fakes.telegram import FakeTelegram, Json

_ids = count(880_001)


@dataclass(frozen=True)
class Seen:
    """One message of ours as its reader sees it; `rows` are the labels of the buttons, links included."""

    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    message_id: int = 0
    file: tuple[str, bytes] | None = None
    """As a photo or as a document, and its content."""

    @property
    def labels(self) -> list[str]:
        return [label for row in self.rows for label in row]


class Person:
    """Somebody with Telegram on their phone."""

    def __init__(self, twin: FakeTelegram, name: str = "Maria Lopez", language: str = "en") -> None:
        self.twin, self.id = twin, next(_ids)
        first, _, last = name.partition(" ")
        self.profile = {"id": self.id, "is_bot": False, "first_name": first, "language_code": language}
        self.profile |= {"last_name": last} if last else {}
        self._queries = count(1)
        twin.chats[self.id]

    @property
    def address(self) -> str:
        return str(self.id)

    def sends(self, **content: Any) -> Json:
        """Any message; its update."""
        message = self.twin.keeps(self.id, {"from": self.profile, **content})
        return self.twin.tells(message=dict(message))

    def sends_photo(self, content: bytes, caption: str = "", **more: Any) -> Json:
        """Telegram keeps it in several sizes, the largest last."""
        small, large = (self._file(size) for size in (content[:20], content))
        sizes = [small | {"width": 90, "height": 90}, large | {"width": 900, "height": 900}]
        return self.sends(photo=sizes, **({"caption": caption} if caption else {}), **more)

    def sends_document(self, content: bytes, name: str, caption: str = "") -> Json:
        document = self._file(content) | {"file_name": name, "mime_type": "image/jpeg"}
        return self.sends(document=document, **({"caption": caption} if caption else {}))

    def sends_voice(self, content: bytes) -> Json:
        return self.sends(voice=self._file(content) | {"duration": 3, "mime_type": "audio/ogg"})

    def _file(self, content: bytes) -> Json:
        file_id = f"file-{len(self.twin.files)}"
        self.twin.files[file_id] = content
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": len(content)}

    def says(self, text: str) -> Json:
        return self.sends(text=text)

    def edits(self, update: Json, text: str) -> Json:
        number = update["message"]["message_id"]
        message = self.twin.chats[self.id][number]
        message |= {"text": text, "edit_date": message["date"] + 5}
        return self.twin.tells(edited_message=dict(message))

    def says_in_group(self, text: str) -> Json:
        group = {"id": -100_500, "type": "supergroup", "title": "Hair lovers"}
        return self.twin.tells(
            message={"message_id": 1, "date": 1, "chat": group, "from": self.profile, "text": text}
        )

    def taps(self, label: str, seen: Seen | None = None) -> Json:
        """The button with this label, under the newest message that has it or under one seen before."""
        if seen is None:
            seen = next(each for each in reversed(self.sees()) if label in each.labels)
        message = self.twin.chats[self.id][seen.message_id]
        rows = message.get("reply_markup", self._as_it_was(seen))["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if button["text"] == label)
        return self.taps_data(data, message)

    def taps_data(self, data: str, message: Json) -> Json:
        query = f"{self.id}-{next(self._queries)}"
        self.twin.toasts[query] = None
        return self.twin.tells(
            callback_query={
                "id": query, "from": self.profile, "chat_instance": "1", "data": data, "message": dict(message)
            }
        )  # fmt: skip

    def blocks(self) -> Json:
        self.twin.closed_to_us.add(self.id)
        return self._changes_door("member", "kicked")

    def unblocks(self) -> Json:
        self.twin.closed_to_us.discard(self.id)
        return self._changes_door("kicked", "member")

    def sees(self) -> list[Seen]:
        """What we wrote, in order, as it stands now."""
        messages = self.twin.chats[self.id].values()
        return [
            Seen(
                str(message.get("text", message.get("caption", ""))),
                tuple(
                    tuple(button["text"] for button in row)
                    for row in message.get("reply_markup", {}).get("inline_keyboard", [])
                ),
                message["message_id"],
                self._shown_file(message),
            )
            for message in list(messages)
            if message["from"]["is_bot"]
        ]

    def reads(self) -> list[str]:
        return [seen.text for seen in self.sees()]

    def _shown_file(self, message: Json) -> tuple[str, bytes] | None:
        if photo := message.get("photo"):
            return "photo", self.twin.files[photo[-1]["file_id"]]
        document = message.get("document")
        return (document["file_name"], self.twin.files[document["file_id"]]) if document else None

    def _as_it_was(self, seen: Seen) -> Json:
        """The keyboard that this phone still shows although it has been taken away."""
        asked = next(
            asked
            for method, asked in self.twin.called
            if method == "sendmessage" and asked.get("reply_markup") and asked["chat_id"] == self.address
            and asked["text"] == seen.text
        )  # fmt: skip
        keyboard: Json = asked["reply_markup"]
        return keyboard

    def _changes_door(self, before: str, after: str) -> Json:
        bot = {"id": 4242, "is_bot": True, "first_name": "Linden Hair"}
        change = {
            "chat": {"id": self.id, "type": "private"}, "from": self.profile, "date": 1,
            "old_chat_member": {"user": bot, "status": before, "until_date": 0},
            "new_chat_member": {"user": bot, "status": after, "until_date": 0},
        }  # fmt: skip
        return self.twin.tells(my_chat_member=change)
