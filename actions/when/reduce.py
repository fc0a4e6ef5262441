"""Nodes through all the rules of the grammar, with what has to happen between two of its stages."""

from __future__ import annotations

from collections.abc import Callable

from actions.when.neighbours.little_words import told_apart
from actions.when.neighbours.more_numbers import more_numbers
from actions.when.nodes import Node
from actions.when.rules import STAGES
from actions.when.rules.amounts import amounts
from actions.when.rules.bare_hours import bare_hours
from actions.when.rules.dates import dates
from actions.when.scene import Scene


def reduced(
    nodes: list[Node], scene: Scene, look_over: Callable[[Node], Node] = lambda node: node
) -> list[Node]:
    """`look_over` sees every node once the dates stand, before they become parts of anything longer."""
    for stage in STAGES:
        nodes = stage.apply(nodes, scene)
        if stage is amounts:
            nodes = told_apart(nodes, scene)
        if stage is bare_hours:
            nodes = more_numbers(nodes, scene)
        if stage is dates:
            nodes = [look_over(node) for node in nodes]
    return nodes
