"""What a parser makes of each source: the kinds of its nodes in order, a literal being one node whatever is in it.

Reads a list of {"grammar", "text"} as JSON and writes a list of {"error", "shape"}.
"""

import json
import sys

from tree_sitter_language_pack import get_parser

# Code inside a literal.
INSIDE = ("interpolat", "substitution", "expansion", "template_sub", "embedded", "subshell")


def literal(kind):
    words = ("string", "char_lit", "str_lit", "text_literal", "verbatim")
    return kind != "string_literals" and any(word in kind for word in words)


def walk(node, shape, errors):
    kind = node.type
    if kind == "ERROR" or node.is_missing:
        errors.append(f"{node.start_point[0] + 1}:{node.start_point[1] + 1}")
    if kind == "concatenation":
        kind = "word"
    if literal(kind):
        for part in descendants(node):
            if part.type == "ERROR" or part.is_missing:
                errors.append(f"{part.start_point[0] + 1}:{part.start_point[1] + 1}")
            if part.type != "not-interpolated" and any(word in part.type for word in INSIDE):
                shape.append(part.type)
        if not (shape and shape[-1] == "LITERAL" and node.prev_sibling is not None and literal(node.prev_sibling.type)):
            shape.append("LITERAL")
        return
    if node.is_named and kind != "comment":
        shape.append(kind)
    for child in node.children:
        walk(child, shape, errors)


def descendants(node):
    for child in node.children:
        yield child
        yield from descendants(child)


def words(node, shape, errors):
    """For a shell: a word is one, however it is quoted."""
    if node.type == "ERROR" or node.is_missing:
        errors.append(f"{node.start_point[0] + 1}:{node.start_point[1] + 1}")
    if node.type in ("word", "string", "raw_string", "concatenation", "number", "ansi_c_string"):
        shape.extend(part.type for part in descendants(node) if any(word in part.type for word in INSIDE))
        shape.append("WORD")
        return
    if node.is_named:
        shape.append(node.type)
    for child in node.children:
        words(child, shape, errors)


def main():
    sys.setrecursionlimit(100_000)
    told = []
    for source in json.load(sys.stdin):
        tree = get_parser(source["grammar"]).parse(source["text"].encode())
        shape, errors = [], []
        (words if source["grammar"] == "bash" else walk)(tree.root_node, shape, errors)
        told.append({"error": errors[0] if errors else None, "shape": " ".join(shape)})
    json.dump(told, sys.stdout)


main()
