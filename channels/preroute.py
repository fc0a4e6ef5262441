"""What needs no understanding is settled here, before Rasa is asked.

Pure: text in, a route out. It keeps the bot from guessing at what is certain (a tapped time, "2"
under three offers, "stop") and keeps typed text from ever passing for a payload.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from channels.interface import Capabilities
from scheduler_core.outbox import Choice

LONGEST_MESSAGE = 2_000
_STOP, _RESUME, _REACT = "/stop", "/resume_messages", "/react"

_THUMBS = {**dict.fromkeys("👍👌🙌🤝✅", "yes"), **dict.fromkeys("👎❌", "no")}
_SKIN_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_PICK = re.compile(r"(?:#|no\.\s*|number\s+|option\s+)?([1-9][0-9]?)\s*[.)!]?", re.IGNORECASE)
_CODE = re.compile(r"(?:/?[^\W\d_]+[\s:]+)?((?=\w*[2-9])(?=\w*[B-Z])[B-DF-HJKMNP-TV-Z2-9]{8})", re.IGNORECASE)
_INVITATION = re.compile(r"go_[A-Za-z0-9_-]{32}")
_LEADING_SLASHES = re.compile(r"^[/\s]+")
_EMOJI_CATEGORIES = frozenset({"So", "Sk", "Cf", "Mn", "Me"})
_WITHOUT_WORDS = {"photo": "media", "document": "media", "location": "media", "voice": "voice"}
_GREET = "/greet"
_HELP = "/help"
_JOINING_PUNCTUATION = ".,;:!?…"


@dataclass(frozen=True)
class ForBot:
    """Send this to the bot; a payload begins with "/" and must travel alone.

    `may_drop`: the words for which it stands may have meant to drop a visit.
    """

    text: str
    may_drop: str | None = None

    @property
    def is_payload(self) -> bool:
        return self.text.startswith("/")

    @property
    def is_opt_out(self) -> bool:
        return self.text.startswith(_STOP)


@dataclass(frozen=True)
class Picture:
    """Nothing but pictures."""

    said: str


@dataclass(frozen=True)
class Say:
    """Answer at once with this sentence of the outbox's wording."""

    words: str


@dataclass(frozen=True)
class Consent:
    """Keep that they want to hear from us, or not, with what they did as evidence; then the bot's answer, if any.

    `language`: that of their phone, for who has written nothing yet.
    """

    granted: bool
    evidence: str
    then: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Phone:
    """Keep that this number is theirs, as their channel has shown; then say so."""

    number: str
    words: str = "contact_kept"


@dataclass(frozen=True)
class Link:
    """They say that this chat is a staff member's, by a code that only that person was shown."""

    code: str


@dataclass(frozen=True)
class GoOn:
    """They say by the token of a link of theirs who they are; `evidence`: the link has opened this chat."""

    token: str
    evidence: str | None = None


@dataclass(frozen=True)
class ForStaffLine:
    """Of a chat that is a staff member's: what they said, or the payload of what they tapped."""

    text: str


@dataclass(frozen=True)
class Unlink:
    """A staff member wants to hear nothing more from us there; ``words``: what is said to that, if anything can be."""

    words: str | None = "staff_chat_unlinked"


@dataclass(frozen=True)
class MayReturn:
    """From who has opted out these words mean that they want to hear from us again, else what they say.

    `is_answer`: not while something is asked of them.
    """

    text: str
    is_answer: bool

    def settled(self, *, opted_out: bool, asked: bool) -> ForBot:
        returns = opted_out and not (self.is_answer and asked)
        return _word_of_channel(_RESUME, self.text) if returns else ForBot(self.text)


@dataclass(frozen=True)
class WhoWeAre:
    """Say who we are, how to reach a person and how to stop, whoever speaks now."""


@dataclass(frozen=True)
class OnlyFiles:
    """Files without a word: thank for them, and ask again what is asked."""


Route = (
    ForBot
    | Picture
    | Say
    | OnlyFiles
    | WhoWeAre
    | Consent
    | Phone
    | MayReturn
    | Link
    | GoOn
    | ForStaffLine
    | Unlink
)


def route(
    text: str, payload: str | None, can: Capabilities, kind: str = "text", files: bool = False
) -> Route:
    """Where one message goes. `payload` is that of the choice it picked, if it picked one; `files` came with it."""
    if payload is not None:
        return ForBot(payload)
    if code := _code(kind, text):
        return Link(code)
    if kind in ("text", "deep_link") and _INVITATION.fullmatch(text.strip()):
        return GoOn(text.strip(), evidence=kind if kind == "deep_link" else None)
    if done := _deed(kind, text):
        return done
    said = _plain(text)
    if not said:
        return OnlyFiles() if files else Say(_WITHOUT_WORDS.get(kind, "empty"))
    if len(said) > LONGEST_MESSAGE:
        return Say("too_long")
    if known := _by_channel(said, can):
        return known
    if _is_emoji_only(said):
        thumb = _without_repeats(_SKIN_TONES.sub("", said))
        return Picture(thumb if thumb in _THUMBS else said)
    return ForBot(said)


def staff_route(
    text: str, payload: str | None, can: Capabilities, kind: str = "text", files: bool = False
) -> Route:
    """Where a message goes that came from the chat of a staff member, whose files nobody keeps."""
    if payload is not None:
        return ForStaffLine(payload)
    if code := _code(kind, text):
        return Link(code)
    if kind in ("start", "deep_link", "help", "unblocked"):
        return ForStaffLine(_HELP)
    if kind == "blocked":
        return Unlink(words=None)
    said = _plain(text)
    if not said:
        return Say(_WITHOUT_WORDS.get(kind, "empty"))
    if len(said) > LONGEST_MESSAGE:
        return Say("too_long")
    return Unlink() if _bare(said) in can.opt_out_words else ForStaffLine(said)


def _code(kind: str, text: str) -> str | None:
    """Typed, with or without a word before it ("link BC23DF45"), or in the link that opened the chat."""
    found = _CODE.fullmatch(text.strip()) if kind in ("text", "deep_link") else None
    return found[1].upper() if found else None


def _by_channel(said: str, can: Capabilities) -> Route | None:
    """What the channel itself knows a bare word to mean."""
    bare = _bare(said)
    if bare in can.opt_out_words:
        return _word_of_channel(_STOP, said, may_drop=said if bare in can.may_mean_a_visit else None)
    if bare in can.help_words:
        return WhoWeAre()
    if bare in can.opt_in_words | can.opt_in_answers:
        return MayReturn(said, is_answer=bare in can.opt_in_answers)
    return None


def _word_of_channel(payload: str, said: str, may_drop: str | None = None) -> ForBot:
    """What was said goes along: it is kept with their wish."""
    return ForBot(f"{payload}{json.dumps({'said': said})}", may_drop)


def _deed(kind: str, text: str) -> Route | None:
    """What is done without words; who opened the door by a link or showed their own number is greeted and thanked."""
    match kind:
        case "start" | "deep_link":
            language = text.partition(" ")[2] if kind == "start" else ""
            return Consent(granted=True, evidence=kind, then=_GREET, language=language or None)
        case "help":
            return ForBot(_HELP)
        case "blocked" | "unblocked":
            return Consent(granted=kind == "unblocked", evidence=kind)
        case "contact":
            return Phone(text) if text else Say("contact_of_other")
    return None


def picked(text: str, choices: Sequence[Choice]) -> int | None:
    """Which open choice (counted from 0) a typed digit or an exact label means; digits count from 1."""
    said = _bare(_KEYCAP.sub(r"\1", text))
    for n, choice in enumerate(choices):
        if said and said == _bare(choice.label):
            return n
    digit = _PICK.fullmatch(said)
    if digit and int(digit[1]) <= len(choices):
        return int(digit[1]) - 1
    return None


def one_turn(routes: Iterable[Route]) -> list[Route]:
    """Messages that waited together, as few steps as their meaning allows.

    Texts in a row become one, with pictures among them; a payload stays alone; the same sentence is not said twice.
    """
    steps: list[Route] = []
    for step in routes:
        said, before = _words_in(step), _words_in(steps[-1]) if steps else None
        if said and before:
            steps[-1] = ForBot(_joined(before, said))
        elif step not in steps or isinstance(step, ForBot | Picture | ForStaffLine):
            steps.append(step)
    return [_word_of_channel(_REACT, step.said) if isinstance(step, Picture) else step for step in steps]


def _words_in(step: Route) -> str | None:
    if isinstance(step, Picture):
        return _THUMBS.get(step.said, step.said)
    return step.text if isinstance(step, ForBot) and not step.is_payload else None


def _plain(text: str) -> str:
    """Typed text without what cannot be seen, and without a leading slash, which only payloads have."""
    visible = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    said = _KEYCAP.sub(r"\1", _LEADING_SLASHES.sub("", visible).strip())
    return said if any(_is_visible(c) for c in said) else ""


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cf", "Mn", "Me", "Zs", "Zl", "Zp", "Cc")


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!")


def _is_emoji_only(said: str) -> bool:
    """True if nothing but pictures was said; digits in a keycap and "?" are words, not pictures."""
    return all(c.isspace() or unicodedata.category(c) in _EMOJI_CATEGORIES for c in said)


def _without_repeats(said: str) -> str:
    pictures = [c for c in said if unicodedata.category(c) == "So"]
    return pictures[0] if pictures and len(set(pictures)) == 1 else ""


def _joined(earlier: str, later: str) -> str:
    return f"{earlier} {later}" if earlier[-1] in _JOINING_PUNCTUATION else f"{earlier}, {later}"
