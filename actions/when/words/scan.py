"""Text to the first nodes: phrases of the table, misspellings set right, written numbers, dates and clocks."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.when.nodes import Clock, Node
from actions.when.words.addresses import without_addresses
from actions.when.words.date_signs import dated, untied, without_points
from actions.when.words.hyphen_dates import with_hyphen_dates
from actions.when.words.names import without_names
from actions.when.words.numbered_days import with_numbered_days
from actions.when.words.tokens import Token
from actions.when.words.vocabulary import Lexicon

_NOT_TIME = "word"


def scan(text: str, lexicon: Lexicon) -> list[Node]:
    tokens = _with_months(without_names(lexicon.tokens_of(text), text, lexicon), lexicon)
    nodes: list[Node] = []
    place = 0
    while place < len(tokens):
        read, used = _read(tokens, place, lexicon)
        nodes.extend(read)
        place += used
    nodes = with_numbered_days(_with_ordinals(nodes, lexicon), lexicon.numbered_days)
    if lexicon.hyphen_dates:
        nodes = with_hyphen_dates(nodes)
    if lexicon.ordinal_point:
        nodes = _with_pointed_ordinals(nodes, lexicon)
    nodes = without_addresses(_refused(without_points(untied(dated(nodes, lexicon.articles))), lexicon))
    nodes = _with_about(nodes, lexicon)
    return [node for node in nodes if node.kind != "filler"]


def _read(tokens: list[Token], place: int, lexicon: Lexicon) -> tuple[list[Node], int]:
    token = tokens[place]
    suffixes = lexicon.ordinal_suffixes | lexicon.rank_suffixes
    if token.glued and token.text in suffixes and tokens[place - 1].kind == "num":
        return [_read_word(token, lexicon)[0]], 1
    if unit := _glued_unit(tokens, place, lexicon):
        return [Node("unit", unit, token.start, token.end, token.text, glued=True)], 1
    half = lexicon.glued_halves[token.text] if _is_glued_half(tokens, place, lexicon) else None
    for words, (kind, value) in lexicon.phrases.get(token.text, ()):
        length = _length_of(words, tokens, place)
        if length and (length > 1 or half is None):
            last = tokens[place + length - 1]
            if length == 1:
                kind = _kind_in_company(kind, tokens, place, lexicon)
            text = " ".join(words)
            return [Node(kind, value, token.start, last.end, text, token.glued)], length
    if half is not None:
        return [Node("half", half, token.start, token.end, token.text, glued=True)], 1
    if token.kind == "word":
        return _read_word(token, lexicon), 1
    return [_read_figures(token)], 1


def _length_of(words: tuple[str, ...], tokens: list[Token], place: int) -> int:
    """How many tokens from here say the phrase; 0 when they do not. "Early-afternoon" says "early afternoon"."""
    at = place
    for number, word in enumerate(words):
        if number and word != "-" and at + 1 < len(tokens) and _is_hyphen(tokens, at):
            at += 1
        if at >= len(tokens) or tokens[at].text != word:
            return 0
        at += 1
    return at - place


def _is_hyphen(tokens: list[Token], place: int) -> bool:
    return tokens[place].text == "-" and tokens[place].glued and tokens[place + 1].glued


def _kind_in_company(kind: str, tokens: list[Token], place: int, lexicon: Lexicon) -> str:
    """ "May" after "Dr" is a name, unless a number follows; "Tuesdays" are all of them."""
    word = tokens[place].text
    if kind == "weekday" and word in lexicon.plurals:
        return "weekday_plural"
    if kind in ("weekday", "month", "morrow") and _is_a_name(tokens, place, lexicon):
        return _NOT_TIME
    if word not in lexicon.weak:
        return kind
    numbered = place + 1 < len(tokens) and tokens[place + 1].kind == "num"
    told = lexicon.weak_not_after if kind == "month" else lexicon.verbs_after
    ranged = place > 1 and (lexicon.single(tokens[place - 2].text) or ("",))[0] == "month"  # "July to August"
    if place and not numbered and not ranged and tokens[place - 1].text in told:
        return _NOT_TIME
    return "weakmonth" if kind == "month" else kind


def _is_a_name(tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    """ "Frau Freitag", "Dr. Mai", "mein Name ist August Mai"."""
    before = [token.text for token in tokens[max(place - 4, 0) : place] if token.text != "."]
    if before and (lexicon.single(before[-1]) or ("",))[0] in ("weekday", "month"):
        before.pop()
    return bool(lexicon.titles) and not lexicon.titles.isdisjoint((" ".join(before[-2:]), *before[-1:]))


def _with_months(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Misspelt months set right where a number says that a month is meant."""
    months = [
        lexicon.corrected_month(token.text) if token.kind == "word" and _is_numbered(tokens, place) else None
        for place, token in enumerate(tokens)
    ]
    return [
        replace(token, text=month) if month else token for token, month in zip(tokens, months, strict=True)
    ]


def _is_numbered(tokens: list[Token], place: int) -> bool:
    """ "Marh 7", "the 7th of Marh": where a month would stand."""
    after = tokens[place + 1 : place + 2]
    before = tokens[max(place - 2, 0) : place]
    return any(each.kind == "num" and len(each.text) < 3 for each in after) or (
        len(before) == 2 and (before[0].glued or before[0].kind == "num")
    )


def _glued_unit(tokens: list[Token], place: int, lexicon: Lexicon) -> str | None:
    """The sign of "in 15'", unless it is a quotation mark or a height."""
    token, before = tokens[place], tokens[place - 1]
    unit = lexicon.glued_units.get(token.text) if token.glued and before.kind == "num" else None
    if unit is None or sum(each.text in lexicon.glued_units for each in tokens) > 1:
        return None
    return None if place + 1 < len(tokens) and tokens[place + 1].glued else unit


def _is_glued_half(tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    """The p of "3:15p", not the A of the postcode "SW1A 1AA"."""
    token, before = tokens[place], tokens[place - 1]
    if not token.glued or token.text not in lexicon.glued_halves or before.kind not in ("num", "clock"):
        return False
    return not before.glued


def _read_word(token: Token, lexicon: Lexicon) -> list[Node]:
    base, mark, rest = token.text.partition("'")
    if mark and rest in ("s", "") and lexicon.knows(base):
        meaning = lexicon.single(base)
        if meaning:
            kind, value = meaning
            owner = Node(kind, value, token.start, token.start + len(base), base, token.glued)
            return [owner, Node("poss", None, token.end - 1, token.end, "'s", glued=True)]
    for ending in lexicon.approximate_endings:
        stem = token.text.removesuffix(ending).rstrip("-")
        kind, value = (lexicon.single(stem) if stem != token.text else None) or (_NOT_TIME, None)
        if kind in ("num", "clockword", "daypart"):
            cut = token.start + len(stem)
            number = Node(kind, value, token.start, cut, stem, token.glued)
            return [number, Node("around", None, cut, token.end, ending, glued=True)]
    halves = lexicon.halves_of(token.text)
    if halves:
        cut = token.start + len(halves[0])
        first, second = (lexicon.single(half) or (_NOT_TIME, None) for half in halves)
        return [
            Node(first[0], first[1], token.start, cut, halves[0], token.glued),
            Node(second[0], second[1], cut, token.end, halves[1], glued=True),
        ]
    if len(token.text) > 5 and token.text.endswith(lexicon.street_endings):
        return [Node("street_first", None, token.start, token.end, token.text, token.glued)]
    corrected = lexicon.corrected(token.text)
    meaning = lexicon.single(corrected) if corrected else None
    if corrected and meaning:
        kind, value = meaning
        return [Node(kind, value, token.start, token.end, corrected, token.glued)]
    return [Node(_NOT_TIME, None, token.start, token.end, token.text, token.glued)]


def _read_figures(token: Token) -> Node:
    kind: str = token.kind
    value: object = None
    parts = [int(part) for part in re.findall(r"\d+", token.text)]
    if kind == "num":
        value = parts[0]
    elif kind == "clock":
        hour, minute = parts[0], parts[1]
        kind, value = "clock", _clock(hour, minute, token.text)
        if value is None:
            kind = _NOT_TIME
    elif kind in ("iso", "dmy", "dm", "my", "dotted"):
        value = tuple(parts)
    elif kind == "ym":
        kind, value = "my", (parts[1], parts[0])
    elif kind == "blocked":
        kind = _NOT_TIME
    return Node(kind, value, token.start, token.end, token.text, token.glued)


def _clock(hour: int, minute: int, text: str) -> Clock | None:
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return Clock(
        hour % 24 * 60 + minute, either=1 <= hour <= 12 and not text.startswith("0") and "h" not in text
    )


def _with_ordinals(nodes: list[Node], lexicon: Lexicon) -> list[Node]:
    """ "3" + "rd" → an ordinal; "twenty-four" loses its hyphen."""
    merged: list[Node] = []
    for place, node in enumerate(nodes):
        before = merged[-1] if merged else None
        kind = "ord" if node.text in lexicon.ordinal_suffixes else "rank"
        suffixed = kind == "ord" or node.text in lexicon.rank_suffixes
        if before and before.kind == "num" and node.glued and suffixed:
            merged[-1] = Node(
                kind, before.value, before.start, node.end, before.text + node.text, before.glued
            )
        elif before and node.text == "-" and node.glued and _joins(before, nodes[place + 1 : place + 2]):
            continue
        else:
            merged.append(node)
    return merged


def _with_pointed_ordinals(nodes: list[Node], lexicon: Lexicon) -> list[Node]:
    """ "3" + "." → an ordinal before a month, weekday or unit, in a row of them, and after "am" and its like."""
    merged: list[Node] = []
    place = 0
    while place < len(nodes):
        node, rest = nodes[place], nodes[place + 1 :]
        if node.kind == "num" and rest and rest[0].text == "." and rest[0].glued:
            if _leads(merged, lexicon) or _follows(rest[1:]):
                node = Node("ord", node.value, node.start, rest[0].end, node.text + ".", node.glued)
                place += 1
        merged.append(node)
        place += 1
    return merged


def _leads(before: list[Node], lexicon: Lexicon) -> bool:
    """ "Am", "der", a weekday, or another ordinal that this one is an alternative to or the end of."""
    if not before:
        return False
    if before[-1].text.split()[-1] in lexicon.ordinal_heads or before[-1].kind == "weekday":
        return True
    if len(before) > 1 and before[-1].kind in ("comma", "or", "and", "to", "by"):
        return before[-2].kind in ("weekday", "ord")
    return False


def _follows(after: list[Node]) -> bool:
    """A month, weekday or unit; or a link to another ordinal that stands before one: "13. - 15. Juli"."""
    if after and after[0].kind in ("month", "weakmonth", "weekday", "unit", "weekend", "street"):
        return True
    if len(after) < 2 or after[0].kind not in ("or", "and", "to", "by", "comma"):
        return False
    numbered = len(after) > 2 and after[1].kind == "num" and after[2].text == "."
    return after[1].kind in ("dotted", "dmy") or (numbered and _follows(after[3:]))


def _joins(before: Node, after: list[Node]) -> bool:
    """The hyphen of "twenty-four" and of "nine-thirty"; that of "two-three" is a range."""
    if before.kind in ("tens", "quarter"):
        return True
    if before.kind == "num" and after and after[0].glued and after[0].kind in ("unit", "oclock", "slot"):
        return True
    if before.kind in ("oclock", "unit") and after and after[0].glued and after[0].kind == "slot":
        return True
    spelled = before.kind == "num" and before.text.isalpha() and bool(after) and after[0].glued
    return spelled and after[0].kind in ("tens", "num") and after[0].text.isalpha() and after[0].value >= 10


def _with_about(nodes: list[Node], lexicon: Lexicon) -> list[Node]:
    """ "Friday at like 3" is about three; "I'd like 2 haircuts" is not."""
    if not lexicon.about_before_clocks:
        return nodes
    kinds = [node.kind for node in nodes] + [""] * 2
    return [
        replace(node, kind="around")
        if node.text in lexicon.about_before_clocks
        and kinds[place + 1] in ("num", "clock", "clockword", "quarter")
        and (
            kinds[place + 1] != "num"
            or kinds[place + 2] in ("", "stop", "comma", "half", "oclock", "on", "or", "weekday", "relday")
        )
        else node
        for place, node in enumerate(nodes)
    ]


def _refused(nodes: list[Node], lexicon: Lexicon) -> list[Node]:
    """ "No mornings" rules them out; "no, Friday" takes back."""
    plurals = [
        place - 1
        for place, node in enumerate(nodes)
        if node.text in lexicon.plurals or node.kind == "weeknights"
    ]
    return [
        replace(node, kind="not") if node.kind == "deny" and place in plurals else node
        for place, node in enumerate(nodes)
    ]
