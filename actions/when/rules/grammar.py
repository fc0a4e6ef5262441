"""The engine of the grammar: rules whose patterns run over kinds of nodes instead of characters.

A pattern is a row of items: `kind`, `kind/other` (either), `kind:name` (hands the value to the function by
that name), `kind?`, `kind*`, `kind+`, and `(`, `|`, `)`. `!kind` and `=kind` look ahead, `<!kind` and `<=kind` look
back; `^` and `$` are the ends of the message. Rules run in the order written; what one returns replaces what it
matched, and `None` leaves everything as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from inspect import signature
from typing import Any

from actions.when.nodes import Node
from actions.when.scene import Scene

_ITEM = re.compile(r"(?P<look><!|<=|!|=)?(?P<kinds>[a-z_/]+)(?P<many>[?*+]?)(?::(?P<name>\w+))?")


class _Codes(dict[str, str]):
    """One private character for each kind, so that `re` can run over kinds."""

    def __missing__(self, kind: str) -> str:
        code = self[kind] = chr(0xE000 + len(self))
        return code


_CODES = _Codes()


@dataclass(slots=True)
class Rule:
    kind: str
    pattern: re.Pattern[str]
    build: Callable[..., Any]
    wants: frozenset[str]
    """Which of `scene` and `nodes` (all that was matched) the function asks for."""


@dataclass
class Grammar:
    rules: list[Rule] = field(default_factory=list)

    def rule(self, kind: str, *patterns: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register the function for each pattern; its result is the value of a new node of this kind."""

        def register(build: Callable[..., Any]) -> Callable[..., Any]:
            known = frozenset(signature(build).parameters)
            for pattern in map(re.compile, map(_compiled, patterns)):
                if not known.issuperset(pattern.groupindex):
                    raise TypeError(
                        f"{build.__name__} takes {sorted(known)}, not {sorted(pattern.groupindex)}"
                    )
                self.rules.append(Rule(kind, pattern, build, known & {"scene", "nodes"}))
            return build

        return register

    def apply(self, nodes: list[Node], scene: Scene) -> list[Node]:
        codes = "".join([_CODES[node.kind] for node in nodes])
        for rule in self.rules:
            place = 0
            while match := rule.pattern.search(codes, place):
                replaced = _replacement(rule, match, nodes, scene)
                if replaced is None:
                    place = match.start() + 1
                    continue
                start, end = match.span()
                nodes = [*nodes[:start], replaced, *nodes[end:]]
                codes = codes[:start] + _CODES[replaced.kind] + codes[end:]
                place = start + 1
        return nodes


def _replacement(rule: Rule, match: re.Match[str], nodes: list[Node], scene: Scene) -> Node | None:
    start, end = match.span()
    if start == end:
        return None
    values = {
        name: nodes[match.start(name)].value if match.start(name) >= 0 else None
        for name in match.re.groupindex
    }
    if "scene" in rule.wants:
        values["scene"] = scene
    if "nodes" in rule.wants:
        values["nodes"] = nodes[start:end]
    value = rule.build(**values)
    if value is None:
        return None
    first, last = nodes[start], nodes[end - 1]
    text = " ".join(node.text for node in nodes[start:end])
    return Node(rule.kind, value, first.start, last.end, text, first.glued)


def _compiled(pattern: str) -> str:
    out: list[str] = []
    for item in pattern.split():
        if item in ("(", "|", ")", ")?", ")*", ")+", "^", "$", "(?=", "(?!", "(?<="):
            out.append("(?:" if item == "(" else item)
            continue
        match = _ITEM.fullmatch(item)
        if match is None:
            raise ValueError(f"{item!r} in the pattern {pattern!r}")
        kinds = "[" + "".join(_CODES[kind] for kind in match["kinds"].split("/")) + "]"
        if match["look"]:
            out.append({"!": "(?!", "=": "(?=", "<!": "(?<!", "<=": "(?<="}[match["look"]] + kinds + ")")
        elif match["name"]:
            out.append(f"(?P<{match['name']}>{kinds}){match['many']}")
        else:
            out.append(kinds + match["many"])
    return "".join(out)
