"""Articles and prepositions that say several things: "el 3" is a date and "las 3" an hour, "de 2 a 4" a range.

Where a language tells days from hours by such words, its table calls its articles `the_day` and `the_hour`, gives
"de" the kind `of` with the value `from`, and "para" the kind `for` with the value `to`. What they mean depends on
what stands around them, so it is settled here, before the grammar; a table without such words is left as it is.
"""

from __future__ import annotations

from dataclasses import replace

from actions.when.nodes import Node
from actions.when.scene import Scene

_DAYS = frozenset(
    "weekday weekday_plural relday ord month weakmonth iso dmy dm weekend weekdays holiday tonight "
    "this next coming last unit part".split()
)
_TIMES = frozenset({"clock", "clockword", "oclock", "half", "minutes_behind"})
_COUNTED = frozenset({"unit", "amount", "people", "money", "half_unit", "pick", "ord"})
_NOT_A_DATE = _COUNTED | {"half", "oclock", "minutes_behind", "daypart", "clock"}
_BREAKS = frozenset(
    {"word", "stop", "comma", "or", "else", "move", "origin", "target", "not", "no", "cannot"}
)
_PREPOSITIONS = frozenset({"of", "in", "on", "for", "since", "after", "before", "by", "around", "between"})
_REACH = 8
"""How many nodes back the beginning of a range may stand."""

_KEPT = frozenset(
    {
        ("day", "day"),
        ("day", "number"),
        ("number", "day"),
        ("number", "number"),
        ("number", "time"),
        ("time", "time"),
        ("time", "number"),
        ("time", "hour"),
    }
)
"""What stands before and after a "to" that joins the two."""
_KEPT_AFTER_FROM = frozenset({("number", "hour"), ("part", "hour"), ("part", "time")})
"""Where a "from" begins it: "de 8h du matin à 6h du soir"."""


def told_apart(nodes: list[Node], scene: Scene) -> list[Node]:
    if not scene.marked_hours and not any(_is_little(node) for node in nodes):
        return nodes
    return _with_ranges(_with_moves(_without_articles(nodes, scene)))


def _is_little(node: Node) -> bool:
    return node.value in ("from", "to", "at") or node.kind in ("the_day", "the_hour")


def _without_articles(nodes: list[Node], scene: Scene) -> list[Node]:
    out: list[Node] = []
    dated = yearly = False
    for place, node in enumerate(nodes):
        following = [*nodes[place + 1 : place + 4], *3 * [Node("end", None, 0, 0, "")]]
        if node.kind == "the_day":
            dated = _is_date(following, scene)
            yearly = following[0].kind == "num" and 1900 < following[0].value < 2200
        elif node.kind == "the_hour":
            if _is_hour(node, following, out, scene):
                if _ends_a_range(out):  # "das 2 às 4"
                    out.append(replace(node, kind="to", value="to"))
                out.append(replace(node, kind="at", value=None))
            elif following[0].kind in ("clock", "clockword") and _ends_a_range(out):
                out.append(replace(node, kind="to", value="to"))
        elif _is_a_floor(node, nodes, place, scene):
            out.append(replace(node, kind="word", value=None))
        elif yearly:  # "prima del 2030"
            out.append(replace(node, kind="year"))
            yearly = False
        elif dated:
            text = f"{nodes[place - 1].text} {node.text}"
            out.append(replace(node, kind="ord", text=text))
            dated = False
        else:
            out.append(node)
    return out


def _is_a_floor(node: Node, nodes: list[Node], place: int, scene: Scene) -> bool:
    """The 3rd of "3º B": only the first of a month is told so, and the others no further than "the 3rd week"."""
    signed = node.kind == "ord" and node.text[0].isdigit() and node.text[-1].isalpha()
    if not scene.marked_hours or not signed or node.value == 1:
        return False
    before = nodes[place - 1].kind if place else ""
    after = nodes[place + 1].kind if place + 1 < len(nodes) else ""
    return before != "the_day" and after in ("", "word", "comma", "stop")


def _is_date(following: list[Node], scene: Scene) -> bool:
    number, after = following[:2]
    if number.kind != "num" or not 1 <= number.value <= 31 or (after.glued and after.kind == "word"):
        return False  # "le 3e étage"
    return after.kind not in (_COUNTED if scene.marked_hours else _NOT_A_DATE)


def _is_hour(article: Node, following: list[Node], before: list[Node], scene: Scene) -> bool:
    """ "Las 3", but not "las 3 chicas" (a word in the plural), unless a preposition or the question says so."""
    number, after = following[:2]
    announced = (before and before[-1].kind not in _BREAKS | _DAYS) or scene.context.asked == "time"
    if number.kind == "amount":  # "a las 15 horas" and "às 15 horas", but "las 2 horas"
        return bool((announced or article.value == "at") and number.value.minutes and not number.value.days)
    if number.kind != "num" or after.kind in _COUNTED or not 0 <= number.value <= 2400:
        return False
    if after.kind in ("next", "last", "coming") and following[2].kind in ("unit", "hour"):
        return False  # "las dos próximas semanas"
    if announced:
        return True
    return not (after.kind == "word" and len(after.text) > 3 and after.text.endswith("s"))


def _ends_a_range(before: list[Node]) -> bool:
    """An hour right behind another one that "de" stands before."""
    if not before or before[-1].kind not in (*_TIMES, "num", "amount", "daypart"):
        return False
    for node in before[-2:-_REACH:-1]:
        if node.kind == "of" and node.value == "from":
            return True
        if node.kind in _BREAKS or node.kind in _DAYS or node.kind == "to":
            return False
    return False


def _with_moves(nodes: list[Node]) -> list[Node]:
    """After "cambiar", "del jueves" is what is moved, and "al viernes" or "para el viernes" is where to."""
    start = next((place for place, node in enumerate(nodes) if node.kind in ("move", "swap")), None)
    if start is None:
        return nodes
    out = list(nodes)
    targets: list[int] = []
    has_origin = False
    for place in range(start + 1, len(nodes)):
        node, side = nodes[place], _after(nodes, place)
        if node.value == "from" and any(n.kind == "amount" for n in nodes[place + 1 : place + 2]):
            way = nodes[start].value or "later"  # "décaler d'une heure"
            out[place] = replace(node, kind="direction", value=way)
        if side is None:
            continue
        if (
            node.kind in ("of", "since")
            and node.value == "from"
            and not has_origin
            and not _joins(nodes, place)
        ):
            out[place] = replace(node, kind="origin")
            has_origin = True
        elif (node.kind in ("to", "for") and node.value in ("to", "at")) or (
            node.kind == "for" and side == "day"
        ):
            targets.append(place)
    if targets:
        days = [place for place in targets if _after(nodes, place) == "day"]
        target = (days or targets)[-1]
        out[target] = replace(nodes[target], kind="target")
    return out


def _with_ranges(nodes: list[Node]) -> list[Node]:
    """ "To" stays where it joins two days or two hours, and "de" before it is "from"; else it says nothing."""
    out = list(nodes)
    drop: set[int] = set()
    for place, node in enumerate(nodes):
        if node.kind not in ("to", "by") or node.value not in ("to", "at"):
            continue
        start = _opening(nodes, place)
        joined = (_before(nodes, place, start), _after(nodes, place))
        if node.value == "at" and joined == ("day", "number"):
            out[place] = replace(node, kind="at")
        elif joined in _KEPT or (start is not None and joined in _KEPT_AFTER_FROM):
            out[place] = replace(node, kind="to")
            if start is not None and nodes[start].kind == "of":
                out[start] = replace(nodes[start], kind="since")
        elif node.value == "at":
            out[place] = replace(node, kind="at")
        elif node.kind == "to" and _says_in(nodes, place):
            out[place] = replace(node, kind="in")
        elif node.kind == "to":
            drop.add(place)
    return [node for place, node in enumerate(out) if place not in drop]


def _says_in(nodes: list[Node], place: int) -> bool:
    """ "À tarde", but in "de a tarde" it is only the article."""
    before = nodes[place - 1].kind if place else ""
    return (
        nodes[place + 1 : place + 2] != []
        and nodes[place + 1].kind == "daypart"
        and before not in _PREPOSITIONS
    )


def _opening(nodes: list[Node], place: int) -> int | None:
    """Where the range that ends with this "to" begins: the "de" or "desde" before it."""
    for back in range(place - 1, max(place - _REACH, -1), -1):
        node = nodes[back]
        if node.kind in _BREAKS or node.kind in ("to", "by"):
            return None
        if node.kind in ("since", "between"):
            return back
        if node.kind == "of" and node.value == "from" and not _joins(nodes, back):
            return back
    return None


def _joins(nodes: list[Node], place: int) -> bool:
    """ "3 de mayo", "3 de la tarde", "lunes de la semana que viene": part of what stands before it."""
    if not place or place + 1 >= len(nodes):
        return False
    before, after = nodes[place - 1].kind, nodes[place + 1].kind
    if before in ("month", "weakmonth", "unit") and after == "num":
        return bool(nodes[place + 1].value > 1000)
    if before in ("num", "ord", "unit", "part", "last"):
        return after in ("month", "weakmonth", "daypart", "this", "next", "coming")
    return before in (*_TIMES, "daypart", "weekday") and after in (
        "daypart",
        "unit",
        "this",
        "next",
        "coming",
        "month",
    )


def _before(nodes: list[Node], place: int, start: int | None) -> str | None:
    node = nodes[place - 1] if place else None
    if node is None:
        return None
    if node.kind == "num":
        marked = place > 1 and nodes[place - 2].kind in ("at", "minus", "and") and start is not None
        return "time" if marked or (place > 1 and nodes[place - 2].kind == "at") else "number"
    if node.kind == "amount":
        return "time" if place > 1 and nodes[place - 2].kind == "at" else None
    if node.kind == "daypart":
        return "part"
    return "time" if node.kind in _TIMES else "day" if node.kind in _DAYS - {"part", "this"} else None


def _after(nodes: list[Node], place: int) -> str | None:
    node = nodes[place + 1] if place + 1 < len(nodes) else None
    if node is None:
        return None
    if node.kind == "at":
        return "hour"
    if node.kind == "num":
        return "number"
    return "time" if node.kind in _TIMES else "day" if node.kind in _DAYS else None
