# SPDX-License-Identifier: Apache-2.0
"""Writes one rulebook in many layouts, and makes small random edits of it."""

import json
from random import Random

from evenhand.rulebook.reading import Entries, Items, Node, Scalar, taken_for

ORDERED = ("facts", "stages", "acts")


def written(node: Node, rng: Random) -> str:
    """The same rulebook in some other layout: quotes, braces, indentation, comments, order of keys."""
    assert isinstance(node, Entries)
    return _remark(rng) + _block(node, rng, " " * 0, ())


def _block(node: Entries, rng: Random, indent: str, path: tuple[str, ...]) -> str:
    lines = []
    for key, inner in _keys(node, rng, path):
        name = f"{indent}{_key(key, rng)}:"
        deeper = indent + " " * rng.choice([1, 2, 4])
        if isinstance(inner, Scalar) or rng.random() < 0.4 or not _parts(inner):
            lines.append(f"{name} {_flow(inner, rng, (*path, key))}{' ' * rng.randrange(3)}\n")
        elif isinstance(inner, Items):
            items = (f"{deeper}- {_flow(item, rng, (*path, key))}\n" for item in inner.items)
            lines.append(f"{name}\n{''.join(items)}")
        else:
            lines.append(f"{name}\n{_block(inner, rng, deeper, (*path, key))}")
        lines.append(_remark(rng))
    return "".join(lines)


def _flow(node: Node, rng: Random, path: tuple[str, ...]) -> str:
    if isinstance(node, Scalar):
        return _scalar(node, rng)
    if isinstance(node, Items):
        return f"[{', '.join(_flow(item, rng, path) for item in node.items)}]"
    pairs = (f"{_key(key, rng)}: {_flow(inner, rng, (*path, key))}" for key, inner in _keys(node, rng, path))
    return "{" + ", ".join(pairs) + "}"


def _keys(node: Entries, rng: Random, path: tuple[str, ...]) -> list[tuple[str, Node]]:
    pairs = [(key, inner) for key, (_, inner) in node.keys.items()]
    if not (len(path) == 3 and path[0] == "books" and path[2] in ORDERED):
        rng.shuffle(pairs)
    return pairs


def _key(key: str, rng: Random) -> str:
    return rng.choice([key, json.dumps(key)]) if key.isidentifier() and taken_for(key) is None else json.dumps(key)


def _scalar(node: Scalar, rng: Random) -> str:
    if node.plain and taken_for(node.text) is not None:
        return node.text
    forms = [json.dumps(node.text), json.dumps(node.text, ensure_ascii=False)]
    if "\n" not in node.text:
        forms.append("'" + node.text.replace("'", "''") + "'")
    if node.plain and not set(node.text) & set(",[]{}:#&*!|>'\"%@`?-"):
        forms.append(node.text)
    return rng.choice(forms)


def _parts(node: Node) -> bool:
    return bool(node.items if isinstance(node, Items) else isinstance(node, Entries) and node.keys)


def _remark(rng: Random) -> str:
    return rng.choice(["", "", "\n", "# a remark\n", "      # another\n"])


def edited(node: Node, rng: Random) -> Node:
    """The rulebook with one value exchanged, left out, or given another place."""
    places = list(_places(node))
    target = rng.choice(places)
    words = [place for place in places if isinstance(place, Scalar)]
    if isinstance(target, Scalar):
        other = rng.choice([*words, Scalar(1, str(rng.randrange(9)), True), Scalar(1, f"{rng.randrange(9)}wd", True)])
        return _with(node, target, other)
    if isinstance(target, Items):
        items = list(target.items)
        rng.choice([rng.shuffle, lambda them: them and them.pop(rng.randrange(len(them)))])(items)
        return _with(node, target, Items(target.line, items))
    pairs = list(target.keys.items())
    rng.choice([rng.shuffle, lambda them: them and them.pop(rng.randrange(len(them)))])(pairs)
    return _with(node, target, Entries(target.line, dict(pairs)))


def _places(node: Node) -> list[Node]:
    below = node.items if isinstance(node, Items) else ()
    if isinstance(node, Entries):
        below = [inner for _, inner in node.keys.values()]
    return [node, *(place for inner in below for place in _places(inner))]


def _with(node: Node, old: Node, new: Node) -> Node:
    if node is old:
        return new
    if isinstance(node, Items):
        return Items(node.line, [_with(item, old, new) for item in node.items])
    if isinstance(node, Entries):
        return Entries(node.line, {key: (line, _with(inner, old, new)) for key, (line, inner) in node.keys.items()})
    return node
