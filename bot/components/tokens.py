"""A sentence as tokens in which every day, time, date and number looks the same.

"friday at 3" and "tuesday at 11:30" say the same here; which day it is, actions/when understands.
"""

import re

_AM_PM = r"(?:[ap]\.? ?m\b\.?|o'? ?clock)"
_DAYS = (
    r"mon(?:day)?s?|tue(?:s|sday)?s?|wed(?:nesday)?s?|thu(?:r|rs|rsday)?s?"
    r"|fri(?:day)?s?|sat(?:urday)?s?|sun(?:day)?s?"
)
_MONTHS = (
    "january|february|march|april|(?<=in )may|may(?= \\d)|(?<=of )may|june|july|august|september|october"
    "|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty"
)
_DIAS = r"lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|domingos?|lun|mi[eé]|jue|vie|s[aá]b"
_MESES = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
_NUMEROS = "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta"
_DEL_DIA = r"(?:por|en|a|de) (?:la )?(?:ma[ñn]ana|tarde|noche)"
_MINUTOS = r"(?: y (?:media|cuarto|cinco|diez|veinte|\d\d)| menos (?:cuarto|cinco|diez|veinte))"
_ANY_LANGUAGE = (
    ("_date", r"\b\d{4}[-/]\d\d?[-/]\d\d?\b"),
    ("_date", rf"\b\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?\b(?! ?{_AM_PM})"),
)
_SPANISH = (
    ("_date", rf"\b\d{{1,2}} de (?:{_MESES})(?: (?:de|del) 20\d\d)?\b|(?<=\ben )(?:{_MESES})\b"),
    (
        "_time",
        rf"(?<=\blas )(?:\d{{1,2}}(?:[:.h]\d\d)?|once|{_NUMEROS})\b{_MINUTOS}?(?: ?{_AM_PM}|(?: de la \w+)\b)?",
    ),
    ("_time", rf"(?<=\ba la )(?:una|1)\b{_MINUTOS}?(?: de la \w+)?"),
    ("_time", r"\bmediod[ií]a\b|\bmedianoche\b"),
    ("_day", rf"\b(?:{_DIAS})\b"),
    ("_part", rf"\b{_DEL_DIA}\b|\besta (?:tarde|noche)\b"),
    ("_soon", r"\b(?:pasado )?ma[ñn]ana\b|\bhoy\b"),
    ("_number", rf"\b(?:{_NUMEROS})\b"),
)
_ENGLISH = (
    ("_time", rf"\b\d{{1,2}}(?:[:.h]\d\d)? ?{_AM_PM}|\b\d{{1,2}}[:.]\d\d\b"),
    ("_time", rf"\b(?:{_NUMBERS})(?: (?:thirty|fifteen|forty[- ]five))? ?{_AM_PM}"),
    ("_time", r"\b(?:half|quarter) (?:past|to) \w+|\b(?:noon|midday|midnight)\b"),
    ("_date", rf"\b(?:{_MONTHS})\b\.? ?(?:\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? ?20\d\d)?"),
    ("_day", rf"\b(?:{_DAYS})\b"),
    ("_nth", r"\b\d{1,2}(?:st|nd|rd|th)\b"),
    ("_number", rf"\b\d+\b|\b(?:{_NUMBERS})\b"),
    ("_soon", r"\b(?:tomorrow|tomorow|tmrw|tmr|2moro|today|2day|tonight)\b"),
    ("_part", r"\b(?:morning|afternoon|evening|night|lunch ?time)s?\b"),
)
_KINDS = tuple((re.compile(pattern), f" {kind} ") for kind, pattern in (*_ANY_LANGUAGE, *_SPANISH, *_ENGLISH))
_TOKEN = re.compile(r"_\w+|[^\W_]+(?:'\w+)?|[?!]|[^\w\s.,;:\-\"'()]")


def plain(text: str) -> str:
    """Lower case, one kind of apostrophe."""
    return text.lower().replace("\u2019", "'")


def by_kind(text: str) -> str:
    """`text` with days, times, dates and numbers replaced by the name of their kind."""
    text = plain(text)
    for pattern, kind in _KINDS:
        text = pattern.sub(kind, text)
    return " ".join(text.split())


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)
