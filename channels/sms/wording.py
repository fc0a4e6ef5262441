"""How a message becomes an SMS: plain characters, because one that GSM-7 lacks makes the whole message cost double.

A part holds 160 characters (153 when there are several), or 70 (67) as soon as one character is foreign to GSM-7; some
count as two. Source: GSM 03.38.
"""

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_COUNT_TWO = frozenset("^{}\\[~]|€\f")
_PLAINER = str.maketrans(
    {
        **dict.fromkeys("‘’‚´`", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("–—−‐‑", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\t", " "),
        "…": "...",
        "•": "-",
        "·": "-",
    }
)
_WITHOUT_ACCENT = str.maketrans("áíóúâêîôûãõÁÍÓÚÀÈÌÒÙ", "aiouaeiouaoAIOUAEIOU")
"""Spanish and Portuguese readers know their language without these in an SMS; é, ñ, ü and ¿ are in the alphabet."""


@dataclass(frozen=True)
class Parts:
    """What an SMS is billed by."""

    count: int
    gsm7: bool


def plain(text: str) -> str:
    """The text in GSM-7 where that loses no meaning; a text that has to be written otherwise keeps its accents."""
    said = text.translate(_PLAINER)
    without = said.translate(_WITHOUT_ACCENT)
    return without if is_gsm7(without) else said


def is_gsm7(text: str) -> bool:
    return all(character in _BASIC or character in _COUNT_TWO for character in text)


def parts(text: str) -> Parts:
    gsm7 = is_gsm7(text)
    if gsm7:
        length = len(text) + sum(character in _COUNT_TWO for character in text)
    else:
        length = len(text.encode("utf-16-be")) // 2
    whole, piece = (160, 153) if gsm7 else (70, 67)
    return Parts(1 if length <= whole else -(-length // piece), gsm7)
