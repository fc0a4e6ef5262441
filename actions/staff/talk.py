"""Speaking with customers from the team's own chat: take over, say something to them, hand back."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Sequence
from typing import Any

from actions.core_client import Refused
from actions.speech import said as pointed_at
from actions.speech import says
from actions.staff import people
from actions.staff.diary import Diary
from actions.staff.people import Thread
from actions.staff.said import Said
from actions.words import sentence, words

_TAP = re.compile(r"/staff_(reply|take|back|say)(\{.*\})", re.DOTALL)
_MOST_ASKED_ABOUT = 8
_REFUSALS = {
    "forbidden": "utter_staff_may_not_write",
    "opted_out": "utter_staff_opted_out",
    "not_found": "utter_staff_conversation_gone",
    "idempotency_key_reused": "utter_staff_said_before",
}


async def on_tap(diary: Diary, text: str) -> Said | None:
    """None: that is not what was tapped."""
    tap = _TAP.fullmatch(text)
    if not tap:
        return None
    asked = json.loads(tap[2])
    return await _with_refusals(diary, _tapped(diary, tap[1], asked))


async def on_order(diary: Diary, text: str) -> Said | None:
    """ "take over Maria", "reply to Maria: …", "hand back"; None: it is none of these."""
    name, _, rest = text.partition(":")
    if rest.strip() and (whom := pointed_at("staff_reply_to", f"{name}:", diary.language)):
        return await _with_refusals(diary, _find(diary, whom, rest.strip()))
    if whom := pointed_at("staff_take_over", text, diary.language):
        return await _with_refusals(diary, _find(diary, whom, None))
    if says("staff_hand_back", text, diary.language):
        whom = pointed_at("staff_hand_back_whom", text, diary.language)
        return await _with_refusals(diary, _hand_back_one(diary, whom))
    return None


async def on_words(diary: Diary, held: Sequence[Thread], text: str) -> Said:
    """What is no order goes to whom they have taken over: by name ("Maria: …"), the only one, or the last chosen."""
    name, _, rest = text.partition(":")
    by_name = people.named(name, held) if rest.strip() else []
    meant = by_name or ([each for each in held if each.is_chosen] if len(held) > 1 else list(held))
    if len(meant) != 1:
        return _whom(diary, meant or held, text, diary.turn_id)
    said = rest.strip() if by_name else text
    return await _with_refusals(diary, _say(diary, meant[0], said, diary.turn_id, held))


def for_whom(diary: Diary, held: Sequence[Thread], text: str) -> Said:
    """An order that changes something may as well be meant for the customer."""
    named = [
        (words("utter_staff_button_to", diary.language, customer=title), _saying(each, text, diary.turn_id))
        for each, title in zip(held, people.titles(held), strict=True)
    ]
    mine = json.dumps({"key": diary.turn_id, "text": text})
    order = (words("utter_staff_button_for_me", diary.language), f"/staff_order{mine}")
    return Said(
        sentence("utter_staff_for_whom", diary.language, text=text), (order, *named[:_MOST_ASKED_ABOUT])
    )


async def _tapped(diary: Diary, what: str, asked: dict[str, Any]) -> Said:
    thread = await people.thread(diary, asked["conversation"])
    match what:
        case "say":
            return await _say(diary, thread, asked["text"], asked["key"], (thread,))
        case "back":
            return await _hand_back(diary, thread)
    return await _take_over(diary, thread, even_if_taken=what == "take")


async def _find(diary: Diary, name: str, text: str | None) -> Said:
    """Whoever is called so is taken over, and told ``text``."""
    found = await people.called(diary, name)
    if not found:
        return Said(sentence("utter_staff_nobody_called", diary.language, customer=name))
    if len(found) > 1:
        return _whom(diary, found, text, diary.turn_id)
    if text is None:
        return await _take_over(diary, found[0], even_if_taken=False)
    return await _say(diary, found[0], text, diary.turn_id, found)


async def _take_over(diary: Diary, thread: Thread, *, even_if_taken: bool) -> Said:
    if thread.opted_out:
        return _refused(diary, thread, Refused("opted_out", {}))
    body = {"even_if_taken": True} if even_if_taken else {}
    try:
        await diary.ask("POST", f"/conversations/{thread.id}/take-over", body, diary.turn_id)
    except Refused as no:
        return _refused(diary, thread, no)
    told = sentence(
        "utter_staff_taken_over", diary.language, customer=thread.customer, channel=thread.channel
    )
    return Said(told, (_back(diary, thread),))


async def _say(diary: Diary, thread: Thread, text: str, key: str, among: Sequence[Thread]) -> Said:
    try:
        await diary.ask("POST", f"/conversations/{thread.id}/say", {"text": text}, key)
    except Refused as no:
        return _refused(diary, thread, no)
    title = dict(zip([each.id for each in among], people.titles(among), strict=True))[thread.id]
    return Said(sentence("utter_staff_said_to", diary.language, customer=title))


async def _hand_back_one(diary: Diary, name: str | None) -> Said:
    held = await people.taken_over(diary)
    meant = people.named(name, held) if name else held
    if name is None and len(held) > 1:
        meant = [each for each in held if each.is_chosen] or held
    if not meant:
        return Said(sentence("utter_staff_holds_nobody", diary.language))
    if len(meant) > 1:
        choices = [
            (title, f"/staff_back{json.dumps({'conversation': each.id})}")
            for each, title in zip(meant, people.titles(meant), strict=True)
        ]
        return Said(sentence("utter_staff_whom_back", diary.language), tuple(choices[:_MOST_ASKED_ABOUT]))
    return await _hand_back(diary, meant[0])


async def _hand_back(diary: Diary, thread: Thread) -> Said:
    try:
        await diary.ask("POST", f"/conversations/{thread.id}/hand-back", {}, diary.turn_id)
    except Refused as no:
        return _refused(diary, thread, no)
    return Said(sentence("utter_staff_gave_back", diary.language, customer=thread.customer))


def _whom(diary: Diary, among: Sequence[Thread], text: str | None, key: str) -> Said:
    """Each by name; what was written waits in the button."""
    choices = tuple(
        (title, _saying(each, text, key) if text else f"/staff_reply{json.dumps({'conversation': each.id})}")
        for each, title in zip(among, people.titles(among), strict=True)
    )
    asks = "utter_staff_to_whom" if text else "utter_staff_which_customer"
    return Said(sentence(asks, diary.language, text=text or ""), choices[:_MOST_ASKED_ABOUT])


def _saying(thread: Thread, text: str, key: str) -> str:
    """`key` names what was written, so that it is said to one, once, however often it is tapped."""
    return f"/staff_say{json.dumps({'conversation': thread.id, 'key': key, 'text': text})}"


def _back(diary: Diary, thread: Thread) -> tuple[str, str]:
    label = words("utter_staff_button_back", diary.language)
    return label, f"/staff_back{json.dumps({'conversation': thread.id})}"


def _refused(diary: Diary, thread: Thread, no: Refused) -> Said:
    facts = {"customer": thread.customer, "channel": thread.channel}
    if no.code != "taken_by_another":
        return Said(sentence(_REFUSALS.get(no.code, "utter_staff_not_now"), diary.language, **facts))
    speaker = no.why.facts.get("staff") or words("utter_staff_the_desk", diary.language)
    take = words("utter_staff_button_take", diary.language)
    told = sentence("utter_staff_taken_by_another", diary.language, staff=speaker, **facts)
    return Said(told, ((take, f"/staff_take{json.dumps({'conversation': thread.id})}"),))


async def _with_refusals(diary: Diary, work: Awaitable[Said]) -> Said:
    """Who may not look into conversations at all is told so."""
    try:
        return await work
    except Refused as no:
        key = _REFUSALS.get(no.code, "utter_staff_not_now")
        return Said(sentence(key, diary.language, customer="", channel=""))
